import type { Clock } from '../../hardware/clock.js';
import type { LlmFailure } from './chatModel.js';

/** What a request can be waiting for in vain. */
export type Timeout = Extract<LlmFailure, 'connectTimeout' | 'firstTokenTimeout' | 'stalled'>;

/** Waits for one thing at a time, and says so when it did not come in time. */
export class Watchdog {
  readonly #clock: Clock;
  readonly #onTimeout: (timeout: Timeout, limitMs: number) => void;
  #watch: { readonly timeout: Timeout; readonly timer: unknown } | undefined;

  /** @param onTimeout called at most once per `watch`, with what was waited for and how long */
  constructor(clock: Clock, onTimeout: (timeout: Timeout, limitMs: number) => void) {
    this.#clock = clock;
    this.#onTimeout = onTimeout;
  }

  /** What is being waited for, if anything is. */
  get watching(): Timeout | undefined {
    return this.#watch?.timeout;
  }

  /** From now on waits for this, and no longer for what it waited for before. */
  watch(timeout: Timeout, limitMs: number): void {
    this.calm();
    const timer = this.#clock.setTimeout(() => {
      this.#watch = undefined;
      this.#onTimeout(timeout, limitMs);
    }, limitMs);
    this.#watch = { timeout, timer };
  }

  /** It came, or nobody waits for it any more. No timer is left. */
  calm(): void {
    if (this.#watch === undefined) return;
    this.#clock.clearTimeout(this.#watch.timer);
    this.#watch = undefined;
  }
}
