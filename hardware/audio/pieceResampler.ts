import type { PcmAudio } from './pcm.js';
import { createResampler, type Resampler, resampled } from './resampler.js';

/** Brings pieces of sound to the rate of a device. Pieces of the same rate that follow each other are one stream. */
export class PieceResampler {
  #current: { readonly fromHz: number; readonly resampler: Resampler } | undefined;

  constructor(private readonly toHz: number) {}

  /**
   * The piece in blocks, short enough for the main thread, which gets a turn between them. The last 20 samples or so are
   * held back for the next piece, or for `end`.
   * @throws {AudioError} unsupported, for an impossible sample rate
   */
  async *convert(pcm: PcmAudio): AsyncGenerator<Float32Array, void, undefined> {
    if (this.#current?.fromHz !== pcm.sampleRateHz) {
      const end = this.end();
      this.close();
      if (end.length > 0) yield end;
      this.#current = { fromHz: pcm.sampleRateHz, resampler: await createResampler(pcm.sampleRateHz, this.toHz) };
    }
    yield* resampled(this.#current.resampler, pcm.samples);
  }

  /** What was held back of the last piece. The next one begins a new stream. */
  end(): Float32Array {
    return this.#current?.resampler.flush() ?? new Float32Array(0);
  }

  /** Forgets what was held back. */
  reset(): void {
    this.#current?.resampler.reset();
  }

  close(): void {
    this.#current?.resampler.close();
    this.#current = undefined;
  }
}
