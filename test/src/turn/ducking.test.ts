import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FakePlayback } from '../../fixtures/fakePlayback.js';
import { turnOf } from '../../fixtures/runningTurn.js';

/**
 * Two chunks of two seconds, of which the first is heard from 50 ms on. By their letters the words begin 0, 400, 800 and
 * 1,467 ms into the first, and 0, 471, 824 and 1,412 ms into the second.
 */
const COUNT = ['One two three four. ', 'Five six seven eight.'];
const COUNTED = 'One two three four. Five six seven eight.';

const soundOf = (playback: FakePlayback) =>
  playback.heard.map(({ heardAtMs, untilMs, loudness }) => [Math.round(heardAtMs), Math.round(untilMs), loudness]);

describe('a reply that is ducked', () => {
  it('goes on softly at once, and is as loud as before from the word on that was being heard', async () => {
    const { ask, pass, playback, records } = turnOf({ model: COUNT });
    const turn = ask();
    await pass(1_050);
    turn.duck();
    await pass(500);
    turn.resume();
    await pass(60_000);
    assert.deepEqual(soundOf(playback), [
      [50, 1_050, 1],
      [1_050, 1_550, 0.1],
      [1_550, 2_750, 1], // "three four" again
      [2_750, 4_750, 1],
    ]);
    assert.deepEqual(playback.ducks, [
      { atMs: 1_050, factor: 0.1 },
      { atMs: 1_550, factor: 1 },
    ]);
    assert.deepEqual(playback.flushedAtMs, [1_550]);
    assert.equal(turn.at('turn.replyEnded'), 4_750);
    assert.equal(records[0]?.heard, COUNTED);
    assert.equal(records[0]?.interrupted, false);
  });

  it('goes back to a chunk before when the ducked sound has gone on to the next', async () => {
    const { ask, pass, playback } = turnOf({ model: COUNT });
    const turn = ask();
    await pass(1_950); // in "four"
    turn.duck();
    await pass(600);
    turn.resume();
    await pass(60_000);
    assert.deepEqual(soundOf(playback), [
      [50, 1_950, 1],
      [1_950, 2_050, 0.1],
      [2_050, 2_550, 0.1],
      [2_550, 3_084, 1], // "four" again
      [3_084, 5_084, 1],
    ]);
    assert.equal(turn.at('turn.replyEnded'), 5_084);
  });

  it('loses nothing when it becomes softer just between two pieces', async () => {
    const { ask, pass, playback } = turnOf({ model: COUNT });
    const turn = ask();
    await pass(2_050);
    turn.duck();
    await pass(300);
    turn.resume();
    await pass(60_000);
    assert.deepEqual(soundOf(playback).slice(-2), [
      [2_050, 2_350, 0.1],
      [2_350, 4_350, 1],
    ]);
  });

  it('says its last word again when that was ducked', async () => {
    const { ask, pass, playback } = turnOf({ model: COUNT });
    const turn = ask();
    await pass(4_040);
    turn.duck();
    await pass(5);
    turn.resume();
    await pass(60_000);
    assert.deepEqual(soundOf(playback).slice(-2), [
      [4_040, 4_045, 0.1],
      [4_045, 4_634, 1],
    ]);
    assert.deepEqual(turn.types().slice(-2), ['turn.audible', 'turn.replyEnded']);
  });

  it('goes on while its next chunk has not been made, which then follows', async () => {
    const { ask, pass, playback } = turnOf({ model: ['One two three four. ', 5_000, 'Five six seven eight.'] });
    const turn = ask();
    await pass(1_050);
    turn.duck();
    await pass(2_000); // its sound has ended
    turn.resume();
    await pass(60_000);
    assert.deepEqual(soundOf(playback), [
      [200, 1_050, 1],
      [1_050, 2_200, 0.1],
      [3_050, 4_250, 1],
      [5_050, 7_050, 1],
    ]);
  });

  it('plays on from the ducked word when it was made only meanwhile', async () => {
    const { ask, pass, playback } = turnOf({ model: ['One two three four. ', 5_000, 'Five six seven eight.'] });
    const turn = ask();
    await pass(3_000); // nothing is heard
    turn.duck();
    await pass(4_000);
    turn.resume();
    await pass(60_000);
    assert.deepEqual(soundOf(playback), [
      [200, 2_200, 1],
      [5_050, 7_000, 0.1],
      [7_000, 9_000, 1],
    ]);
  });

  it('goes back no further each time when it is ducked again and again', async () => {
    const { ask, pass, playback } = turnOf({ model: COUNT });
    const turn = ask();
    await pass(1_050);
    for (let times = 0; times < 3; times++) {
      turn.duck();
      await pass(100);
      turn.resume();
      await pass(10);
    }
    await pass(60_000);
    assert.deepEqual(
      soundOf(playback).filter(([, , loudness]) => loudness === 1),
      [
        [50, 1_050, 1],
        [1_150, 1_160, 1],
        [1_260, 1_270, 1],
        [1_370, 2_570, 1],
        [2_570, 4_570, 1],
      ],
    );
  });

  it('ducks once however often it is told, and does not resume what is not ducked', async () => {
    const { ask, pass, playback } = turnOf({ model: COUNT });
    const turn = ask();
    await pass(100);
    turn.resume();
    turn.duck();
    await pass(400);
    turn.duck();
    await pass(100);
    turn.resume();
    turn.resume();
    await pass(60_000);
    assert.deepEqual(
      playback.ducks.map(({ factor }) => factor),
      [0.1, 1],
    );
    assert.equal(playback.flushedAtMs.length, 1);
  });

  it('has not ended while it is ducked: when its sound has, it waits and then plays on', async () => {
    const { ask, pass, playback, records } = turnOf({ model: COUNT });
    const turn = ask();
    await pass(2_550);
    turn.duck();
    await pass(10_000);
    assert.equal(turn.at('turn.replyEnded'), undefined);
    assert.equal(records.length, 0);
    turn.resume();
    await pass(60_000);
    assert.deepEqual(soundOf(playback).at(-1), [12_550, 12_550 + 2_000 - 470, 1]);
    assert.equal(turn.at('turn.replyEnded'), 14_080);
    assert.equal(records[0]?.heard, COUNTED);
  });

  it('is silent at once when it is stopped, and leaves the loudspeaker as loud as before', async () => {
    const { ask, clock, conversation, pass, playback } = turnOf({ model: COUNT });
    const turn = ask('Count.');
    await pass(1_050);
    turn.duck();
    await pass(500);
    turn.stop();
    assert.deepEqual(playback.flushedAtMs, [1_550]);
    assert.deepEqual(playback.ducks.at(-1), { atMs: 1_550, factor: 1 });
    assert.equal(conversation.messages.at(-1)?.content, 'One two three … (interrupted)');
    await pass(60_000);
    assert.equal(clock.waiting, 0);
    assert.equal(playback.ducks.length, 2);
    assert.equal(turn.at('turn.replyEnded'), undefined);
  });

  it('can be stopped while it waits at its end', async () => {
    const { ask, clock, pass, playback, records } = turnOf({ model: COUNT });
    const turn = ask();
    await pass(4_000);
    turn.duck();
    await pass(10_000);
    turn.stop();
    await pass(0);
    assert.equal(records[0]?.interrupted, true);
    assert.equal(records[0]?.heard, COUNTED);
    assert.deepEqual(playback.ducks.at(-1), { atMs: 14_000, factor: 1 });
    assert.equal(clock.waiting, 0);
  });

  it('counts what is heard twice once', async () => {
    const { ask, conversation, pass } = turnOf({ model: COUNT });
    const turn = ask('Count.');
    await pass(1_050);
    turn.duck();
    await pass(500); // "three" was heard softly
    turn.resume();
    await pass(300);
    turn.stop();
    assert.equal(conversation.messages.at(-1)?.content, 'One two three … (interrupted)');
  });

  it('fails when the voice does, but not before what was made has been heard as loud as before', async () => {
    const { ask, clock, pass, playback, records, voice } = turnOf({ model: COUNT });
    voice.failsAt = 'Five six seven eight.';
    const turn = ask();
    await pass(1_050);
    turn.duck();
    await pass(5_000);
    assert.deepEqual(turn.types().at(-1), 'turn.audible');
    turn.resume();
    await pass(60_000);
    assert.deepEqual(soundOf(playback).at(-1), [6_050, 7_250, 1]);
    assert.deepEqual(turn.types().at(-1), 'turn.failed');
    assert.equal(records[0]?.heard, 'One two three four.');
    assert.equal(clock.waiting, 0);
  });

  it('is not left ducked when the loudspeaker fails', async () => {
    const { ask, pass, playback } = turnOf({ model: ['One two. ', 500, 'Three four. '] });
    playback.failsAtPiece = 2;
    const turn = ask();
    await pass(300);
    turn.duck();
    await pass(5_000);
    assert.equal(turn.types().at(-1), 'turn.failed');
    assert.equal(playback.ducks.at(-1)?.factor, 1);
  });

  it('is first audible when it is first heard, though it was ducked in the silence before', async () => {
    const { ask, pass, records } = turnOf({ model: COUNT, latencyMs: 100 });
    const turn = ask();
    await pass(100);
    turn.duck();
    await pass(20);
    turn.resume();
    await pass(60_000);
    assert.equal(turn.at('turn.audible'), 220);
    assert.equal(records[0]?.timeline.report().firstAudio, 220);
    assert.equal(turn.types().filter((type) => type === 'turn.audible').length, 1);
  });
});
