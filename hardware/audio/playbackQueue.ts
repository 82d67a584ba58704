import { AudioError, type PlaybackDriver } from './drivers.js';
import { type PcmAudio, toInt16 } from './pcm.js';
import { PieceResampler } from './pieceResampler.js';
import type { PlaybackTimeline } from './playbackTimeline.js';

/** Where samples go that are at the device's rate and in order. */
export interface PlaybackSink {
  /** When a sample given now can be heard at the earliest; the clock's now for a sink without latency. */
  earliestMs(): number;
  /** @throws {AudioError} when the device or the disk fails */
  write(samples: Int16Array): Promise<void>;
  /** Silence that was heard because the queue had run dry. */
  silence(samples: number): void;
  /** Takes back the last samples written: they have not been heard and must not be. */
  cut(samples: number): void;
  /** Where the sink makes all it plays louder or softer itself; else it gets samples that are. */
  setGain?(gain: number): void;
  close(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * `play` returns when no more than this lies before its piece, so a caller that awaits keeps one piece ahead and the sound
 * does not stop while it makes the next.
 */
export const AHEAD_MS = 200;

export interface PlaybackQueueOptions {
  readonly name: string;
  readonly timeline: PlaybackTimeline;
  readonly sink: PlaybackSink;
}

/** The queue that every playback driver has: order, sample rate, pace, and what has been heard; the sink does the rest. */
export class PlaybackQueue implements PlaybackDriver {
  readonly name: string;
  readonly #timeline: PlaybackTimeline;
  readonly #sink: PlaybackSink;
  readonly #resampler: PieceResampler;
  /** The last piece of work that was given; the next one waits for it. */
  #last: Promise<unknown> = Promise.resolve();
  /** Work that was queued before a flush sees that it is no longer wanted. */
  #wanted = new AbortController();
  #end: Promise<void> | undefined;
  #gain = 1;
  #ducked = 1;

  constructor({ name, timeline, sink }: PlaybackQueueOptions) {
    this.name = name;
    this.#timeline = timeline;
    this.#sink = sink;
    this.#resampler = new PieceResampler(timeline.sampleRateHz);
  }

  get sampleRateHz(): number {
    return this.#timeline.sampleRateHz;
  }

  get playedMs(): number {
    return this.#timeline.playedMs;
  }

  /** As the contract says. An aborted `play` stops waiting; what is queued already is heard unless it is flushed. */
  async play(pcm: PcmAudio, signal: AbortSignal): Promise<{ heardAtMs: number }> {
    signal.throwIfAborted();
    if (this.#end !== undefined) throw new AudioError('deviceLost', `${this.name} has been closed: open it again.`);
    const wanted = this.#wanted.signal;
    const heardAtMs = await this.#inOrder(() => this.#enqueue(pcm, signal, wanted));
    const { clock } = this.#timeline;
    await this.#timeline.waitWhile(() => (wanted.aborted ? 0 : heardAtMs - AHEAD_MS - clock.now()), signal);
    return { heardAtMs };
  }

  flush(): void {
    this.#wanted.abort();
    this.#wanted = new AbortController();
    this.#resampler.reset();
    const samples = this.#timeline.cut();
    if (samples > 0) this.#sink.cut(samples);
  }

  setGain(gain: number): void {
    this.#gain = gain;
    this.#sink.setGain?.(this.#loudness);
  }

  duck(factor: number): void {
    this.#ducked = factor;
    this.#sink.setGain?.(this.#loudness);
  }

  get #loudness(): number {
    return this.#gain * this.#ducked;
  }

  /** Of samples that are queued now, where the sink cannot do it. */
  #louder(samples: Float32Array): Float32Array {
    return this.#sink.setGain ? samples : louder(samples, this.#loudness);
  }

  async drained(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.#inOrder(() => this.#finishPiece());
    await this.#timeline.waitWhile(() => this.#timeline.leftMs, signal);
  }

  close(): Promise<void> {
    this.#end ??= this.#inOrder(async () => {
      try {
        await this.#finishPiece();
      } finally {
        this.#resampler.close();
        await this.#sink.close();
      }
    });
    return this.#end;
  }

  async discard(): Promise<void> {
    // A close that failed has cleaned up after itself and has told its own caller.
    if (this.#end !== undefined) return this.#end.catch(() => {});
    this.flush();
    this.#end = this.#inOrder(async () => {
      this.#resampler.close();
      await this.#sink.discard();
    });
    return this.#end;
  }

  async #enqueue(pcm: PcmAudio, signal: AbortSignal, wanted: AbortSignal): Promise<number> {
    let heardAtMs: number | undefined;
    try {
      // The end of the piece before belongs before the silence that has come since.
      if (this.#timeline.hasRunDry(this.#sink.earliestMs())) await this.#finishPiece();
      for await (const block of this.#resampler.convert(pcm)) {
        signal.throwIfAborted();
        if (wanted.aborted) break;
        const { heardAtMs: startMs, gapSamples } = this.#timeline.append(block.length, this.#sink.earliestMs());
        heardAtMs ??= startMs;
        if (gapSamples > 0) this.#sink.silence(gapSamples);
        await this.#sink.write(toInt16(this.#louder(block)));
      }
    } finally {
      if (signal.aborted || wanted.aborted) this.#resampler.reset();
    }
    return heardAtMs ?? this.#timeline.nextMs(this.#sink.earliestMs());
  }

  async #finishPiece(): Promise<void> {
    const end = this.#resampler.end();
    if (end.length === 0) return;
    this.#timeline.extend(end.length, this.#sink.earliestMs());
    await this.#sink.write(toInt16(this.#louder(end)));
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }
}

function louder(samples: Float32Array, gain: number): Float32Array {
  return gain === 1 ? samples : samples.map((x) => x * gain);
}
