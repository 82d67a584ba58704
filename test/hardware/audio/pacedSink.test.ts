import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AudioError } from '../../../hardware/audio/drivers.js';
import { PacedSink, type RawPlayer } from '../../../hardware/audio/pacedSink.js';
import { PlaybackQueue } from '../../../hardware/audio/playbackQueue.js';
import { PlaybackTimeline } from '../../../hardware/audio/playbackTimeline.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { never, piece, playbackKeepsItsContract } from './playbackContract.js';

/** Remembers what it was given and when. */
class RecordingPlayer implements RawPlayer {
  readonly writes: { readonly atMs: number; readonly samples: Int16Array }[] = [];
  failure: AudioError | undefined;

  constructor(private readonly clock: SteppedClock) {}

  write(samples: Int16Array): void {
    this.writes.push({ atMs: this.clock.now(), samples });
  }

  kill(): void {
    this.failure ??= new AudioError('deviceLost', 'killed');
  }

  get sound(): number[] {
    return this.writes.flatMap(({ samples }) => [...samples]).filter((x) => x !== 0);
  }

  writtenMs(untilMs: number): number {
    const early = this.writes.filter(({ atMs }) => atMs <= untilMs);
    return early.reduce((sum, { samples }) => sum + samples.length / 16, 0);
  }
}

function opened(clock = new SteppedClock()) {
  const players: RecordingPlayer[] = [];
  const start = () => {
    const player = new RecordingPlayer(clock);
    players.push(player);
    return player;
  };
  const timeline = new PlaybackTimeline(16_000, clock, 'realtime');
  const first = start();
  const sink = new PacedSink(timeline, start, first);
  const playback = new PlaybackQueue({ name: 'fake', timeline, sink });
  return { clock, players, first, sink, playback };
}

playbackKeepsItsContract('a paced sink', async (_, clock) => opened(clock).playback);

describe('a player that does not say how far it is', () => {
  it('gets the sound whole and in order, never more than 150 ms ahead of the clock', async () => {
    const { clock, first, playback } = opened();
    for (let n = 0; n < 3; n++) await clock.run(playback.play(piece(1_000), never));
    await clock.run(playback.drained(never));
    assert.equal(clock.now(), 3_040);
    assert.equal(first.sound.length, 48_000);
    for (const { atMs } of first.writes) {
      const aheadMs = first.writtenMs(atMs) - atMs;
      assert.ok(aheadMs <= 151, `${aheadMs} ms ahead at ${atMs} ms`);
      if (atMs < 2_800) assert.ok(aheadMs >= 60, `only ${aheadMs} ms ahead at ${atMs} ms`);
    }
  });

  it('gets 200 ms of silence after the sound and then nothing, and no timer remains', async () => {
    const { clock, first, playback } = opened();
    await playback.play(piece(100), never);
    while (clock.waiting > 0) clock.advance(10);
    assert.ok(clock.now() < 500);
    assert.equal(first.writtenMs(Infinity), 20 + 100 + 200);
  });

  it('is heard 40 ms after an idle time, and right behind the silence written already', async () => {
    const { clock, playback } = opened();
    assert.deepEqual(await playback.play(piece(100), never), { heardAtMs: 40 });
    for (let n = 0; n < 15; n++) clock.advance(10);
    const { heardAtMs } = await playback.play(piece(100), never);
    assert.ok(heardAtMs >= 150 && heardAtMs <= 240, `${heardAtMs} ms`);
    clock.advance(0);
    assert.equal(playback.playedMs, 100);
  });

  it('gets what it has not got yet as loud as is wanted now, without a click', async () => {
    const { clock, first, playback } = opened();
    playback.setGain(0.5);
    await playback.play(piece(1_000), never);
    for (let n = 0; n < 30; n++) clock.advance(10);
    playback.duck(0.1);
    await clock.run(playback.drained(never));
    const { sound } = first;
    const steps = sound.map((x, i) => Math.abs(x - (sound[i - 1] ?? x)));
    assert.ok(Math.max(...steps) < 250, `a step of ${Math.max(...steps)}`);
    assert.equal(sound.length, 16_000);
    const ducked = sound.findIndex((x) => Math.abs(x - 16_384 * 0.05) < 1);
    assert.ok(ducked / 16 > 260 && ducked / 16 < 260 + 160, `ducked after ${ducked / 16} ms`);
    assert.ok(sound.slice(ducked).every((x) => x <= 16_384 * 0.05 + 1));
  });

  it('is replaced when it holds sound that must not be heard', async () => {
    const { clock, players, first, playback } = opened();
    await playback.play(piece(1_000), never);
    for (let n = 0; n < 30; n++) clock.advance(10);
    playback.flush();
    assert.equal(playback.playedMs, 260);
    assert.equal(first.failure?.message, 'killed');
    assert.equal(clock.waiting, 0);
    assert.deepEqual(await playback.play(piece(50), never), { heardAtMs: 340 });
    assert.equal(players.length, 2);
    assert.equal(players[1]?.sound.length, 800);
  });

  it('is kept by a flush after everything was heard', async () => {
    const { clock, players, playback } = opened();
    await playback.play(piece(100), never);
    await clock.run(playback.drained(never));
    playback.flush();
    assert.equal(players.length, 1);
  });

  it('plays on after the main thread was late, and the delay is counted', async () => {
    const { clock, first, playback } = opened();
    await playback.play(piece(1_000), never);
    clock.advance(600);
    await clock.run(playback.drained(never));
    assert.equal(first.sound.length, 16_000);
    assert.equal(playback.playedMs, 1_000);
    assert.ok(clock.now() > 1_300, `${clock.now()} ms`);
  });

  it('runs dry after each sound, which does not count', async () => {
    const { clock, sink, playback } = opened();
    for (let n = 0; n < 2; n++) {
      await playback.play(piece(100), never);
      sink.ranDry();
      await clock.run(playback.drained(never));
      clock.advance(1_000);
    }
    assert.equal(sink.xruns, 0);
  });

  it('may run dry in the middle of a sound, which counts', async () => {
    const { clock, sink, playback } = opened();
    await playback.play(piece(1_000), never);
    sink.ranDry();
    for (let n = 0; n < 30; n++) clock.advance(10);
    sink.ranDry();
    assert.equal(sink.xruns, 1);
  });

  it('runs dry when the main thread was late, which counts once, whether or not it says so', async () => {
    const { clock, sink, playback } = opened();
    await playback.play(piece(1_000), never);
    clock.advance(600);
    assert.equal(sink.xruns, 1);
    sink.ranDry();
    assert.equal(sink.xruns, 1);
  });

  it('that has failed makes the next piece fail', async () => {
    const { clock, first, playback } = opened();
    await playback.play(piece(100), never);
    first.failure = new AudioError('deviceLost', 'unplugged');
    await assert.rejects(playback.play(piece(100), never), /unplugged/);
    await clock.run(playback.drained(never));
    assert.equal(clock.waiting, 0);
  });
});
