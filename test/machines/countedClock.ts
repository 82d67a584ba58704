import { SimulatedClock } from 'xstate';

/** A simulated clock that knows which of its timers still wait. */
export class CountedClock extends SimulatedClock {
  readonly #dueMs = new Map<number, number>();

  get waiting(): number {
    return this.#dueMs.size;
  }

  /** When the next timer is due; infinite without one. */
  get nextMs(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const dueMs of this.#dueMs.values()) if (dueMs < next) next = dueMs;
    return next;
  }

  override setTimeout(fire: () => void, timeoutMs: number): number {
    const id = super.setTimeout(() => {
      this.#dueMs.delete(id);
      fire();
    }, timeoutMs);
    this.#dueMs.set(id, this.now() + timeoutMs);
    return id;
  }

  override clearTimeout(id: number): void {
    this.#dueMs.delete(id);
    super.clearTimeout(id);
  }
}
