import { spokenForm } from '../speech/text/spokenForm.js';

/** Word errors of transcripts against what was said. */
export interface WordErrors {
  /** Words of the references. */
  readonly words: number;
  /** Least number of substitutions, deletions and insertions that turn the references into the transcripts. */
  readonly errors: number;
  /** `errors / words`; may exceed 1. 0 without words and errors. */
  readonly rate: number;
}

export interface TranscribedPair {
  readonly reference: string;
  readonly transcript: string;
}

/**
 * Word error rate over English texts: Levenshtein distance in words, summed over the pairs before dividing, after
 * `spokenForm` has removed what cannot be heard.
 */
export function wordErrorRate(pairs: readonly TranscribedPair[]): WordErrors {
  let words = 0;
  let errors = 0;
  for (const { reference, transcript } of pairs) {
    const said = spokenForm(reference);
    words += said.length;
    errors += wordDistance(said, spokenForm(transcript));
  }
  return { words, errors, rate: errors === 0 ? 0 : errors / words };
}

/** Levenshtein distance, in words. */
function wordDistance(from: readonly string[], to: readonly string[]): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, word] of from.entries()) {
    const next = [i + 1];
    for (const [j, other] of to.entries()) {
      const substituted = (row[j] ?? 0) + (word === other ? 0 : 1);
      next.push(Math.min(substituted, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
