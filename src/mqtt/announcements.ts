import type { Clock } from '../../hardware/clock.js';

const MAX_WAITING = 8;
/** What was worth saying two minutes ago need not be now. */
export const WAITS_AT_MOST_MS = 2 * 60_000;

/** Texts that wait until they take nobody's turn. */
export class Announcements {
  #waiting: { readonly text: string; readonly sinceMs: number }[] = [];

  /** @param onDropped told how many will never be said, and why */
  constructor(
    private readonly clock: Clock,
    private readonly onDropped: (why: 'too-many' | 'too-late', count: number) => void,
  ) {}

  /** Those that came first are said; one too many is not. @returns whether it waits now */
  add(text: string): boolean {
    const hasRoom = this.#waiting.length < MAX_WAITING;
    if (hasRoom) this.#waiting.push({ text, sinceMs: this.clock.now() });
    else this.onDropped('too-many', 1);
    return hasRoom;
  }

  /** The next that is to be said now. */
  next(): string | undefined {
    const latest = this.clock.now() - WAITS_AT_MOST_MS;
    const still = this.#waiting.filter(({ sinceMs }) => sinceMs >= latest);
    if (still.length < this.#waiting.length) this.onDropped('too-late', this.#waiting.length - still.length);
    this.#waiting = still;
    return this.#waiting.shift()?.text;
  }

  /** Nobody wants them any more. */
  clear(): void {
    this.#waiting = [];
  }
}
