import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as realTime } from 'node:timers/promises';
import type { AudioError } from '../../../hardware/audio/drivers.js';
import { listAudioDevices, portaudioCapture, portaudioPlayback } from '../../../hardware/audio/portaudio/portaudio.js';
import { systemClock as clock } from '../../../hardware/clock.js';
import { firstAudibleMs, lastAudibleMs, soundEndMs } from '../../../src/bench/soundCard/audible.js';
import { pulseMissing } from '../../fixtures/pulse/pulseMissing.js';
import { startPulse } from '../../fixtures/pulse/startPulse.js';
import { sine } from '../../fixtures/wavFiles.js';
import { RecordingListener } from '../audio/captureContract.js';

const limit = () => AbortSignal.timeout(15_000);
const tone = (ms: number) => ({ samples: sine(440, 16_000, 16 * ms), sampleRateHz: 16_000 });

async function portaudioMissing(): Promise<string | false> {
  const listed = listAudioDevices({ clock });
  return listed.then(
    () => false,
    (error: AudioError) => (error.reason === 'libraryMissing' ? error.message : false),
  );
}

async function rigged(t: TestContext) {
  const rig = await startPulse(t);
  return { rig, env: { ...process.env, ...rig.env } };
}

async function speaker(t: TestContext) {
  const { rig, env } = await rigged(t);
  const failures: AudioError[] = [];
  const playback = await portaudioPlayback({ clock, env })((error) => failures.push(error), limit());
  t.after(() => playback.close());
  return { rig, playback, failures };
}

async function microphone(t: TestContext) {
  const { rig, env } = await rigged(t);
  const listener = new RecordingListener();
  const stream = await portaudioCapture({ clock, env })(listener, limit());
  t.after(() => stream.close());
  return { rig, listener, stream };
}

async function becomes(condition: () => boolean): Promise<void> {
  const { signal } = new AbortController();
  const until = limit();
  while (!condition()) {
    until.throwIfAborted();
    await realTime(5, undefined, { signal });
  }
}

describe('PortAudio', { skip: pulseMissing() || (await portaudioMissing()) }, () => {
  it('lists devices, one of them the default', async (t) => {
    const { env } = await rigged(t);
    const devices = await listAudioDevices({ clock, env });
    const [standard] = devices.filter(({ isDefaultOutput }) => isDefaultOutput);
    assert.ok(standard !== undefined && standard.outputChannels > 0 && standard.defaultRateHz >= 8_000);
  });

  it('names what exists when asked for what does not', async (t) => {
    const { env } = await rigged(t);
    const opening = portaudioPlayback({ clock, env, device: 'defualt' })(() => {}, limit());
    await assert.rejects(opening, { reason: 'deviceMissing', message: /nearest are: "default"/ });
  });

  it('plays a piece whole, when it said', async (t) => {
    const { rig, playback } = await speaker(t);
    const recording = await rig.recordSpeaker();
    const { heardAtMs } = await playback.play(tone(1_000), limit());
    await playback.drained(limit());
    await playback.close();
    await recording.quiet(300, limit());
    const sound = recording.end();
    const first = firstAudibleMs(sound) ?? Number.NaN;
    const last = lastAudibleMs(sound) ?? Number.NaN;
    t.diagnostic(`first ${first - heardAtMs} ms after the time said, ${last - first} ms long`);
    assert.ok(Math.abs(first - heardAtMs) < 100);
    assert.ok(Math.abs(last - first - 1_000) < 50);
  });

  it('stops soon after a flush', async (t) => {
    const { rig, playback } = await speaker(t);
    const recording = await rig.recordSpeaker();
    await playback.play(tone(5_000), limit());
    await recording.audible(limit());
    await realTime(200);
    const flushedAtMs = performance.now();
    playback.flush();
    await recording.quiet(300, limit());
    const stopMs = soundEndMs(recording.end(), flushedAtMs, 50) - flushedAtMs;
    t.diagnostic(`silent ${stopMs} ms after the flush`);
    assert.ok(stopMs < 150, `${stopMs} ms`);
  });

  it('gives frames of what is said into the microphone', async (t) => {
    const { rig, listener } = await microphone(t);
    await rig.playIntoMicrophone(tone(1_000), limit());
    const loud = () => listener.frames.filter(({ samples }) => samples.some((x) => Math.abs(x) > 1_000)).length;
    await becomes(() => loud() >= 30);
    assert.deepEqual(listener.failures, []);
  });

  it('tells when the sound server dies, and opens again when it is back', async (t) => {
    const { rig, listener, stream } = await microphone(t);
    await becomes(() => listener.frames.length > 0);
    await rig.kill();
    await becomes(() => listener.failures.length > 0);
    await stream.close();
    await rig.restart();
    const again = new RecordingListener();
    const reopened = await portaudioCapture({ clock, env: { ...process.env, ...rig.env } })(again, limit());
    await becomes(() => again.frames.length > 3);
    await reopened.close();
  });

  it('notices a speaker that hangs', async (t) => {
    const { rig, playback, failures } = await speaker(t);
    rig.stop();
    t.after(() => rig.cont());
    await becomes(() => failures.length > 0);
    assert.equal(failures[0]?.reason, 'deviceLost');
    await playback.close();
  });
});
