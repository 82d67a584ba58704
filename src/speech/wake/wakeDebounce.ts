import { STEP_MS, type WakeDetection, type WakeScores } from './wakeWord.js';

export interface WakeDebounceOptions {
  /** Word -> the score from which on a step counts as a hit; a word without one is never heard. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** For so long after a detection, hits count as the same word: the models go on seeing it for 2 s (ms). */
  readonly refractoryMs: number;
  /** The last detection, where there was one. */
  readonly previous?: WakeDetection | undefined;
}

/** A single step can be wrong: a word is heard when it hits twice in a row. */
export class WakeDebounce {
  readonly #options: WakeDebounceOptions;
  /** Word -> its score in the step before, where that was a hit. */
  #hits: ReadonlyMap<string, number> = new Map();

  constructor(options: WakeDebounceOptions) {
    this.#options = options;
  }

  /** @returns the word that this step completes; of several the one of the highest score */
  push(scores: WakeScores, atMs: number): WakeDetection | undefined {
    const { thresholds, refractoryMs, previous } = this.#options;
    if (previous && atMs < previous.atMs + refractoryMs) return undefined;
    const before = this.#hits;
    const hits = Object.entries(scores).filter(([word, score]) => score >= (thresholds[word] ?? Infinity));
    this.#hits = new Map(hits);
    return hits
      .filter(([word]) => before.has(word))
      .map(([word, score]) => {
        return { word, atMs, wordEndAtMs: atMs - STEP_MS, score: Math.max(score, before.get(word) ?? 0) };
      })
      .sort((a, b) => b.score - a.score)[0];
  }
}
