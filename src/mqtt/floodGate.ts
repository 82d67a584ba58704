import type { Clock } from '../../hardware/clock.js';

/** More commands in a row than people or automations send. */
const BURST = 20;
/** Then one in so many ms. */
const REFILL_MS = 200;

/** Lets through as much as somebody could mean; a broker can send thousands a second. */
export class FloodGate {
  #tokens = BURST;
  #refilledMs: number;
  #isFlooded = false;

  /** @param onFlood told once for each flood */
  constructor(
    private readonly clock: Clock,
    private readonly onFlood: () => void,
  ) {
    this.#refilledMs = clock.now();
  }

  /** Whether one more is let through. */
  passes(): boolean {
    const nowMs = this.clock.now();
    const earned = Math.floor((nowMs - this.#refilledMs) / REFILL_MS);
    this.#tokens = Math.min(BURST, this.#tokens + earned);
    this.#refilledMs += earned * REFILL_MS;
    if (this.#tokens === BURST) this.#isFlooded = false;
    if (this.#tokens > 0) {
      this.#tokens -= 1;
      return true;
    }
    if (!this.#isFlooded) this.onFlood();
    this.#isFlooded = true;
    return false;
  }
}
