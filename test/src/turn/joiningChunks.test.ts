import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { turnOf } from '../../fixtures/runningTurn.js';

/** Sentences of four words and 21 characters: two seconds of speech each. */
const sentences = (count: number) => Array.from({ length: count }, (_, n) => `Here is sentence ${NAMES[n % 3]}. `);
const NAMES = ['one', 'two', 'six'];

describe('a turn whose words come faster than they are spoken', () => {
  it('gives the voice all that waits in one go, while the sound of before is heard, and says so in its record', async () => {
    const { ask, pass, voice, records } = turnOf({ model: sentences(10) });
    ask();
    await pass(60_000);
    const [first, ...others] = sentences(10).map((sentence) => sentence.trim());
    assert.deepEqual(
      voice.begun.map(({ text }) => text),
      [first, others.join(' ')],
    );
    assert.deepEqual(records[0]?.chunks, [first, others.join(' ')]);
    assert.equal(records[0]?.heard, sentences(10).join('').trim());
  });

  it('gives it no more than 300 characters', async () => {
    const { ask, pass, voice } = turnOf({ model: sentences(40) });
    ask();
    await pass(120_000);
    const lengths = voice.begun.map(({ text }) => text.length);
    assert.ok(Math.max(...lengths) <= 300 && Math.max(...lengths) > 270, `${lengths}`);
  });

  it('gives it only as much as is sure to be made in time', async () => {
    const slow = turnOf({ model: sentences(4), voice: { makingMs: 1_100 } });
    slow.ask();
    await slow.pass(60_000);
    assert.equal(slow.voice.begun.length, 4, 'each takes more than half of the time that it is heard');
  });

  it('never holds a chunk back for one that has not come', async () => {
    const [one = '', two = '', three = ''] = sentences(3);
    const { ask, pass, voice } = turnOf({ model: [one, two, ' ', 1_000, three] });
    ask();
    await pass(60_000);
    assert.deepEqual(
      voice.begun.map(({ text }) => text),
      [one, two, three].map((text) => text.trim()),
    );
    assert.ok((voice.begun[1]?.atMs ?? 0) < 1_000);
  });

  it('gives it words for figures, and says so in its record; the history has what the model wrote', async () => {
    const { ask, pass, voice, records } = turnOf({ model: ['It is 20 °C ', 'and 5 km away. '] });
    ask();
    await pass(60_000);
    const said = 'It is twenty degrees Celsius and five kilometers away.';
    assert.deepEqual(
      voice.begun.map(({ text }) => text),
      [said],
    );
    assert.deepEqual(records[0]?.chunks, [said]);
    assert.equal(records[0]?.heard, 'It is 20 °C and 5 km away.');
  });

  it('leaves figures to the voice where the reply is in another language, also in chunks that do not show it', async () => {
    for (const pauseMs of [0, 5_000]) {
      const { ask, pass, voice } = turnOf({
        model: ['La casa tiene 3 habitaciones. ', pauseMs, 'Hay 2 baños. ', pauseMs, '40 m²: '],
      });
      ask();
      await pass(60_000);
      const said = voice.begun.map(({ text }) => text).join(' ');
      assert.match(said, /3 habitaciones.*2 baños.*40/);
      assert.doesNotMatch(said, /meters/);
    }
  });

  it('lets a line without a mark end with a pause', async () => {
    const { ask, pass, voice } = turnOf({ model: ['Here you are:\n', '- Bread\n', '- Butter\n', '- Jam\n'] });
    ask();
    await pass(60_000);
    assert.equal(voice.begun.map(({ text }) => text).join('|'), 'Here you are:|Bread\nButter\nJam\n');
  });
});

describe('the history of a turn', () => {
  const REPLY =
    'Well, to be honest, it is about 20 °C today, and 50% of the sky is clear.\n\nTake a coat—just in case—or an ' +
    'umbrella; it may rain, R&D says, at 5 p.m. or so.  See https://example.com/a, if you like. Good luck!';
  const tokens = REPLY.match(/ ?\p{L}{1,5}|[\s\S]/gu) ?? [];

  it('is exactly what the model wrote when all of it was heard, so that the server need not read it again', async () => {
    const { ask, conversation, parts, pass, records } = turnOf({ model: tokens });
    parts.mind.chunking = { firstClause: true, idleFlushMs: 150 };
    ask();
    await pass(120_000);
    assert.equal(records[0]?.heard, REPLY);
    assert.equal(conversation.messages.at(-1)?.content, REPLY);
    assert.match(records[0]?.chunks[0] ?? '', /,$/, 'the voice goes on behind its first clause');
  });

  it('is the beginning of that when the reply was interrupted', async () => {
    const { ask, conversation, parts, pass } = turnOf({ model: tokens });
    parts.mind.chunking = { firstClause: true, idleFlushMs: 150 };
    const turn = ask();
    await pass(9_000);
    turn.stop();
    const heard = (conversation.messages.at(-1)?.content ?? '').replace(' … (interrupted)', '');
    assert.ok(heard.length > 50 && heard.length < REPLY.length && REPLY.startsWith(heard), heard);
  });
});
