import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as realTime } from 'node:timers/promises';
import { aplayPlayback } from '../../../hardware/audio/aplayPlayback.js';
import { arecordCapture } from '../../../hardware/audio/arecordCapture.js';
import type { AudioError } from '../../../hardware/audio/drivers.js';
import { type PcmAudio, type PcmFrame, toFloat32 } from '../../../hardware/audio/pcm.js';
import { systemClock } from '../../../hardware/clock.js';
import { AUDIBLE, firstAudibleMs, gaps, lastAudibleMs, soundEndMs } from '../../../src/bench/soundCard/audible.js';
import { soundOf } from '../../../src/bench/soundCard/microphoneSound.js';
import { samplesOf } from '../../../src/bench/soundCard/timedSound.js';
import { wordErrorRate } from '../../../src/bench/wordErrorRate.js';
import { pulseMissing } from '../../fixtures/pulse/pulseMissing.js';
import type { PulseRig } from '../../fixtures/pulse/pulseRig.js';
import { startPulse } from '../../fixtures/pulse/startPulse.js';
import { transcribed, transcriptionMissing } from '../../fixtures/pulse/transcribed.js';
import { sharedFile, skipWithout } from '../../fixtures/shared.js';
import { sine } from '../../fixtures/wavFiles.js';

const limit = () => AbortSignal.timeout(20_000);
const speech = sharedFile('speech/jfk.wav');
const heardSpeech =
  'And so my fellow Americans, ask not what your country can do for you, ask what you can do for your country.';

function tone(durationMs: number): PcmAudio {
  return { samples: sine(440, 22_050, (22_050 * durationMs) / 1000), sampleRateHz: 22_050 };
}

/** Resolves when `condition` holds; the limit is far above what anything here takes. */
async function becomes(condition: () => boolean): Promise<void> {
  const signal = limit();
  while (!condition()) await realTime(5, undefined, { signal });
}

async function microphone(t: TestContext, rig: PulseRig) {
  const frames: PcmFrame[] = [];
  const failures: { readonly error: AudioError; readonly atMs: number }[] = [];
  const listener = {
    frame: (frame: PcmFrame) => frames.push(frame),
    failed: (error: AudioError) => failures.push({ error, atMs: performance.now() }),
  };
  const open = arecordCapture({ clock: systemClock, env: { ...process.env, ...rig.env } });
  const stream = await open(listener, limit());
  t.after(() => stream.close());
  return { stream, frames, failures };
}

async function speaker(t: TestContext, rig: PulseRig) {
  const failures: { readonly error: AudioError; readonly atMs: number }[] = [];
  const failed = (error: AudioError) => failures.push({ error, atMs: performance.now() });
  const options = { clock: systemClock, env: { ...process.env, ...rig.env }, sampleRateHz: 22_050 };
  const stream = await aplayPlayback(options)(failed, limit());
  t.after(() => stream.discard());
  return { stream, failures };
}

/** Frames as they would be recorded, with their times. */
function joined(frames: readonly PcmFrame[]) {
  return {
    sampleRateHz: 16_000,
    blocks: frames.map(({ samples, capturedAtMs }) => ({ samples, startMs: capturedAtMs - samples.length / 16 })),
  };
}

/** Takes of the same recording, one of which must arrive whole. */
const TAKES = 3;

/** How many samples came otherwise than they were said, and how late the first one was. */
function comparison(frames: readonly PcmFrame[], said: Float32Array, startMs: number) {
  const heard = samplesOf(joined(frames));
  const firstSaid = said.findIndex((x) => Math.abs(x) > AUDIBLE / 32_768);
  const offset = heard.findIndex((x) => Math.abs(x) > AUDIBLE) - firstSaid;
  const heardSamples = toFloat32(heard);
  let different = 0;
  for (const [n, x] of said.entries()) if (Math.abs(x - (heardSamples[offset + n] ?? 1)) > 0.001) different += 1;
  return { different, lateMs: (firstAudibleMs(joined(frames)) ?? Number.NaN) - (firstSaid / 16 + startMs) };
}

describe('a microphone through arecord, at a real sound server', { skip: pulseMissing() }, () => {
  it('gives what is said sample by sample, and says when', { skip: skipWithout(speech) }, async (t) => {
    const rig = await startPulse(t);
    const { stream, frames } = await microphone(t, rig);
    const said = (await soundOf(speech ?? '')).samples;
    // On a busy machine the rig itself, which plays into a null sink, may lose a block: a whole take shows that nobody did.
    for (let take = 1; ; take++) {
      frames.length = 0;
      const { startMs, endMs } = await rig.playIntoMicrophone(speech ?? '', limit());
      await becomes(() => (frames.at(-1)?.capturedAtMs ?? 0) > endMs + 100);
      const { different, lateMs } = comparison(frames, said, startMs);
      t.diagnostic(
        `${different} of ${said.length} samples differ; ${stream.xruns} xruns; captured ${lateMs.toFixed(1)} ms late`,
      );
      assert.ok(Math.abs(lateMs) < 60, `${lateMs} ms`);
      if (different === 0) break;
      assert.ok(take < TAKES, `${different} samples differ in take ${take}`);
    }
  });

  it('is understood', { skip: skipWithout(speech) || transcriptionMissing() }, async (t) => {
    const rig = await startPulse(t);
    const { frames } = await microphone(t, rig);
    const { endMs } = await rig.playIntoMicrophone(speech ?? '', limit());
    await becomes(() => (frames.at(-1)?.capturedAtMs ?? 0) > endMs + 100);
    const text = await transcribed(samplesOf(joined(frames)), 16_000);
    assert.ok(wordErrorRate([{ reference: heardSpeech, transcript: text }]).rate < 0.15, text);
  });

  it('is lost when it is unplugged, frozen or killed, and can be had again', async (t) => {
    const rig = await startPulse(t);
    const cases: readonly (readonly [string, () => unknown, () => unknown])[] = [
      ['unplugged', () => rig.unloadMicrophone(), () => rig.loadMicrophone()],
      ['frozen', () => rig.stop(), () => rig.cont()],
      ['killed', () => rig.kill(), () => rig.restart()],
    ];
    for (const [what, take, give] of cases) {
      const { stream, failures } = await microphone(t, rig);
      const fromMs = performance.now();
      await take();
      await becomes(() => failures.length > 0);
      t.diagnostic(
        `${what}: told after ${Math.round((failures[0]?.atMs ?? 0) - fromMs)} ms: ${failures[0]?.error.message}`,
      );
      assert.equal(failures[0]?.error.reason, 'deviceLost');
      await stream.close();
      await give();
    }
    const { frames } = await microphone(t, rig);
    await becomes(() => frames.length > 3);
  });

  it('that is not there is missing', async (t) => {
    const rig = await startPulse(t);
    await rig.unloadMicrophone();
    await assert.rejects(microphone(t, rig), { reason: 'deviceMissing' });
    await rig.kill();
    await assert.rejects(microphone(t, rig), { reason: 'deviceMissing' });
  });
});

describe('a speaker through aplay, at a real sound server', { skip: pulseMissing() }, () => {
  it('plays a reply of several pieces whole, without a gap, to its end', async (t) => {
    const rig = await startPulse(t);
    const recording = await rig.recordSpeaker();
    const { stream } = await speaker(t, rig);
    const heardAtMs: number[] = [];
    for (let n = 0; n < 3; n++) heardAtMs.push((await stream.play(tone(1_000), limit())).heardAtMs);
    await stream.drained(limit());
    const drainedMs = performance.now();
    await recording.quiet(300, limit());
    const sound = recording.end();
    const [firstMs = 0, lastMs = 0] = [firstAudibleMs(sound), lastAudibleMs(sound)];
    t.diagnostic(
      `${(lastMs - firstMs).toFixed(1)} ms heard; began ${(firstMs - (heardAtMs[0] ?? 0)).toFixed(1)} ms after heardAtMs; ` +
        `drained ${(drainedMs - lastMs).toFixed(1)} ms after the last sample; ${stream.xruns} xruns`,
    );
    assert.ok(Math.abs(lastMs - firstMs - 3_000) < 5, `${lastMs - firstMs} ms`);
    assert.deepEqual(gaps(sound, 5), []);
  });

  it('is understood', { skip: skipWithout(speech) || transcriptionMissing() }, async (t) => {
    const rig = await startPulse(t);
    const recording = await rig.recordSpeaker();
    const { stream } = await speaker(t, rig);
    await stream.play(await soundOf(speech ?? ''), limit());
    await stream.drained(limit());
    await recording.quiet(300, limit());
    const text = await transcribed(samplesOf(recording.end()), 48_000);
    assert.ok(wordErrorRate([{ reference: heardSpeech, transcript: text }]).rate < 0.15, text);
  });

  it('is silent soon after a flush, and plays the next reply whole', async (t) => {
    const rig = await startPulse(t);
    const { stream } = await speaker(t, rig);
    const silentAfterMs: number[] = [];
    for (let n = 0; n < 10; n++) {
      const recording = await rig.recordSpeaker();
      await stream.play(tone(2_000), limit());
      await recording.audible(limit());
      await realTime(200 + 7 * n);
      const flushedMs = performance.now();
      stream.flush();
      await recording.quiet(300, limit());
      const sound = recording.end();
      assert.ok(soundEndMs(sound, flushedMs, 50) < flushedMs + 100);
      silentAfterMs.push((lastAudibleMs(sound) ?? Number.NaN) - flushedMs);
    }
    // Below zero: the server had given the monitor more than it had played.
    t.diagnostic(`silent ${silentAfterMs.map((ms) => ms.toFixed(0)).join(', ')} ms after the flush`);
    assert.ok(Math.max(...silentAfterMs) < 100 && Math.min(...silentAfterMs) > -50);
    const recording = await rig.recordSpeaker();
    await stream.play(tone(500), limit());
    await stream.drained(limit());
    await recording.quiet(300, limit());
    const sound = recording.end();
    assert.ok(Math.abs((lastAudibleMs(sound) ?? 0) - (firstAudibleMs(sound) ?? 0) - 500) < 5);
  });

  it('is lost when it is unplugged or killed, and can be had again', async (t) => {
    const rig = await startPulse(t);
    const cases: readonly (readonly [string, () => unknown, () => unknown])[] = [
      ['unplugged', () => rig.unloadSpeaker(), () => rig.loadSpeaker()],
      ['killed', () => rig.kill(), () => rig.restart()],
      ['frozen', () => rig.stop(), () => rig.cont()],
    ];
    for (const [what, take, give] of cases) {
      const { stream, failures } = await speaker(t, rig);
      await stream.play(tone(10_000), limit());
      const drained = stream.drained(limit()).catch((error: unknown) => error);
      await realTime(200);
      const fromMs = performance.now();
      await take();
      await becomes(() => failures.length > 0);
      t.diagnostic(
        `${what}: told after ${Math.round((failures[0]?.atMs ?? 0) - fromMs)} ms: ${failures[0]?.error.message}`,
      );
      assert.equal(failures[0]?.error.reason, 'deviceLost');
      assert.equal(await drained, failures[0]?.error);
      await give();
    }
    const { stream } = await speaker(t, rig);
    await stream.play(tone(100), limit());
    await stream.drained(limit());
  });
});
