/** Voices begin with up to this much silence (ms): assumed while nothing is known of one, and never exceeded. */
const MOST_MS = 200;

/** So many clauses are remembered: enough to know a voice's usual beginnings, few enough to forget a strange one. */
const CLAUSES = 8;

/** Remembers how much silence a voice began its last clauses with, to expect as much of the next. */
export class LeadingSilenceMemory {
  readonly #lastMs: number[] = [];

  /** The most of the last 8 clauses, at most 200; 200 while there has been none. */
  get expectedMs(): number {
    return this.#lastMs.length === 0 ? MOST_MS : Math.min(MOST_MS, Math.max(...this.#lastMs));
  }

  /** A clause has begun with `silenceMs` of silence. */
  add(silenceMs: number): void {
    this.#lastMs.push(silenceMs);
    if (this.#lastMs.length > CLAUSES) this.#lastMs.shift();
  }
}
