import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SentenceChunker } from '../../../../src/speech/text/sentenceChunker.js';
import { checkoutRoot, sharedFile, skipWithout } from '../../../fixtures/shared.js';
import { isAsExpected, readCases, type SegmentationCase, segment, tokenize } from './segmentation.js';

const chunksOf = (text: string, tokens: readonly string[] = [text]): string[] =>
  segment(new SentenceChunker(), tokens).chunks;

/** Fails with every case that is split wrongly. */
function assertSegments(cases: readonly SegmentationCase[], allowedMisses: number): void {
  const lags: number[] = [];
  const misses = cases.filter((one) => {
    const { chunks, lags: ofCase } = segment(new SentenceChunker(), one.tokens ?? tokenize(one.text));
    lags.push(...ofCase);
    return !isAsExpected(one, chunks);
  });
  const names = misses.map(({ id }) => id).join(', ');
  assert.ok(misses.length <= allowedMisses, `${misses.length} of ${cases.length} wrong: ${names}`);
  const meanLag = lags.reduce((sum, lag) => sum + lag, 0) / lags.length;
  assert.ok(meanLag <= 1.2, `mean lag ${meanLag} tokens`);
}

const shared = sharedFile('sentences/cases.json');
const heldOut = path.join(checkoutRoot(), 'test/src/speech/text/heldOutSentences.json');

describe('the sentence chunker on replies', () => {
  it('splits the shared sentences, no later than two tokens after each', { skip: skipWithout(shared) }, () => {
    const cases = readCases(shared ?? '');
    assertSegments(cases, 0);
    for (const { text, tokens = [] } of cases) {
      for (const lag of segment(new SentenceChunker(), tokens).lags) assert.ok(lag <= 2, `lag ${lag}: ${text}`);
    }
  });

  it('splits sentences it was not written for, in a dozen languages', () => {
    assertSegments(readCases(heldOut), 0);
  });
});

/** Pieces from which hard text is made; every piece is safe or unsafe to cut in its own way. */
const fragments = [
  ...[
    'Hello',
    'it is on',
    'Mr',
    'e.g',
    'U.S',
    'No',
    'B',
    'vitamin C',
    'am 3',
    'Mai',
    '3.14',
    '1',
    'example.com',
    'a@b.org',
  ],
  ...['. ', '.', '!', '? ', '?!', '...', '…', ' ', '\n', '\n\n', '\r\n', ', ', '; ', ' — ', '- ', '1. ', '| ', '## '],
  ...['"', "'", '“', '”', '„', '«', '»', '(', ')', '[', ']', '**', '_', '`', '```', '~~~', '```\n', '[1]', '![a](b)'],
  ...[
    '今天',
    '。',
    '！”',
    '「',
    '」と',
    'है।',
    'سلام؟',
    '👍',
    '👨‍👩‍👧',
    'e\u0301',
    '❤️',
    '\ud83d',
    'iPads',
    'The',
    'then',
    'Z. B',
  ],
];
const hardText = fc.array(fc.constantFrom(...fragments), { maxLength: 40 }).map((parts) => parts.join(''));

/** Cuts `text` at the given positions, wherever they fall: within pairs of surrogates too. */
function cutAt(text: string, cuts: readonly number[]): string[] {
  const ends = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  return [...ends, text.length].map((end, index) => text.slice(index === 0 ? 0 : ends[index - 1], end));
}

describe('the sentence chunker on any text', () => {
  it('releases exactly what it was given', () => {
    fc.assert(fc.property(hardText, (text) => chunksOf(text).join('') === text));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => chunksOf(text).join('') === text));
  });

  it('cuts in the same places however the text is cut into tokens', () => {
    fc.assert(
      fc.property(hardText, fc.array(fc.nat(), { maxLength: 30 }), (text, cuts) => {
        const whole = chunksOf(text);
        assert.deepEqual(chunksOf(text, cutAt(text, cuts)), whole);
        assert.deepEqual(chunksOf(text, text.split('')), whole);
      }),
    );
  });

  it('loses nothing when it is told again and again that the next token is late', () => {
    fc.assert(
      fc.property(hardText, (text) => {
        const chunker = new SentenceChunker();
        const chunks = text.split('').flatMap((unit) => [...chunker.push(unit), ...chunker.idle()]);
        assert.equal([...chunks, ...chunker.flush()].join(''), text);
      }),
    );
  });

  const atoms = [
    '3.14159',
    '10.5',
    'v2.0.1',
    '192.168.0.1',
    'https://example.com/a.B?c=D.e!f',
    'ana.silva@example.com',
  ];
  const whole = [
    ...atoms,
    'e.g. ',
    'Dr. Webb',
    'z. B. ',
    '`a. B! c?`',
    '``x `. Y``',
    'notes.txt',
    'approx. 3',
    'Nr. 7',
    '3. Mai',
  ];
  it('never cuts within a number, address, abbreviation or code span', () => {
    const sentence = fc.tuple(
      fc.constantFrom('We saw', 'They use', 'Take'),
      fc.constantFrom(...whole),
      fc.constantFrom('. ', ' now. ', '! '),
    );
    fc.assert(
      fc.property(fc.array(sentence, { maxLength: 8 }), (sentences) => {
        const text = sentences.map(([start, atom, end]) => `${start} ${atom}${end}`).join('');
        const cuts = new Set<number>();
        let position = 0;
        for (const chunk of chunksOf(text)) {
          position += chunk.length;
          cuts.add(position);
        }
        position = 0;
        for (const [start, atom, end] of sentences) {
          const from = position + start.length + 1;
          for (let at = from + 1; at < from + atom.trimEnd().length; at++)
            assert.ok(!cuts.has(at), `${atom} in ${text}`);
          position += `${start} ${atom}${end}`.length;
        }
      }),
    );
  });
});

describe('the sentence chunker while the next token is late', () => {
  const idleAfter = (text: string): string[] => {
    const chunker = new SentenceChunker();
    chunker.push(text);
    return chunker.idle();
  };

  for (const text of ['Shall I?', 'Done!', 'The kettle is on.', '好的。', 'She said "go."', 'ok?!', '```js\ny\n```'])
    it(`releases ${JSON.stringify(text)}`, () => assert.deepEqual(idleAfter(text), [text]));

  for (const text of [
    'It is 3.',
    'Dr.',
    'at 5 p.m.',
    'the U.S.',
    'Plan B.',
    'Well...',
    'No.',
    'He said "no.',
    '(See it.',
    '**Stop!',
    'at a.io/?',
    'and so',
    '`a.',
  ])
    it(`holds ${JSON.stringify(text)}`, () => assert.deepEqual(idleAfter(text), []));

  it('keeps on from where it released', () => {
    const chunker = new SentenceChunker();
    const chunks = [
      ...chunker.push('It is on.'),
      ...chunker.idle(),
      ...chunker.push(' Next'),
      ...chunker.push('. And'),
      ...chunker.flush(),
    ];
    assert.deepEqual(chunks, ['It is on.', ' Next. ', 'And']);
  });
});

describe('the sentence chunker started afresh', () => {
  it('forgets what it held after clear', () => {
    const chunker = new SentenceChunker();
    chunker.push('```\ncode. More');
    chunker.clear();
    assert.deepEqual([...chunker.push('One. Two'), ...chunker.flush()], ['One. ', 'Two']);
  });

  it('begins a new text after flush', () => {
    const chunker = new SentenceChunker();
    chunker.push('He (said');
    chunker.flush();
    assert.deepEqual([...chunker.push('7. One. Two'), ...chunker.flush()], ['7. One. ', 'Two']);
  });
});

describe('the sentence chunker on very long text', () => {
  const pathological: Record<string, string> = {
    'no terminator': 'word ',
    dots: '.',
    'spaced dots': '. ',
    backticks: '`',
    'alternating backticks': '`a',
    'one address': 'https://example.com/a.b?c',
    'glued capitals': 'a.Bc',
    'open brackets': '(a. B',
    initials: 'A. ',
    'combining marks': 'e\u0301.',
    spaces: ' ',
  };
  for (const [name, unit] of Object.entries(pathological)) {
    it(`reads each character a bounded number of times: ${name}`, () => {
      assert.ok(charactersRead(unit, 40_000) <= 2.2 * charactersRead(unit, 20_000));
      assert.ok(charactersRead(unit, 40_000) <= 4 * 40_000);
    });
  }

  function charactersRead(unit: string, length: number): number {
    const chunker = new SentenceChunker();
    const text = unit.repeat(length / unit.length);
    for (let at = 0; at < text.length; at += 4) chunker.push(text.slice(at, at + 4));
    return chunker.charactersRead;
  }
});
