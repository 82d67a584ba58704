/** Half a second of own sound, in frames: the least from which anything is learnt. */
const BLOCK_FRAMES = 16;

/** Ten seconds, in blocks. */
const BLOCKS = 20;

/** What a measurement made before is worth: two seconds. */
const PRIOR_BLOCKS = 4;

/** From the median of the loudest of 16 frames (that is, from what 4 % of all frames exceed) to what hardly any exceeds. */
const MARGIN_DB = 1;

/** Few blocks: their median is a guess. */
const EARLY_BLOCKS = 4;
const EARLY_MARGIN_DB = 3;

/**
 * How loud our own sound comes back: a level that the microphone's seldom exceeds, relative to what was played. Each half
 * second has its loudest; of those of the last ten seconds the median counts. Somebody who talks into less than half of
 * them changes nothing, and a room that has changed is known after five.
 */
export class EchoCoupling {
  #block: number[] = [];
  #blocks: number[];
  #db: number | undefined;

  /** @param priorDb what a measurement has found before */
  constructor(priorDb?: number) {
    this.#blocks = priorDb === undefined ? [] : new Array(PRIOR_BLOCKS).fill(priorDb);
    this.#db = priorDb;
  }

  /** Undefined until half a second was heard. */
  get db(): number | undefined {
    return this.#db;
  }

  /** @param ratioDb by how much the microphone's level in a frame exceeded what was played */
  push(ratioDb: number): void {
    this.#block.push(ratioDb);
    if (this.#block.length < BLOCK_FRAMES) return;
    this.#blocks = [...this.#blocks.slice(1 - BLOCKS), Math.max(...this.#block)];
    this.#block = [];
    const sorted = [...this.#blocks].sort((a, b) => a - b);
    const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
    this.#db = median + MARGIN_DB + (sorted.length < EARLY_BLOCKS ? EARLY_MARGIN_DB : 0);
  }
}
