import path from 'node:path';
import { z } from 'zod';
import { WAKE_WORDS, wakeWordFile, wakeWordModelId } from '../models/wakeWordModels.js';
import { commaSeparated, decimal, textThat, whole } from './fieldKinds.js';

/** A wake word, and the score from which on it counts as heard. */
export interface WakeWordChoice {
  /** `hey_jarvis`; of an own model the name of its file. */
  readonly word: string;
  readonly threshold: number;
  /** Where its classifier is: a model of the catalogue, or a file of the owner's. */
  readonly model: { readonly id: string; readonly file: string } | { readonly path: string };
}

/**
 * Reads one of `wake.words`: the word or the path of an own model, and its threshold after a colon where it has one of its
 * own.
 * @param threshold of a word that has none of its own
 * @returns undefined when it names no wake word
 */
export function parseWakeWord(value: string, threshold: number): WakeWordChoice | undefined {
  const [, name = value, own] = /^(.*):(\d*\.?\d+)$/.exec(value) ?? [];
  const word = path.basename(name, '.onnx');
  const chosen = { word, threshold: own === undefined ? threshold : Number(own) };
  if (!(chosen.threshold > 0 && chosen.threshold < 1)) return undefined;
  if (/[^/]\.onnx$/.test(name)) return { ...chosen, model: { path: name } };
  const known = WAKE_WORDS.some((each) => each === name);
  return known ? { ...chosen, model: { id: wakeWordModelId(name), file: wakeWordFile(name) } } : undefined;
}

/** The configured wake words. */
export function wakeWordsOf(wake: { readonly words: readonly string[]; readonly threshold: number }): WakeWordChoice[] {
  return wake.words.flatMap((value) => parseWakeWord(value, wake.threshold) ?? []);
}

const WORDS_MEANT = `wake words out of ${WAKE_WORDS.map((word) => `"${word}"`).join(', ')} and paths of own models ("/path/to/word.onnx"), each once and, after a colon, with its own threshold where it needs one ("alexa:0.7")`;

const wakeWords = z
  .array(
    textThat(WORDS_MEANT, (value) => parseWakeWord(value, 0.5) !== undefined),
    { error: WORDS_MEANT },
  )
  .refine((words) => new Set(words.map((value) => parseWakeWord(value, 0.5)?.word)).size === words.length, {
    error: WORDS_MEANT,
  });

/** The section about wake words, for the schema. */
export const wakeSettings = z
  .strictObject({
    words: z
      .preprocess(commaSeparated, wakeWords)
      .default([])
      .describe('Words that wake the assistant; none: only the button does. Their models are not for commercial use.'),
    threshold: decimal({ min: 0.05, max: 0.99 })
      .default(0.5)
      .describe('A word of at least this score, twice in a row, wakes. More is harder to wake, also by mistake.'),
    refractory_ms: whole({ min: 0, max: 60_000, unit: 'ms' })
      .default(2000)
      .describe('For so long after a wake word, what sounds like one is taken for the same.'),
  })
  .describe('Words that are as good as a press of the button.');
