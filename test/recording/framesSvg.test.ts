import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Cast, withShortPauses } from './cast.js';
import { framesSvg } from './framesSvg.js';
import { privateWords } from './privateWords.js';
import { screenFrames } from './screenFrames.js';

/** A prompt, a command that is typed, its answer with a line that changes, and the prompt again. */
const CAST: Cast = {
  columns: 30,
  rows: 4,
  events: [
    { atMs: 0, text: '\x1b[32m$\x1b[0m ' },
    { atMs: 500, text: 'a' },
    { atMs: 600, text: 'sk' },
    { atMs: 700, text: '\r\n' },
    { atMs: 5_700, text: 'half <b> & more' },
    { atMs: 6_700, text: '\r\x1b[2K\x1b[1mwhole\x1b[0m   ██  12 ms\r\n' },
    { atMs: 6_700.2, text: '\x1b[32m$\x1b[0m ' },
  ],
};

const OPTIONS = { columns: 30, rows: 4, title: 'A <terminal>', lastMs: 2_000 };

suite('a recorded terminal', () => {
  test('has no pause longer than was said, and all else at its pace', () => {
    const { events } = withShortPauses(CAST, 1_500);
    assert.deepEqual(
      events.map(({ atMs }) => Math.round(atMs)),
      [0, 500, 600, 700, 2_200, 3_200, 3_200],
    );
  });

  test('becomes screens: what is seen, where, and how it looks', async () => {
    const frames = await screenFrames(CAST);
    assert.deepEqual(
      frames.map(({ atMs, rows }) => [atMs, rows.map((row) => row.map(({ text }) => text).join('|'))]),
      [
        [0, ['$', '', '', '']],
        [500, ['$|a', '', '', '']],
        [600, ['$|ask', '', '', '']],
        [5_700, ['$|ask', 'half <b> & more', '', '']],
        [6_700.2, ['$|ask', 'whole|██|12 ms', '$', '']],
      ],
    );
    assert.deepEqual(frames.at(-1)?.rows[1], [
      { column: 0, text: 'whole', look: 'bold' },
      { column: 8, text: '██', look: '' },
      { column: 12, text: '12 ms', look: '' },
    ]);
    assert.deepEqual(frames[0]?.rows[0], [{ column: 0, text: '$', look: 'green' }]);
  });

  test('is one picture where it changes faster than anybody sees', async () => {
    const events = Array.from({ length: 50 }, (_, index) => ({ atMs: index * 10, text: String(index % 10) }));
    const frames = await screenFrames({ columns: 60, rows: 2, events });
    assert.ok(frames.length <= 11, String(frames.length));
    assert.equal(frames.at(-1)?.rows[0]?.[0]?.text.length, 50);
  });
});

suite('the picture of a terminal', () => {
  test('is the same for the same recording', async () => {
    const [one, other] = await Promise.all([screenFrames(CAST), screenFrames(CAST)]);
    assert.equal(framesSvg(one, OPTIONS), framesSvg(other, OPTIONS));
  });

  test('shows each row for as long as it was there', async () => {
    const svg = framesSvg(await screenFrames(CAST), OPTIONS);
    // 8.7002 s in all.
    assert.match(svg, /\.k\{animation:8\.7s step-end infinite\}/);
    const [, name = ''] = /<g class="k (k\d+) past">[^\n]*half &lt;b&gt; &amp; more/.exec(svg) ?? [];
    const steps = new RegExp(`@keyframes ${name}\\{(.*?\\})\\}`).exec(svg)?.[1];
    assert.equal(steps, '0%{visibility:hidden}65.516%{visibility:visible}77.012%,100%{visibility:hidden}');
    assert.match(svg, /<g class="k k\d+">[^\n]*whole/);
  });

  test('stands still at its end for whoever wants no motion', async () => {
    const svg = framesSvg(await screenFrames(CAST), OPTIONS);
    const [still = '', moving = ''] = svg.split('@media (prefers-reduced-motion: no-preference)');
    assert.doesNotMatch(still, /animation|keyframes/);
    assert.match(moving, /@keyframes/);
    const seen = svg.split('\n').filter((line) => line.startsWith('<g') && !line.includes('past'));
    assert.deepEqual(
      seen.map((line) =>
        line
          .replace(/<[^>]*>/g, ' ')
          .trim()
          .split(/\s+/)
          .join(' '),
      ),
      ['$ ask', 'whole 12 ms', '$'],
    );
  });

  test('has text as text, its title, no script and nothing from elsewhere', async () => {
    const svg = framesSvg(await screenFrames(CAST), OPTIONS);
    assert.match(svg, /<title id="title">A &lt;terminal&gt;<\/title>/);
    assert.match(svg, /<text [^>]*class="bold">whole<\/text>/);
    assert.match(svg, /<rect class="block" /);
    assert.doesNotMatch(svg, /<script|href|@import|url\(|https?:\/\/(?!www\.w3\.org\/2000\/svg)| on\w+=/);
  });
});

test('words of this machine are found as whole words', () => {
  assert.deepEqual(privateWords('in /home/ann/x: anna has pipes', ['ann', 'pi', 'pes', '', '/home/ann', 'box']), [
    'ann',
    '/home/ann',
  ]);
});
