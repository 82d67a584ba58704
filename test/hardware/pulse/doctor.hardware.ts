import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { readKeptEcho } from '../../../src/appliance/echoFile.js';
import { run } from '../../../src/cli/program.js';
import { pulseMissing } from '../../fixtures/pulse/pulseMissing.js';
import { startPulse } from '../../fixtures/pulse/startPulse.js';
import { recordedIo } from '../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

async function rigged(t: TestContext) {
  const rig = await startPulse(t);
  const home = temporaryFolder(t);
  // 100 %: the speaker takes nothing off, so that the coupling is the rig's.
  const env = { ...process.env, ...rig.env, XDG_RUNTIME_DIR: home, PRESSEL_AUDIO_VOLUME: '100' };
  const doctor = async () => {
    const io = recordedIo(env, home);
    const code = await run(['doctor', '--json', '--group', 'audio'], io);
    const { checks } = JSON.parse(io.out()) as { checks: { name: string; verdict: string }[] };
    const sound = checks.map(({ name, verdict }) => [name, verdict]);
    return {
      code,
      sound: Object.fromEntries(sound),
      echo: readKeptEcho(path.join(home, '.local/state/pressel/echo.json')),
    };
  };
  return { rig, doctor };
}

describe('pressel doctor at a real sound server', { skip: pulseMissing() }, () => {
  it('measures the echo of a speaker beside the microphone', async (t) => {
    const { rig, doctor } = await rigged(t);
    await rig.standSpeakerBesideMicrophone();
    const { sound, echo } = await doctor();
    assert.equal(sound['microphone gives sound'], 'ok');
    assert.notEqual(sound['speaker without gaps'], 'skipped'); // A busy computer makes gaps, and says so.
    t.diagnostic(JSON.stringify({ sound, ...echo }));
    assert.equal(echo?.measurement.outcome, 'heard');
    const { delayMs = Number.NaN, levelDb = Number.NaN } = echo.measurement.echo ?? {};
    assert.ok(Math.abs(levelDb) < 1.5, `${levelDb} dB`);
    assert.ok(delayMs > -50 && delayMs < 200, `${delayMs} ms`);
    assert.equal(echo.mode, 'half-duplex');
  });

  it('finds a microphone that gives digital silence, and keeps nothing of its echo', async (t) => {
    const { doctor } = await rigged(t);
    const { code, sound, echo } = await doctor();
    assert.equal(code, 2);
    assert.equal(sound['microphone gives sound'], 'broken');
    assert.equal(echo, undefined);
  });
});
