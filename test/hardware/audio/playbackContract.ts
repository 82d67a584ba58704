import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { AudioError, type PlaybackDriver } from '../../../hardware/audio/drivers.js';
import type { PcmAudio } from '../../../hardware/audio/pcm.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

export const never: AbortSignal = new AbortController().signal;

/** A piece of sound without silence in it. */
export function piece(durationMs: number, sampleRateHz = 16_000): PcmAudio {
  return { samples: new Float32Array((durationMs * sampleRateHz) / 1000).fill(0.5), sampleRateHz };
}

/** What every playback driver keeps, whatever its pace. `open` makes a fresh one with a device rate of 16 kHz. */
export function playbackKeepsItsContract(
  name: string,
  open: (t: TestContext, clock: SteppedClock) => Promise<PlaybackDriver>,
): void {
  describe(`${name} as a playback driver`, () => {
    async function opened(t: TestContext) {
      const clock = new SteppedClock();
      const playback = await open(t, clock);
      t.after(() => playback.discard());
      return { clock, playback };
    }

    it('plays pieces in order, each not before it was queued, and counts what has been heard', async (t) => {
      const { clock, playback } = await opened(t);
      assert.equal(playback.playedMs, 0);
      let lastMs = 0;
      for (let n = 1; n <= 5; n++) {
        const queuedAtMs = clock.now();
        const { heardAtMs } = await clock.run(playback.play(piece(500), never));
        assert.ok(heardAtMs >= queuedAtMs && heardAtMs >= lastMs);
        assert.ok(playback.playedMs <= n * 500);
        lastMs = heardAtMs;
      }
      await clock.run(playback.drained(never));
      assert.equal(playback.playedMs, 2_500);
      clock.advance(1_000);
      assert.equal(playback.playedMs, 2_500);
      assert.equal(clock.waiting, 0);
    });

    it('keeps the order of pieces that are queued at once', async (t) => {
      const { clock, playback } = await opened(t);
      const pieces = [1, 2, 3].map((n) => playback.play(piece(n * 100, 22_050), never));
      const heard = await clock.run(Promise.all(pieces));
      const times = heard.map(({ heardAtMs }) => heardAtMs);
      assert.deepEqual(
        times,
        [...times].sort((a, b) => a - b),
      );
      await clock.run(playback.drained(never));
      assert.ok(Math.abs(playback.playedMs - 600) < 0.1, `${playback.playedMs} ms`);
    });

    it('plays every sample rate for as long as it lasts', async (t) => {
      const { clock, playback } = await opened(t);
      for (const sampleRateHz of [8_000, 22_050, 48_000, 16_000]) {
        await clock.run(playback.play(piece(1_000, sampleRateHz), never));
      }
      await clock.run(playback.drained(never));
      assert.ok(Math.abs(playback.playedMs - 4_000) < 0.3, `${playback.playedMs} ms`);
    });

    it('plays nothing of a piece without samples', async (t) => {
      const { clock, playback } = await opened(t);
      await clock.run(playback.play({ samples: new Float32Array(0), sampleRateHz: 22_050 }, never));
      await clock.run(playback.drained(never));
      assert.equal(playback.playedMs, 0);
    });

    it('has nothing left to be heard after a flush, and plays what comes then', async (t) => {
      const { clock, playback } = await opened(t);
      await playback.play(piece(1_000, 22_050), never);
      playback.flush();
      const heardMs = playback.playedMs;
      await playback.drained(never);
      clock.advance(5_000);
      assert.equal(playback.playedMs, heardMs);
      await clock.run(playback.play(piece(300, 22_050), never));
      await clock.run(playback.drained(never));
      assert.ok(Math.abs(playback.playedMs - heardMs - 300) < 0.1, `${playback.playedMs} ms`);
    });

    it('does not play a piece that was on its way when it was flushed', async (t) => {
      const { clock, playback } = await opened(t);
      const play = playback.play(piece(60_000, 22_050), never);
      await nextTick();
      playback.flush();
      await play;
      const heardMs = playback.playedMs;
      assert.ok(heardMs < 30_000, `${heardMs} ms`);
      assert.equal(clock.waiting, 0);
    });

    it('rejects with the reason of an aborted signal', async (t) => {
      const { playback } = await opened(t);
      const aborted = AbortSignal.abort(new Error('barge-in'));
      await assert.rejects(playback.play(piece(100), aborted), /barge-in/);
      await assert.rejects(playback.drained(aborted), /barge-in/);
      assert.equal(playback.playedMs, 0);
    });

    it('refuses an impossible sample rate and goes on', async (t) => {
      const { clock, playback } = await opened(t);
      const impossible = { samples: new Float32Array(10), sampleRateHz: 0 };
      await assert.rejects(playback.play(impossible, never), { name: 'AudioError', reason: 'unsupported' });
      await clock.run(playback.play(piece(100), never));
    });

    it('may be closed twice, discarded after that, and then plays no more', async (t) => {
      const { clock, playback } = await opened(t);
      await clock.run(playback.play(piece(100), never));
      await Promise.all([playback.close(), playback.close()]);
      await playback.discard();
      playback.flush();
      await assert.rejects(playback.play(piece(100), never), AudioError);
      assert.equal(clock.waiting, 0);
    });

    it('may be discarded twice', async (t) => {
      const { clock, playback } = await opened(t);
      await clock.run(playback.play(piece(100), never));
      await playback.discard();
      await playback.discard();
      await assert.rejects(playback.play(piece(100), never), AudioError);
    });
  });
}

/** What a driver keeps besides when it plays at the pace of a loudspeaker without latency. */
export function playbackKeepsPace(
  name: string,
  open: (t: TestContext, clock: SteppedClock) => Promise<PlaybackDriver>,
): void {
  describe(`${name} at a loudspeaker's pace`, () => {
    async function opened(t: TestContext) {
      const clock = new SteppedClock();
      const playback = await open(t, clock);
      t.after(() => playback.discard());
      return { clock, playback };
    }

    it('takes a piece when 200 ms remain before it, so that one is always ahead', async (t) => {
      const { clock, playback } = await opened(t);
      const taken: { heardAtMs: number; atMs: number }[] = [];
      for (let n = 0; n < 3; n++) {
        const { heardAtMs } = await clock.run(playback.play(piece(1_000), never));
        taken.push({ heardAtMs, atMs: clock.now() });
      }
      assert.deepEqual(taken, [
        { heardAtMs: 0, atMs: 0 },
        { heardAtMs: 1_000, atMs: 800 },
        { heardAtMs: 2_000, atMs: 1_800 },
      ]);
      assert.equal(playback.playedMs, 1_800);
      await clock.run(playback.drained(never));
      assert.equal(clock.now(), 3_000);
    });

    it('is heard at once after a pause', async (t) => {
      const { clock, playback } = await opened(t);
      await clock.run(playback.play(piece(100), never));
      clock.advance(1_000);
      assert.equal(playback.playedMs, 100);
      assert.deepEqual(await playback.play(piece(100), never), { heardAtMs: 1_000 });
      clock.advance(40);
      assert.equal(playback.playedMs, 140);
    });

    it('a flush ends the waiting of players and drainers', async (t) => {
      const { clock, playback } = await opened(t);
      await playback.play(piece(1_000), never);
      const waiting = Promise.all([playback.play(piece(1_000), never), playback.drained(never)]);
      while (clock.waiting < 2) await nextTick();
      clock.advance(300);
      playback.flush();
      await waiting;
      assert.equal(playback.playedMs, 300);
      assert.equal(clock.waiting, 0);
    });

    it('an abort ends the waiting at once and leaves no timer', async (t) => {
      const { clock, playback } = await opened(t);
      await playback.play(piece(1_000), never);
      const stop = new AbortController();
      const play = assert.rejects(playback.play(piece(1_000), stop.signal), /pressed/);
      const drained = assert.rejects(playback.drained(stop.signal), /pressed/);
      while (clock.waiting < 2) await nextTick();
      stop.abort(new Error('pressed'));
      await Promise.all([play, drained]);
      assert.equal(clock.waiting, 0);
      assert.equal(clock.now(), 0);
    });

    it('a drainer waits for what is queued while it waits', async (t) => {
      const { clock, playback } = await opened(t);
      await playback.play(piece(500), never);
      const drained = playback.drained(never);
      const play = playback.play(piece(500), never);
      while (clock.waiting < 2) await nextTick();
      await clock.run(Promise.all([play, drained]));
      assert.equal(clock.now(), 1_000);
    });
  });
}
