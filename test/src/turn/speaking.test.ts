import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { turnOf } from '../../fixtures/runningTurn.js';

/** Ten sentences of four words: two seconds of speech each. */
const TEN = Array.from({ length: 10 }, (_, n) => `Here is sentence ${'abcdefghij'.charAt(n)}. `);

describe('a turn that speaks', () => {
  it('plays the first chunk as soon as it is made, while the later ones are not', async () => {
    const { ask, pass, playback, voice } = turnOf({ model: [...TEN.slice(0, 3), 5_000, 'The end.'] });
    ask();
    await pass(60);
    assert.deepEqual(playback.played, [{ heardAtMs: 50, untilMs: 2_050 }]);
    assert.equal(voice.begun.length, 2);
  });

  it('makes a chunk while the one before it plays, and only few more', async () => {
    const { ask, pass, voice } = turnOf({ model: TEN });
    ask();
    await pass(1_500);
    assert.ok(voice.begun.length >= 2, 'the second is being made');
    assert.ok(voice.begun.length <= 4, `${voice.begun.length} begun`);
  });

  it('queues each chunk behind the one before, without a gap and without cutting it', async () => {
    const { ask, pass, playback } = turnOf({ model: TEN });
    const turn = ask();
    await pass(60_000);
    const [first, ...others] = playback.played;
    assert.equal(first?.heardAtMs, 50);
    assert.ok(others.length > 0);
    for (const [n, { heardAtMs }] of others.entries()) assert.equal(heardAtMs, playback.played[n]?.untilMs);
    assert.equal(playback.played.at(-1)?.untilMs, 20_050);
    assert.deepEqual(playback.flushedAtMs, []);
    assert.equal(turn.at('turn.replyEnded'), 20_050);
  });

  it('is audible when the first audible sample is heard: 10 ms of the leading silence are kept, and latency counts', async () => {
    const { ask, pass, records } = turnOf({ voice: { leadingMs: 130 }, latencyMs: 40 });
    const turn = ask();
    await pass(60_000);
    assert.equal(turn.at('turn.audible'), 50 + 40 + 10);
    assert.equal(records[0]?.timeline.report().firstAudio, 100);
    assert.equal(records[0]?.timeline.report().firstPcm, 50);
  });

  it('is over only when the last sample has been heard', async () => {
    const { ask, conversation, pass, records } = turnOf({ latencyMs: 40 });
    const turn = ask();
    await pass(60_000);
    assert.equal(turn.at('turn.replyEnded'), 50 + 40 + 4 * 500 + 4 * 500);
    assert.equal(records[0]?.timeline.report().replyEnd, 4_090);
    assert.equal(conversation.messages.at(-1)?.content, 'She was a mathematician. She wrote a program.');
  });

  it('is silent at once when it is stopped, and leaves nothing behind', async () => {
    const { ask, clock, model, pass, playback, records, voice } = turnOf({
      model: ['One two three four. ', 'Five six seven eight. ', 'SILENT'],
      voice: { makingMs: 800 },
    });
    const turn = ask();
    await pass(1_000);
    turn.stop();
    assert.deepEqual(playback.flushedAtMs, [1_000]);
    await pass(0);
    assert.equal(clock.waiting, 0);
    assert.equal(model.open, 0);
    assert.equal(model.sawAbort, true);
    assert.equal(voice.aborted, 1);
    assert.equal(records[0]?.interrupted, true);
    assert.equal(records[0]?.problem, null);
    await pass(60_000);
    assert.equal(playback.played.length, 1);
    assert.deepEqual(turn.types(), ['turn.modelAnswered', 'turn.audible']);
  });

  it('aborts a request whose first token has not come when it is stopped', async () => {
    const { ask, clock, model, pass } = turnOf({ model: ['SILENT'] });
    const turn = ask();
    await pass(500);
    assert.equal(model.open, 1);
    turn.stop();
    await pass(0);
    assert.deepEqual({ open: model.open, sawAbort: model.sawAbort }, { open: 0, sawAbort: true });
    assert.equal(clock.waiting, 0);
  });

  it('holds in its history only what was heard, up to the word, already when it is stopped', async () => {
    const { ask, conversation, pass } = turnOf({ model: ['One two three four. ', 'Five six seven eight.'] });
    const turn = ask('Count.');
    await pass(50 + 2_000 + 1_100); // two words of the second sentence, and a bit
    turn.stop();
    assert.deepEqual(conversation.messages, [
      { role: 'user', content: '[Monday, 23 November 2026, 19:05]\nCount.' },
      { role: 'assistant', content: 'One two three four. Five six … (interrupted)' },
    ]);
  });

  it('does not take a chunk for heard whose later clauses are still being made', async () => {
    const { ask, conversation, pass } = turnOf({
      model: ['One two three four five six seven eight.'],
      voice: { pieces: 4, makingMs: 1_900 },
    });
    const turn = ask('Count.');
    await pass(1_900 + 1_000); // the first of four pieces
    turn.stop();
    assert.match(conversation.messages.at(-1)?.content ?? '', /^One two … \(interrupted\)$/);
  });

  it('holds nothing of a reply that was stopped before it was heard', async () => {
    const { ask, conversation, pass } = turnOf();
    const turn = ask();
    await pass(20);
    turn.stop();
    assert.deepEqual(conversation.messages, []);
  });

  it('fails when the voice does, after what was made has been heard', async () => {
    const { ask, clock, conversation, model, pass, playback, voice } = turnOf({
      model: ['One two three four. ', 'Five six seven eight. ', 'Nine ten. ', 'SILENT'],
    });
    voice.failsAt = 'Five six seven eight.';
    const turn = ask();
    await pass(60_000);
    assert.deepEqual(turn.reports.at(-1), { type: 'turn.failed', reason: 'voiceFailed', atMs: 2_050 });
    assert.equal(playback.played.length, 1);
    assert.equal(conversation.messages.at(-1)?.content, 'One two three four.');
    assert.equal(model.open, 0);
    assert.equal(clock.waiting, 0);
  });

  it('fails at once when the speaker does, though the model has not finished', async () => {
    const { ask, clock, model, pass, playback } = turnOf({ model: ['One two. ', 'Three four. ', 'Five. ', 'SILENT'] });
    playback.failsAtPiece = 2;
    const turn = ask();
    await pass(5_000);
    assert.deepEqual(turn.reports.at(-1), { type: 'turn.failed', reason: 'speakerLost', atMs: 100 });
    assert.equal(model.open, 0);
    assert.equal(clock.waiting, 0);
  });
});
