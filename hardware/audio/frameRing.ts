import { FRAME_MS, type PcmFrame } from './pcm.js';

/** The last seconds of sound, for as many readers as want it, each at its own place. Frames are numbered from 0 on. */
export class FrameRing {
  readonly #capacity: number;
  #frames: PcmFrame[] = [];
  /** Number of the oldest frame kept. */
  #first = 0;
  #end: Error | undefined;
  readonly #waiting = new Set<() => void>();

  constructor(keptMs: number) {
    this.#capacity = Math.ceil(keptMs / FRAME_MS);
  }

  push(frame: PcmFrame): void {
    this.#frames.push(frame);
    if (this.#frames.length > this.#capacity) {
      this.#frames.shift();
      this.#first += 1;
    }
    this.#wake();
  }

  /** Forgets what is kept; readers go on with what comes next. */
  clear(): void {
    this.#first += this.#frames.length;
    this.#frames = [];
  }

  /** No frame comes any more: readers get what is kept and then `error`. */
  end(error: Error): void {
    this.#end = error;
    this.#wake();
  }

  get newest(): PcmFrame | undefined {
    return this.#frames.at(-1);
  }

  /**
   * The frames that were captured after `sinceMs`, as far as they are kept, and then each as it comes.
   * @param onLost is told how many frames a reader has missed that was slower than the ring is long
   * @throws what the ring was ended with; the signal's reason
   */
  async *read(
    sinceMs: number,
    onLost: (frames: number) => void,
    signal: AbortSignal,
  ): AsyncGenerator<PcmFrame, void, undefined> {
    const older = this.#frames.filter(({ capturedAtMs }) => capturedAtMs <= sinceMs).length;
    for (let next = this.#first + older; ; next++) {
      if (next >= this.#first + this.#frames.length) await this.#more(signal);
      signal.throwIfAborted();
      if (next < this.#first) {
        onLost(this.#first - next);
        next = this.#first;
      }
      const frame = this.#frames[next - this.#first];
      if (frame) yield frame;
      else next -= 1; // cleared meanwhile
    }
  }

  #more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        this.#waiting.delete(settle);
        signal.removeEventListener('abort', settle);
        if (signal.aborted) reject(signal.reason);
        else if (this.#end) reject(this.#end);
        else resolve();
      };
      if (signal.aborted || this.#end) {
        settle();
        return;
      }
      this.#waiting.add(settle);
      signal.addEventListener('abort', settle, { once: true });
    });
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}
