import type { Clock } from '../../../hardware/clock.js';

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** With no timer left and the work not done after so many turns, it never will be. */
const PATIENT_TURNS = 1_000;

/**
 * Time that jumps from timer to timer, as soon as all that follows from the one before has happened: minutes of turns
 * pass in moments, and the same work always gives the same times. What waits for anything but this clock (a disk, a
 * socket, a thread) takes no time on it and would end the determinism.
 */
export class VirtualClock implements Clock {
  readonly #timers = new Map<number, Timer>();
  #nowMs = 0;
  #lastId = 0;

  now(): number {
    return this.#nowMs;
  }

  setTimeout(callback: () => void, delayMs: number): number {
    this.#lastId += 1;
    this.#timers.set(this.#lastId, { dueMs: this.#nowMs + Math.max(0, delayMs), callback });
    return this.#lastId;
  }

  clearTimeout(id: number): void {
    this.#timers.delete(id);
  }

  /**
   * Lets time pass until `work` has ended.
   * @returns what it gives @throws what it throws; an error when it waits for something that will never happen
   */
  async run<T>(work: Promise<T>): Promise<T> {
    const ended = new AbortController();
    const settle = () => ended.abort();
    work.then(settle, settle);
    for (let idleTurns = 0; ; ) {
      await settled();
      if (ended.signal.aborted) return work;
      if (this.#fireNext()) idleTurns = 0;
      else if (++idleTurns > PATIENT_TURNS)
        throw new Error('The simulation waits, and no timer is set that could end it.');
    }
  }

  /** Timers that are due at the same time fire in the order in which they were set. */
  #fireNext(): boolean {
    let next: [id: number, timer: Timer] | undefined;
    for (const entry of this.#timers) if (next === undefined || entry[1].dueMs < next[1].dueMs) next = entry;
    if (next === undefined) return false;
    const [id, { dueMs, callback }] = next;
    this.#timers.delete(id);
    this.#nowMs = dueMs;
    callback();
    return true;
  }
}

/** Resolves when promises and immediates, and all that they start, have run. */
async function settled(): Promise<void> {
  do {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  } while (process.getActiveResourcesInfo().includes('Immediate'));
}
