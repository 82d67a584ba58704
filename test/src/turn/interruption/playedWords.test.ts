import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PlayedWords } from '../../../../src/turn/interruption/playedWords.js';
import { spokenWindow } from '../../../../src/turn/interruption/spokenWindow.js';
import { turnOf } from '../../../fixtures/runningTurn.js';

/** The words begin 50, 450, 850 and 1,517 ms after the question, those of the second sentence two seconds later. */
const COUNT = ['One two three four. ', 'Five six seven eight.'];

function counting(model: readonly (string | number)[] = COUNT, pieces = 1) {
  const played = new PlayedWords();
  const { ask, pass, clock } = turnOf({ model, played, voice: { pieces } });
  return { played, turn: ask(), pass, clock };
}

describe('the words that are said aloud', () => {
  it('are there with their times as soon as the loudspeaker has them', async () => {
    const { played, pass } = counting();
    await pass(60);
    assert.deepEqual(played.chunks, [{ text: 'One two three four.', heardAtMs: 50, lengthMs: 2_000 }]);
    await pass(2_000);
    assert.deepEqual(played.chunks.slice(1), [{ text: 'Five six seven eight.', heardAtMs: 2_050, lengthMs: 2_000 }]);
  });

  it('are those that the voice says, not those that were written', async () => {
    const { played, pass } = counting(['It is **21 °C** now.']);
    await pass(60);
    assert.equal(played.chunks[0]?.text, 'It is twenty-one degrees Celsius now.');
  });

  it('have the time that they are likely to take while their sound is still being made', async () => {
    const { played, pass } = counting(['One two three four. ', 'Five six seven eight.'], 4);
    await pass(60);
    const [first] = played.chunks;
    assert.equal(first?.text, 'One two three four.');
    assert.equal(first?.lengthMs, 15 * 70); // its letters, those of a usual voice
    await pass(1_000);
    assert.equal(played.chunks[0]?.lengthMs, 2_000);
  });

  it('are there twice, each time with their own times, when they are heard twice', async () => {
    const { played, turn, pass } = counting();
    await pass(1_050); // in "three"
    turn.duck();
    await pass(500); // in "four"
    turn.resume();
    await pass(300);
    assert.deepEqual(played.chunks, [
      { text: 'One two three four.', heardAtMs: 50, lengthMs: 1_500 },
      { text: 'three four.', heardAtMs: 1_550, lengthMs: 1_200 },
    ]);
    assert.deepEqual(spokenWindow(played.chunks, 2_500, 2_600), ['three', 'four']);
    await pass(2_000);
    assert.deepEqual(played.chunks.at(-1), { text: 'Five six seven eight.', heardAtMs: 2_750, lengthMs: 2_000 });
  });

  it('are there without those that were never heard when the reply is stopped', async () => {
    const { played, turn, pass } = counting();
    await pass(1_050);
    turn.stop();
    assert.deepEqual(played.chunks, [{ text: 'One two three', heardAtMs: 50, lengthMs: 1_000 }]);
    await pass(60_000);
    assert.equal(played.chunks.length, 1);
  });

  it('are there without a chunk that the loudspeaker had and that was not begun', async () => {
    const { played, turn, pass } = counting();
    await pass(1_900); // the second is queued behind the first
    assert.equal(played.chunks.length, 2);
    turn.stop();
    assert.deepEqual(
      played.chunks.map(({ text }) => text),
      ['One two three four.'],
    );
  });

  it('can be asked for what was being heard at a time, or was heard last', async () => {
    const { played, pass } = counting();
    assert.equal(played.textAt(1_000), '');
    await pass(60_000);
    assert.equal(played.textAt(40), '');
    assert.equal(played.textAt(1_000), 'One two three four.');
    assert.equal(played.textAt(2_100), 'Five six seven eight.');
    assert.equal(played.textAt(50_000), 'Five six seven eight.');
  });

  it('outlive their turn, but are forgotten when half a minute has been spoken since', async () => {
    const played = new PlayedWords();
    const { ask, pass } = turnOf({ model: ['One two three four.'], played });
    for (let turns = 0; turns < 4; turns++) {
      ask();
      await pass(12_000);
    }
    assert.deepEqual(
      played.chunks.map(({ heardAtMs }) => heardAtMs),
      [12_050, 24_050, 36_050],
    );
  });
});
