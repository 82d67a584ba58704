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
}

/** A job of `ms` on an idle board. */
export function jobOf(ms: number, threads: number): ComputeJob {
  return { threads, coreMs: ms * threads };
}

interface RunningJob {
  readonly threads: number;
  leftMs: number;
  readonly done: () => void;
}

/**
 * The four cores that recogniser, model and voice fight for. Processor sharing: when more threads want to run than there
 * are cores, all are slowed down in the same proportion, from the moment a job begins until one ends.
 */
export class PiBoard {
  readonly #running = new Set<RunningJob>();
  #countedUntilMs = 0;
  #timer: unknown;

  constructor(readonly clock: Clock) {}

  /** Resolves when `job` has been computed. @throws the signal's reason at once; the cores are free then */
  run({ threads, coreMs }: ComputeJob, signal?: AbortSignal): Promise<void> {
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
      const running: RunningJob = { threads, leftMs: coreMs, done };
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

  /** Cores that each thread has. */
  get #share(): number {
    let threads = 0;
    for (const job of this.#running) threads += job.threads;
    return Math.min(1, CORES / threads);
  }

  #account(): void {
    const nowMs = this.clock.now();
    const share = this.#share;
    for (const job of this.#running) job.leftMs -= (nowMs - this.#countedUntilMs) * job.threads * share;
    this.#countedUntilMs = nowMs;
  }

  #awaitNext(): void {
    this.clock.clearTimeout(this.#timer);
    if (this.#running.size === 0) return;
    const share = this.#share;
    const soonestMs = Math.min(...[...this.#running].map(({ leftMs, threads }) => leftMs / (threads * share)));
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
