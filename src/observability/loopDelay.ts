import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/** How often it is looked: as often as a frame of sound comes needs no more. */
const RESOLUTION_MS = 20;
const NS_PER_MS = 1e6;

/** How long work has waited for the main thread, beyond what it should have. */
export interface MeasuredDelay {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Measures how busy the main thread is, and costs nothing while nobody asks. */
export class LoopDelay {
  #histogram: IntervalHistogram | undefined;

  start(): void {
    this.#histogram ??= monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    this.#histogram.enable();
  }

  stop(): void {
    this.#histogram?.disable();
    this.#histogram = undefined;
  }

  /** Since it was read last; null: nothing was measured since. */
  read(): MeasuredDelay | null {
    const histogram = this.#histogram;
    if (histogram === undefined || histogram.count === 0) return null;
    // What is recorded is the time between two looks.
    const beyond = (ns: number) => Math.max(0, Math.round((ns / NS_PER_MS - RESOLUTION_MS) * 10) / 10);
    const delay = {
      p50Ms: beyond(histogram.percentile(50)),
      p99Ms: beyond(histogram.percentile(99)),
      maxMs: beyond(histogram.max),
    };
    histogram.reset();
    return delay;
  }
}
