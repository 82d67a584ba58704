/** What a recogniser made of a piece of speech. */
export interface Transcript {
  /** As the model spells it; empty when it heard no words. */
  readonly text: string;
  /** Time of the recognition itself, without waiting in a queue (ms). */
  readonly asrMs: number;
  /**
   * How sure the engine is of it: the natural logarithm of the probability of a token, mean over all of them. Absent where
   * the engine does not tell.
   */
  readonly logProbability?: number;
  /** The same in the engine's own terms, for its next recognition of this speech. */
  readonly tokens?: readonly number[];
}

/** A speech recogniser. Stays loaded, off the main thread. */
export interface SpeechRecognizer {
  /** Shown in `backends.asr`: "moonshine-tiny". */
  readonly name: string;
  /** Loads the model and runs it once. @throws {InferenceError} */
  warmUp(signal: AbortSignal): Promise<void>;
  /**
   * @param samples 16 kHz mono in [-1, 1]; a segment in which the VAD has found speech, or the part of it heard so far
   *   (a partial result is the transcript of what there is)
   * @param draft an earlier transcript of the beginning of this very piece, by this recogniser: makes it faster. It is
   *   checked against the sound, never believed; an engine may still choose otherwise between two spellings or words
   *   that it finds equally likely
   * @throws {InferenceError}; the signal's reason when aborted (the engine stops at its next step)
   */
  transcribe(samples: Float32Array, signal: AbortSignal, draft?: Transcript): Promise<Transcript>;
  close(): Promise<void>;
}
