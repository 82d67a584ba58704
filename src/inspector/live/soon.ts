import type { Clock } from '../../../hardware/clock.js';

/** 20 times a second. */
const WITHIN_MS = 50;

/**
 * Work that is done a moment after it was first asked for, however often it is asked for until then: 20 times a second at
 * most, and never in the middle of what it is about.
 */
export class Soon {
  #due: unknown;

  constructor(
    private readonly clock: Clock,
    private readonly work: () => void,
  ) {}

  ask(): void {
    this.#due ??= this.clock.setTimeout(() => {
      this.#due = undefined;
      this.work();
    }, WITHIN_MS);
  }

  cancel(): void {
    if (this.#due !== undefined) this.clock.clearTimeout(this.#due);
    this.#due = undefined;
  }
}
