import { readFileSync } from 'node:fs';
import type { Chunker } from '../../../../src/speech/text/chunker.js';

/** A reply and the sentences it must be split into; white space does not count. */
export interface SegmentationCase {
  readonly id: string;
  readonly text: string;
  readonly expected: readonly string[];
  /** Other splits that are as good. */
  readonly alt?: readonly (readonly string[])[];
  readonly tokens?: readonly string[];
}

export const readCases = (file: string): SegmentationCase[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as { cases: SegmentationCase[] }).cases;

/** Tokens much as a language model's: a word with the space before it, long words in two, marks alone, digits by three. */
export const tokenize = (text: string): string[] =>
  text.match(/ ?\p{L}[\p{L}\p{M}]{0,5}| ?\p{N}{1,3}|\n+| ?[^\p{L}\p{N}\s]{1,2}|\s/gu) ?? [];

export interface Segmentation {
  readonly chunks: string[];
  /** For every chunk but those of the flush: tokens from the one that holds its last visible character to its release. */
  readonly lags: number[];
}

export function segment(chunker: Chunker, tokens: readonly string[]): Segmentation {
  const chunks: string[] = [];
  const lags: number[] = [];
  const tokenEnds: number[] = [];
  let length = 0;
  let released = 0;
  tokens.forEach((token, index) => {
    length += token.length;
    tokenEnds.push(length);
    for (const chunk of chunker.push(token)) {
      chunks.push(chunk);
      const lastVisible = released + chunk.trimEnd().length;
      lags.push(index - tokenEnds.findIndex((end) => end >= lastVisible));
      released += chunk.length;
    }
  });
  chunks.push(...chunker.flush());
  return { chunks, lags };
}

const squeeze = (chunks: readonly string[]): string =>
  JSON.stringify(chunks.map((chunk) => chunk.replace(/\s+/gu, '')).filter((chunk) => chunk !== ''));

export const isAsExpected = ({ expected, alt = [] }: SegmentationCase, chunks: readonly string[]): boolean =>
  [expected, ...alt].some((split) => squeeze(split) === squeeze(chunks));
