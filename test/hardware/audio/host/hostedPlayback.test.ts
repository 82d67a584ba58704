import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openHostedPlayback } from '../../../../hardware/audio/host/hostedPlayback.js';
import type { FromHost, PlaybackProgress, ToHost } from '../../../../hardware/audio/host/hostProtocol.js';
import { HostSession } from '../../../../hardware/audio/host/hostSession.js';
import { portaudioPlayback } from '../../../../hardware/audio/portaudio/portaudio.js';
import { FakeHost } from '../../../fixtures/fakeHost.js';
import { SteppedClock } from '../../../fixtures/steppedClock.js';
import { never, piece, playbackKeepsItsContract, playbackKeepsPace } from '../playbackContract.js';

const opened = (latencyMs = 0): FromHost => ({
  kind: 'playbackOpened',
  name: 'portaudio fake',
  sampleRateHz: 16_000,
  latencyMs,
});

/** A speaker whose watchdog waits on a clock of its own, so that none of its timers is seen. */
async function speaker(clock = new SteppedClock(), latencyMs = 0) {
  const host = new FakeHost(opened(latencyMs));
  const session = new HostSession({ host, clock: new SteppedClock(), subject: 'speaker' });
  const failures: string[] = [];
  const playback = await openHostedPlayback(
    { session, clock, hostNowMs: () => clock.now() },
    { kind: 'playback', library: 'portaudio', latencyMs: 20 },
    ({ reason }) => failures.push(reason),
    never,
  );
  return { clock, host, playback, failures };
}

playbackKeepsItsContract('a host process', async (_, clock) => (await speaker(clock)).playback);
playbackKeepsPace('a host process', async (_, clock) => (await speaker(clock)).playback);

function progress(report: Partial<PlaybackProgress>): FromHost {
  return { kind: 'progress', epoch: 0, takenSamples: 0, heardAtMs: 0, latencyMs: 0, xruns: 0, ...report };
}

function soundSamples(sent: readonly ToHost[]): number {
  return sent.reduce((sum, message) => sum + (message.kind === 'sound' ? message.samples.length : 0), 0);
}

describe('a speaker in a process of its own', () => {
  it('is given all sound at once, and hears of flushes and loudness', async () => {
    const { host, playback } = await speaker();
    await playback.play(piece(1_000), never);
    playback.setGain(0.3);
    playback.flush();
    assert.equal(soundSamples(host.sent), 16_000);
    assert.deepEqual(host.sent.slice(-2), [
      { kind: 'gain', gain: 0.3 },
      { kind: 'flush', epoch: 1 },
    ]);
    await playback.discard();
  });

  it('is heard after the latency of the device', async () => {
    const { clock, host, playback } = await speaker(new SteppedClock(), 30);
    assert.deepEqual(await playback.play(piece(100), never), { heardAtMs: 30 });
    clock.advance(1_000);
    host.says(progress({ latencyMs: 50 }));
    assert.deepEqual(await playback.play(piece(100), never), { heardAtMs: 1_050 });
    await playback.discard();
  });

  it('is held a little longer after the last sound than that lasts, unless it is no longer wanted', async () => {
    const { clock, host, playback } = await speaker();
    await clock.run(playback.play(piece(100), never));
    await clock.run(playback.drained(never));
    const heardAtMs = clock.now();
    await clock.run(playback.close());
    assert.equal(clock.now() - heardAtMs, 60);
    assert.equal(host.killed, true);
  });

  it('that stood still has so much left to play', async () => {
    const { clock, host, playback } = await speaker();
    await playback.play(piece(1_000), never);
    clock.advance(600);
    assert.equal(playback.playedMs, 600);
    host.says(progress({ takenSamples: 16 * 400, heardAtMs: 600, xruns: 1 }));
    assert.equal(playback.playedMs, 400);
    assert.equal(playback.xruns, 1);
    await clock.run(playback.drained(never));
    assert.equal(clock.now(), 1_200);
    assert.equal(playback.playedMs, 1_000);
    await playback.discard();
  });

  it('whose clock is fast is drained earlier', async () => {
    const { clock, host, playback } = await speaker();
    await playback.play(piece(1_000), never);
    clock.advance(500);
    host.says(progress({ takenSamples: 16 * 510, heardAtMs: 500 }));
    await clock.run(playback.drained(never));
    assert.equal(clock.now(), 990);
    await playback.discard();
  });

  it('is not believed about what it played before a flush', async () => {
    const { clock, host, playback } = await speaker();
    await playback.play(piece(1_000), never);
    clock.advance(100);
    playback.flush();
    await playback.play(piece(200), never);
    host.says(progress({ epoch: 0, takenSamples: 1_600, heardAtMs: 5_000 }));
    await clock.run(playback.drained(never));
    assert.equal(clock.now(), 300);
    await playback.discard();
  });

  it('that is lost rejects whoever waits, and says so once', async () => {
    const { host, playback, failures } = await speaker();
    await playback.play(piece(1_000), never);
    const drained = assert.rejects(playback.drained(never), { reason: 'deviceLost' });
    const waiting = assert.rejects(playback.play(piece(1_000), never), { reason: 'deviceLost' });
    host.exits('SIGSEGV');
    await Promise.all([drained, waiting]);
    await assert.rejects(playback.play(piece(10), never), { reason: 'deviceLost' });
    assert.deepEqual(failures, ['deviceLost']);
    await playback.discard();
    assert.ok(host.killed);
  });

  it('that reports nothing for 1.5 s is lost, even in silence', async () => {
    const clock = new SteppedClock();
    const host = new FakeHost(opened());
    const failures: string[] = [];
    const playback = await portaudioPlayback({ clock, startHost: () => host })((e) => failures.push(e.reason), never);
    for (let n = 0; n < 15; n++) {
      clock.advance(1_000);
      host.says(progress({}));
    }
    assert.deepEqual(failures, []);
    clock.advance(1_400);
    clock.advance(100);
    assert.deepEqual(failures, ['deviceLost']);
    assert.ok(host.killed);
    await playback.discard();
    assert.equal(clock.waiting, 0);
  });
});
