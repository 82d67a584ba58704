import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as realTime } from 'node:timers/promises';
import { firstAudibleMs, gaps, lastAudibleMs } from '../../../src/bench/soundCard/audible.js';
import { playInto } from '../../../src/bench/soundCard/microphoneSound.js';
import { pulseMissing } from '../../fixtures/pulse/pulseMissing.js';
import type { PulseRig } from '../../fixtures/pulse/pulseRig.js';
import { startPulse } from '../../fixtures/pulse/startPulse.js';
import { sine } from '../../fixtures/wavFiles.js';

const limit = () => AbortSignal.timeout(10_000);
const tone = (ms: number) => ({ samples: sine(440, 16_000, 16 * ms), sampleRateHz: 16_000 });

const options = (rig: PulseRig) => ({ env: { ...process.env, ...rig.env }, signal: limit() });

describe('the sound server of the tests', { skip: pulseMissing() }, () => {
  it('records what the speaker plays, with its time', async (t) => {
    const rig = await startPulse(t);
    const recording = await rig.recordSpeaker();
    const before = performance.now();
    const { startMs, endMs } = await playInto('spk', tone(1_000), options(rig));
    await recording.quiet(300, limit());
    const sound = recording.end();
    const [first = 0, last = 0] = [firstAudibleMs(sound), lastAudibleMs(sound)];
    t.diagnostic(`first ${first - before} ms after the call, ${first - startMs} ms off the time given`);
    assert.ok(Math.abs(last - first - 1_000) < 5, `${last - first} ms`);
    assert.ok(Math.abs(first - startMs) < 20 && Math.abs(last - endMs) < 20);
    assert.deepEqual(gaps(sound, 5), []);
  });

  it('loses its devices and gets them back', async (t) => {
    const rig = await startPulse(t);
    const recording = await rig.recordSpeaker();
    await rig.unloadSpeaker();
    await assert.rejects(playInto('spk', tone(100), options(rig)));
    await rig.loadSpeaker();
    await playInto('spk', tone(100), options(rig));
    assert.ok(firstAudibleMs(recording.sound()) !== undefined);
    await rig.unloadMicrophone();
    await assert.rejects(rig.playIntoMicrophone(tone(100), limit()));
    await rig.loadMicrophone();
    await rig.playIntoMicrophone(tone(100), limit());
  });

  it('survives being stopped, killed and started again', async (t) => {
    const rig = await startPulse(t);
    rig.stop();
    await realTime(200);
    rig.cont();
    await rig.playIntoMicrophone(tone(100), limit());
    await rig.kill();
    assert.equal(rig.pid, undefined);
    await rig.restart();
    await rig.playIntoMicrophone(tone(100), limit());
  });
});
