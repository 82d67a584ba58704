import type { Clock } from '../../hardware/clock.js';
import { FloodGate } from '../streams/floodGate.js';

/**
 * Enough to see what happens; then one every ten minutes. A loose plug is a trouble every second, and each line of the log
 * that is alone in its half minute makes the journal write some ten pages to the SD card.
 */
const LIMIT = { burst: 5, refillMs: 600_000 } as const;

/**
 * Decides what of something that fails and works in turn is worth a line of the log. What was told last is true within ten
 * minutes, as long as whoever finds it failed says so again and again.
 */
export class Swings {
  readonly #gate: FloodGate;
  #isFailureTold = false;
  #isFailureUntold = false;
  #untold = 0;

  constructor(clock: Clock) {
    this.#gate = new FloodGate(clock, LIMIT, () => {});
  }

  /** It has failed, or fails for another reason. @returns undefined: not to be told; else how often it has failed untold since */
  fails(): number | undefined {
    if (!this.#gate.passes()) {
      this.#isFailureUntold ||= !this.#isFailureTold;
      return undefined;
    }
    const untold = this.#untold;
    this.#untold = 0;
    this.#isFailureUntold = false;
    this.#isFailureTold = true;
    return untold;
  }

  /** It works. @returns whether that is to be told: its failure was */
  works(): boolean {
    if (this.#isFailureUntold) this.#untold += 1;
    this.#isFailureUntold = false;
    const wasTold = this.#isFailureTold;
    this.#isFailureTold = false;
    return wasTold;
  }
}

/** Of a line that tells a failure: how many were not told before it. */
export function sinceTold(untold: number): { readonly timesUntold?: number } {
  return untold === 0 ? {} : { timesUntold: untold };
}
