import type { Clock } from '../../hardware/clock.js';

/** How much somebody could mean. */
export interface FloodLimit {
  /** So many in a row. */
  readonly burst: number;
  /** Then one in so many ms. */
  readonly refillMs: number;
}

/** Lets through as much as somebody could mean (a token bucket); programs can send thousands a second. */
export class FloodGate {
  #tokens: number;
  #refilledMs: number;
  #isFlooded = false;

  /** @param onFlood told once for each flood */
  constructor(
    private readonly clock: Clock,
    private readonly limit: FloodLimit,
    private readonly onFlood: () => void,
  ) {
    this.#tokens = limit.burst;
    this.#refilledMs = clock.now();
  }

  /** Whether one more is let through. */
  passes(): boolean {
    const { burst, refillMs } = this.limit;
    const earned = Math.floor((this.clock.now() - this.#refilledMs) / refillMs);
    this.#tokens = Math.min(burst, this.#tokens + earned);
    this.#refilledMs += earned * refillMs;
    if (this.#tokens === burst) this.#isFlooded = false;
    if (this.#tokens > 0) {
      this.#tokens -= 1;
      return true;
    }
    if (!this.#isFlooded) this.onFlood();
    this.#isFlooded = true;
    return false;
  }
}
