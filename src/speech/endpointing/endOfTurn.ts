/** Judges by the sound of an utterance, and not by its words, whether the speaker has finished. */
export interface EndOfTurnModel {
  readonly name: string;
  /** Loads the model and runs it once. @throws {InferenceError} */
  warmUp(signal: AbortSignal): Promise<void>;
  /**
   * How likely it is that nothing more follows: 0 (they go on) to 1 (they have finished).
   * @param samples the utterance up to the pause that goes on now, 16 kHz, mono, -1 to 1
   * @throws {InferenceError}; the signal's reason
   */
  completeness(samples: Float32Array, signal: AbortSignal): Promise<number>;
  close(): Promise<void>;
}
