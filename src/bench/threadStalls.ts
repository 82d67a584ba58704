import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/** Period of the timer whose lateness is the stall. */
const SAMPLING_MS = 1;

/**
 * How late the main thread's timers are while it is watched (Node's event-loop delay histogram, less its own resolution).
 * May be watched in stretches: each but the first adds one sample, the time since the one before, among some thousand.
 */
export class ThreadStalls {
  readonly #delay: IntervalHistogram = monitorEventLoopDelay({ resolution: SAMPLING_MS });

  watch(): void {
    this.#delay.enable();
  }

  pause(): void {
    this.#delay.disable();
  }

  /** 99 of 100 samples were no later than this (ms); null when nothing was watched. */
  get p99Ms(): number | null {
    if (this.#delay.percentiles.size === 0 || !(this.#delay.max > 0)) return null;
    return Math.max(0, this.#delay.percentile(99) / 1e6 - SAMPLING_MS);
  }
}
