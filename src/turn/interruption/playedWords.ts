import type { PlayedChunk } from './spokenWindow.js';

/** A chunk whose words are heard, some of them perhaps more than once. */
export interface ChunkAloud {
  /** Up to date whenever it is asked. */
  readonly played: readonly PlayedChunk[];
}

/** So much of what was said is known (ms): longer than anybody talks into a reply before it is known who it is. */
const KEPT_MS = 30_000;

/** What has been said aloud and is being said, turn after turn: by this our own words are told from the user's. */
export class PlayedWords {
  #chunks: ChunkAloud[] = [];

  /** Something of `chunk` is with the speaker. Safe to call for each piece of it. */
  playing(chunk: ChunkAloud): void {
    const newestMs = Math.max(...chunk.played.map(({ heardAtMs }) => heardAtMs));
    const others = this.#chunks.filter(
      (other) =>
        other !== chunk && other.played.some(({ heardAtMs, lengthMs }) => heardAtMs + lengthMs > newestMs - KEPT_MS),
    );
    this.#chunks = [...others, chunk];
  }

  /** In the order in which they are heard. What is heard twice is there twice, from the word on that it was heard from. */
  get chunks(): readonly PlayedChunk[] {
    return this.#chunks.flatMap(({ played }) => played).toSorted((a, b) => a.heardAtMs - b.heardAtMs);
  }

  /** The text of the chunk that was heard then, or else of the last one before; empty when there was none. */
  textAt(nowMs: number): string {
    return this.chunks.findLast(({ heardAtMs }) => heardAtMs <= nowMs)?.text ?? '';
  }
}
