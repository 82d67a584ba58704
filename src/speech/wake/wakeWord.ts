import { CAPTURE_RATE_HZ } from '../../../hardware/audio/pcm.js';

/** Samples of one step of a detector: 80 ms at 16 kHz, after each of which it judges anew. */
export const STEP_SAMPLES = 1280;
export const STEP_MS = (STEP_SAMPLES / CAPTURE_RATE_HZ) * 1000;

/**
 * Steps that a detector must have heard before the one that it judges: 2 s. A word is judged by 16 embeddings, one a step;
 * an embedding sees 76 rows of the spectrogram, 8 a step; and the rows of a step see the end of the step before.
 */
export const HISTORY_STEPS = 25;

/** How much the last 2 s sound like each word, 0 to 1. */
export type WakeScores = Readonly<Record<string, number>>;

/** A wake word was heard. */
export interface WakeDetection {
  readonly word: string;
  /** When the sound was captured that decided it, on the driver's `Clock` (ms). */
  readonly atMs: number;
  /**
   * When the word was over and a question in the same breath may have begun, as near as can be told (ms): at the first of
   * the hits, which comes 0 to 200 ms after the end of the word.
   */
  readonly wordEndAtMs: number;
  readonly score: number;
}

/** Hears wake words in a stream of sound. Stays loaded, off the main thread. */
export interface WakeWordDetector {
  readonly words: readonly string[];
  /** Loads the models and runs them once. @throws {InferenceError} */
  warmUp(signal: AbortSignal): Promise<void>;
  /** Forgets the stream so far: call it before each new one. */
  reset(signal: AbortSignal): Promise<void>;
  /**
   * Hears what comes next in the stream.
   * @param samples 16 kHz mono, a whole number of steps
   * @returns the scores after the last of them; undefined as long as it has not heard `HISTORY_STEPS` before it. What
   *   such models make of a history that was not heard is no score: for silence it can be 1.0
   * @throws {InferenceError}; the signal's reason when aborted
   */
  score(samples: Int16Array, signal: AbortSignal): Promise<WakeScores | undefined>;
  close(): Promise<void>;
}
