import { SILENCE_DB } from './soundLevel.js';

/** Half a second, in frames. */
const BLOCK_FRAMES = 16;

/** Eight seconds, in blocks: somewhere in them nobody speaks. */
const BLOCKS = 16;

/**
 * How loud it is in the room when nobody speaks: the quietest half second of the last eight, each by its lower quartile, so
 * that a few lost samples are not taken for quiet (minimum statistics, R. Martin, IEEE Trans. SAP 9(5), 2001, without its
 * correction of the bias, which is below 1 dB here).
 */
export class RoomNoise {
  #block: number[] = [];
  #blocks: number[] = [];
  #db = SILENCE_DB;

  /** RMS in dB of full scale; silence until half a second was heard. */
  get db(): number {
    return this.#db;
  }

  /** The level of a frame without a sound of our own. */
  push(levelDb: number): void {
    this.#block.push(levelDb);
    if (this.#block.length < BLOCK_FRAMES) return;
    this.#block.sort((a, b) => a - b);
    this.#blocks = [...this.#blocks.slice(1 - BLOCKS), this.#block[BLOCK_FRAMES / 4] ?? SILENCE_DB];
    this.#block = [];
    this.#db = Math.min(...this.#blocks);
  }
}
