import path from 'node:path';
import { setImmediate as nextTick } from 'node:timers/promises';
import { type Clock, sleep } from '../clock.js';
import type { CaptureDriver, CaptureOptions } from './drivers.js';
import { CAPTURE_RATE_HZ, FRAME_MS, FRAME_SAMPLES, type PcmFrame, toInt16 } from './pcm.js';
import { createResampler, resampled } from './resampler.js';
import { openWav, type WavReader, type WavWarning } from './wavReader.js';

/** How fast a recording is heard: at a microphone's pace, or as fast as it is consumed. */
export type CapturePace = 'realtime' | 'fast';

export interface WavCaptureOptions {
  /** A WAV file of any sample rate and number of channels. */
  readonly file: string;
  readonly pace: CapturePace;
  readonly clock: Clock;
  /** Silence before the recording. Default 0. */
  readonly leadMs?: number;
  /** Silence after it: a microphone does not end with the speech. `Infinity` goes on until aborted. Default 0. */
  readonly tailMs?: number;
}

/** A recording that is heard as if through a microphone. */
export class WavCapture implements CaptureDriver {
  readonly name: string;
  #reader: WavReader | undefined;

  constructor(private readonly options: WavCaptureOptions) {
    this.name = `wav ${path.basename(options.file)}`;
  }

  /** What is wrong with the recording, as far as it has been heard. */
  get warnings(): readonly WavWarning[] {
    return this.#reader?.warnings ?? [];
  }

  /**
   * Each call hears the recording from its beginning. In real time frame n is given at start + (n + 1) * 32 ms, or as
   * soon as the consumer asks if that is later; `capturedAtMs` is that ideal time either way. Fast, it is the time now.
   */
  async *capture(_options: CaptureOptions, signal: AbortSignal): AsyncGenerator<PcmFrame, void, undefined> {
    signal.throwIfAborted();
    const { clock, pace } = this.options;
    const reader = await openWav(this.options.file);
    this.#reader = reader;
    const frames = inFrames(this.#sound(reader));
    try {
      const startMs = clock.now();
      for (let n = 0; ; n++) {
        signal.throwIfAborted();
        const frame = await frames.next();
        if (frame.done === true) return;
        // Scheduled from the start, so that late frames do not push back those that follow.
        const dueMs = startMs + (n + 1) * FRAME_MS;
        const waitMs = dueMs - clock.now();
        if (pace === 'realtime' && waitMs > 0) await sleep(clock, waitMs, signal);
        else await nextTick();
        signal.throwIfAborted();
        yield { samples: frame.value, capturedAtMs: pace === 'realtime' ? dueMs : clock.now() };
      }
    } finally {
      await frames.return();
    }
  }

  async *#sound(reader: WavReader): AsyncGenerator<Float32Array, void, undefined> {
    const { leadMs = 0, tailMs = 0 } = this.options;
    yield* silence(leadMs);
    const resampler = await createResampler(reader.sampleRateHz, CAPTURE_RATE_HZ);
    try {
      for await (const block of reader.blocks()) yield* resampled(resampler, block);
      yield resampler.flush();
    } finally {
      resampler.close();
    }
    yield* silence(tailMs);
  }
}

/** Sound in frames of 512 samples, the last one padded with zeros. */
async function* inFrames(sound: AsyncGenerator<Float32Array>): AsyncGenerator<Int16Array, void, undefined> {
  let frame = new Int16Array(FRAME_SAMPLES);
  let filled = 0;
  for await (const block of sound) {
    const samples = toInt16(block);
    for (let at = 0; at < samples.length; ) {
      const part = samples.subarray(at, at + FRAME_SAMPLES - filled);
      frame.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled === FRAME_SAMPLES) {
        yield frame;
        frame = new Int16Array(FRAME_SAMPLES);
        filled = 0;
      }
    }
  }
  if (filled > 0) yield frame;
}

function* silence(durationMs: number): Generator<Float32Array, void, undefined> {
  let left = Math.round((durationMs * CAPTURE_RATE_HZ) / 1000);
  while (left > 0) {
    const samples = Math.min(left, FRAME_SAMPLES);
    yield new Float32Array(samples);
    left -= samples;
  }
}
