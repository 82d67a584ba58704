import type { Clock } from '../../../hardware/clock.js';

/** A clock for downloads: pauses between attempts are over at once, a stall is noticed when the test says so. */
export class DownloadClock implements Clock {
  readonly pausesMs: number[] = [];
  readonly #watchdogs = new Set<() => void>();

  now(): number {
    return 0;
  }

  setTimeout(callback: () => void, delayMs: number): () => void {
    if (delayMs < 10_000) {
      this.pausesMs.push(delayMs);
      setImmediate(callback);
    } else {
      this.#watchdogs.add(callback);
    }
    return callback;
  }

  clearTimeout(callback: () => void): void {
    this.#watchdogs.delete(callback);
  }

  /** As if nothing had arrived for half a minute. */
  stall(): void {
    for (const callback of this.#watchdogs) callback();
  }
}
