import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { durationMs, type PcmAudio } from '../../../../hardware/audio/pcm.js';
import { PiBoard } from '../../../../src/bench/sim/piBoard.js';
import { SimulatedVoice, type Windowing } from '../../../../src/bench/sim/simulatedVoice.js';
import { TurnGate } from '../../../../src/bench/sim/turnGate.js';
import { VirtualClock } from '../../../../src/bench/sim/virtualClock.js';
import { firstAudibleSample } from '../../../../src/speech/tts/leadingSilence.js';
import { PAUSES } from '../../../../src/speech/tts/speakClauses.js';

const never = new AbortController().signal;
const SENTENCE = 'The kettle is on and it should boil in about three minutes.';

async function spoken(text: string, windowing?: Windowing) {
  const clock = new VirtualClock();
  const voice = new SimulatedVoice(new PiBoard(clock), {
    realTimeFactor: 0.2,
    threads: 3,
    ...(windowing ? { windowing } : {}),
  });
  const pieces: { readonly pcm: PcmAudio; readonly atMs: number }[] = [];
  const speak = async () => {
    for await (const pcm of voice.synthesize(text, never)) pieces.push({ pcm, atMs: clock.now() });
  };
  await clock.run(speak());
  const lengthMs = pieces.reduce((sum, { pcm }) => sum + durationMs(pcm), 0);
  return { pieces, lengthMs };
}

describe('the simulated voice', () => {
  it('speaks about 150 words a minute', async () => {
    const { lengthMs } = await spoken(SENTENCE);
    const wordsPerMinute = (SENTENCE.split(' ').length / lengthMs) * 60_000;
    assert.ok(wordsPerMinute > 130 && wordsPerMinute < 170, `${wordsPerMinute}`);
  });

  it('begins with silence, and takes time in proportion to its sound', async () => {
    const { pieces } = await spoken(SENTENCE);
    const [first] = pieces;
    assert.equal(pieces.length, 1);
    assert.ok(first);
    // It begins with 120 ms, of which 60 are cut off; the pause after the sentence costs nothing.
    assert.equal(firstAudibleSample(first.pcm), 60);
    assert.equal(Math.round(first.atMs), Math.round((durationMs(first.pcm) + 60 - PAUSES.sentencePauseMs) * 0.2));
  });

  it('gives a clause as soon as that is made', async () => {
    const { pieces } = await spoken('First you boil the water, and then you wait for three minutes.');
    assert.equal(pieces.length, 2);
    assert.ok((pieces[0]?.atMs ?? 0) < (pieces[1]?.atMs ?? 0));
  });

  it('gives a clause in windows when it can: sooner at first, later in all', async () => {
    const windowing = { acousticShare: 0.25, frameMs: 10, paddingFrames: 12 };
    const whole = await spoken(SENTENCE);
    const windowed = await spoken(SENTENCE, windowing);
    assert.equal(windowed.lengthMs, whole.lengthMs);
    assert.ok(windowed.pieces.length > 2);
    assert.ok((windowed.pieces[0]?.atMs ?? 0) < (whole.pieces[0]?.atMs ?? 0) / 2);
    assert.ok((windowed.pieces.at(-1)?.atMs ?? 0) > (whole.pieces[0]?.atMs ?? 0));
  });

  it('begins a clause with a window that its own 120 ms of silence decide about, not the 200 that a voice may have', async () => {
    const { pieces } = await spoken(SENTENCE, { acousticShare: 0.25, frameMs: 10, paddingFrames: 12 });
    // 23 frames, of which 60 ms are cut off; to be prepared for 200 would take 33.
    assert.equal(pieces[0] && durationMs(pieces[0].pcm), 230 - 60);
  });

  it('says nothing of a text without words', async () => {
    assert.deepEqual((await spoken('…')).pieces, []);
  });

  it('stops at once when it is aborted', async () => {
    const clock = new VirtualClock();
    const voice = new SimulatedVoice(new PiBoard(clock), { realTimeFactor: 0.2, threads: 3 });
    const abandon = new AbortController();
    clock.setTimeout(() => abandon.abort(new Error('enough')), 50);
    const speak = async () => {
      for await (const _pcm of voice.synthesize(SENTENCE, abandon.signal));
    };
    await clock.run(assert.rejects(speak(), /enough/));
    assert.equal(clock.now(), 50);
  });
});

describe('the gate of a turn', () => {
  it('lets pass while it is open, and whoever waits as soon as it opens', async () => {
    const gate = new TurnGate();
    const waiting = gate.opened(never);
    gate.open();
    await waiting;
    await gate.opened(never);
  });

  it('holds back while it is shut, until the waiting is given up', async () => {
    const gate = new TurnGate();
    gate.open();
    gate.shut();
    const giveUp = new AbortController();
    const waiting = gate.opened(giveUp.signal);
    giveUp.abort(new Error('no longer wanted'));
    await assert.rejects(waiting, /no longer wanted/);
    await assert.rejects(gate.opened(giveUp.signal), /no longer wanted/);
  });
});
