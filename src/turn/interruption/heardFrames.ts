import type { PcmFrame } from '../../../hardware/audio/pcm.js';

/** Frames in order, and what is known of the newest of them. */
export class HeardFrames implements AsyncIterator<PcmFrame> {
  newestAtMs = Number.NaN;
  isOver = false;
  #corrected = new AbortController();

  constructor(private readonly frames: AsyncIterator<PcmFrame>) {}

  /** Aborted when it becomes clear that what was heard until then was our own voice. */
  untilCorrected(): AbortSignal {
    this.#corrected = new AbortController();
    return this.#corrected.signal;
  }

  async next(): Promise<IteratorResult<PcmFrame>> {
    const next = await this.frames.next();
    if (next.done) {
      this.isOver = true;
      return next;
    }
    this.newestAtMs = next.value.capturedAtMs;
    if (next.value.echoCorrected) this.#corrected.abort(new Error('that was our own voice'));
    return next;
  }

  async return(): Promise<IteratorResult<PcmFrame>> {
    this.isOver = true;
    await this.frames.return?.();
    return { done: true, value: undefined };
  }
}
