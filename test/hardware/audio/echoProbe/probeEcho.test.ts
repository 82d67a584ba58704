import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHIRP_MS } from '../../../../hardware/audio/echoProbe/chirp.js';
import { probeEcho } from '../../../../hardware/audio/echoProbe/probeEcho.js';
import { EchoRoom, type RoomOptions } from '../../../fixtures/echoRoom.js';

const QUIET_ROOM: RoomOptions = { delayMs: 120, levelDb: -25, decaySeconds: 0.4, noiseDb: -65 };

function probed(options: Partial<RoomOptions>) {
  const room = new EchoRoom({ ...QUIET_ROOM, ...options });
  return probeEcho(room, room.speaker, new AbortController().signal);
}

/** Syllables: noise that is loud for a fifth of a second, and soft for as long. */
function talk(levelDb: number): (seconds: number) => number {
  return (seconds) => {
    const isLoud = Math.floor(seconds * 5) % 2 === 0;
    const [a, b] = [
      Math.sin(2 * Math.PI * 140 * seconds),
      Math.sin(2 * Math.PI * (700 + 90 * Math.sin(9 * seconds)) * seconds),
    ];
    return isLoud ? 10 ** (levelDb / 20) * (a + b) * Math.abs(Math.sin(31 * seconds ** 1.3)) : 0;
  };
}

describe('the echo probe', () => {
  const rooms: readonly RoomOptions[] = [
    { delayMs: 20, levelDb: 0, decaySeconds: 0.2, noiseDb: -70 },
    { delayMs: 60, levelDb: -10, decaySeconds: 0.5, noiseDb: -60 },
    { delayMs: 120, levelDb: -25, decaySeconds: 0.8, noiseDb: -65 },
    { delayMs: 250, levelDb: -40, decaySeconds: 0.3, noiseDb: -70 },
    { delayMs: 400, levelDb: -20, decaySeconds: 0.6, noiseDb: -50 },
    { delayMs: -30, levelDb: -15, decaySeconds: 0.4, noiseDb: -60 },
    { delayMs: 90, levelDb: -60, decaySeconds: 0.2, noiseDb: -85 },
  ];
  for (const room of rooms) {
    const { delayMs, levelDb, decaySeconds, noiseDb } = room;
    it(`measures ${delayMs} ms, ${levelDb} dB, ${decaySeconds} s of reverberation in noise of ${noiseDb} dB`, async () => {
      const { outcome, echo, ...measured } = await probed(room);
      assert.equal(outcome, 'heard');
      assert.ok(Math.abs((echo?.delayMs ?? Number.NaN) - delayMs) <= 3, `${echo?.delayMs} ms`);
      assert.ok(Math.abs((echo?.levelDb ?? Number.NaN) - levelDb) <= 1.5, `${echo?.levelDb} dB`);
      assert.ok(Math.abs(measured.noiseDb - noiseDb) <= 1, `${measured.noiseDb} dB`);
      // Half the energy is direct sound: the reverberation has 27 dB of the 30 left to fall, of 60 in its time.
      const fallMs = (27 / 60) * decaySeconds * 1000;
      assert.ok((echo?.tailMs ?? Number.NaN) <= fallMs * 1.15 + 5, `${echo?.tailMs} ms`);
      const isLostInNoise = levelDb - noiseDb < 40;
      if (!isLostInNoise) assert.ok((echo?.tailMs ?? Number.NaN) >= fallMs * 0.85, `${echo?.tailMs} ms of ${fallMs}`);
    });
  }

  it('measures the same in a noise that is as loud as the echo', async () => {
    const { outcome, echo } = await probed({ levelDb: -30, noiseDb: -50, decaySeconds: 0.2 });
    assert.equal(outcome, 'heard');
    assert.ok(Math.abs((echo?.levelDb ?? Number.NaN) + 30) <= 2, `${echo?.levelDb} dB`);
  });

  it('hears nothing where the echo is cancelled, and says what it would have heard', async () => {
    for (const seed of [1, 2, 3]) {
      const { outcome, echo, detectableDb } = await probed({ levelDb: -Infinity, noiseDb: -60, seed });
      assert.equal(outcome, 'notHeard');
      assert.equal(echo, undefined);
      assert.ok(detectableDb > -60 && detectableDb < -40, `${detectableDb} dB`);
    }
  });

  it('knows a dead microphone from a silent room', async () => {
    assert.equal((await probed({ levelDb: -Infinity, noiseDb: -Infinity })).outcome, 'noSignal');
    assert.equal((await probed({ levelDb: -Infinity, noiseDb: -85 })).outcome, 'notHeard');
  });

  it('measures in digital silence, as a noise gate leaves it', async () => {
    const { outcome, echo } = await probed({ noiseDb: -Infinity });
    assert.equal(outcome, 'heard');
    assert.ok(Math.abs((echo?.levelDb ?? Number.NaN) + 25) <= 1);
  });

  it('is unsteady while somebody talks as loud as the echo', async () => {
    const { outcome } = await probed({ levelDb: -35, voice: talk(-20) });
    assert.equal(outcome, 'unsteady');
  });

  it('takes nobody who talks for an echo', async () => {
    const { outcome } = await probed({ levelDb: -Infinity, voice: talk(-25) });
    assert.notEqual(outcome, 'heard');
  });

  it('is unsteady where the times of the speaker are', async () => {
    assert.equal((await probed({ clockErrorMs: (chirp) => 30 * chirp })).outcome, 'unsteady');
    assert.equal((await probed({ clockErrorMs: (chirp) => 8 * chirp })).outcome, 'heard');
  });

  it('plays three chirps, as loud as speech and without a click', async () => {
    const room = new EchoRoom(QUIET_ROOM);
    await probeEcho(room, room.speaker, new AbortController().signal);
    assert.equal(room.played.length, 3);
    for (const { samples, sampleRateHz } of room.played) {
      assert.equal((samples.length / sampleRateHz) * 1000, CHIRP_MS);
      const power = samples.reduce((sum, x) => sum + x * x, 0) / samples.length;
      assert.ok(Math.abs(10 * Math.log10(power) + 20) < 0.5);
      assert.ok(Math.abs(samples[0] ?? 1) < 0.001 && Math.abs(samples.at(-1) ?? 1) < 0.001);
    }
  });
});
