import type { Clock } from '../../../hardware/clock.js';

/** Cores of a Raspberry Pi 4 or 5. */
const CORES = 4;

/** Less than this is left of a job only because sums of fractions are not exact (core-milliseconds). */
const NOTHING_MS = 1e-6;

/** Work to be computed. */
export interface ComputeJob {
  /** Cores it keeps busy when it has them. */
  readonly threads: number;
  /** Time on one core that it takes, over all its threads (ms). Alone on the board it takes `coreMs / threads`. */
  readonly coreMs: number;
  /** Its threads' claim to a core beside the others', as the scheduler weighs priorities. Default: 1. */
  readonly weight?: number;
}

/** A job of `ms` on an idle board. */
export function jobOf(ms: number, threads: number): ComputeJob {
  return { threads, coreMs: ms * threads };
}

interface RunningJob {
  readonly threads: number;
  readonly weight: number;
  leftMs: number;
  readonly done: () => void;
}

/**
 * The four cores that recogniser, model and voice fight for. Processor sharing: when more threads want to run than there
 * are cores, all are slowed down in proportion to their weights, from the moment a job begins until one ends.
 */
export class PiBoard {
  readonly #running = new Set<RunningJob>();
  #countedUntilMs = 0;
  #timer: unknown;

  constructor(readonly clock: Clock) {}

  /** Resolves when `job` has been computed. @throws the signal's reason at once; the cores are free then */
  run({ threads, coreMs, weight = 1 }: ComputeJob, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = () => {
        this.#change(() => this.#running.delete(running));
        reject(signal?.reason);
      };
      const done = () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const running: RunningJob = { threads, weight, leftMs: coreMs, done };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#change(() => this.#running.add(running));
    });
  }

  /** Accounts for what was computed until now, changes what runs, and waits for the next job to end. */
  #change(change: () => void): void {
    this.#account();
    change();
    this.#awaitNext();
  }

  /**
   * Gives the share of a core that each thread of a job has: by weight, and never more than a whole one. What a thread
   * cannot use is left to the others.
   */
  #shares(): (job: RunningJob) => number {
    const whole = new Set<RunningJob>();
    for (;;) {
      let cores = CORES;
      let weights = 0;
      for (const job of this.#running) {
        if (whole.has(job)) cores -= job.threads;
        else weights += job.threads * job.weight;
      }
      const perWeight = cores / weights;
      const sated = [...this.#running].filter((job) => !whole.has(job) && job.weight * perWeight >= 1);
      if (sated.length === 0) return (job) => (whole.has(job) ? 1 : job.weight * perWeight);
      for (const job of sated) whole.add(job);
    }
  }

  #account(): void {
    const nowMs = this.clock.now();
    const share = this.#shares();
    for (const job of this.#running) job.leftMs -= (nowMs - this.#countedUntilMs) * job.threads * share(job);
    this.#countedUntilMs = nowMs;
  }

  #awaitNext(): void {
    this.clock.clearTimeout(this.#timer);
    if (this.#running.size === 0) return;
    const share = this.#shares();
    const soonestMs = Math.min(...[...this.#running].map((job) => job.leftMs / (job.threads * share(job))));
    this.#timer = this.clock.setTimeout(() => this.#finish(), Math.max(0, soonestMs));
  }

  #finish(): void {
    this.#account();
    for (const job of [...this.#running]) {
      if (job.leftMs > NOTHING_MS) continue;
      this.#running.delete(job);
      job.done();
    }
    this.#awaitNext();
  }
}
