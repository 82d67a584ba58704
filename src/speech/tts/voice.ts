import type { PcmAudio } from '../../../hardware/audio/pcm.js';

/** A speaking voice. Stays loaded; nothing is spawned or loaded per sentence. */
export interface Voice {
  /** Shown to people and in `backends.tts`: "piper:en_US-amy-low", "flite:rms", "espeak-ng:en-us". */
  readonly name: string;
  /** Rate of what `synthesize` yields. */
  readonly sampleRateHz: number;
  /** Loads the model and runs it once, so that the first reply is as fast as the rest. */
  warmUp(signal: AbortSignal): Promise<void>;
  /**
   * Speaks `text` (already speakable: no markdown) as pieces of sound, each a clause or a part of one, as soon as
   * it is done. Text with nothing to say yields nothing.
   * @throws {VoiceError}; the signal's reason when aborted (between pieces at the latest)
   */
  synthesize(text: string, signal: AbortSignal): AsyncIterable<PcmAudio>;
  /** Ends its thread or process. Safe to call twice. */
  close(): Promise<void>;
}

/** Why a voice cannot speak. */
export type VoiceFailure = 'notFound' | 'badModel' | 'badConfig' | 'notInstalled' | 'crashed' | 'failed';

/** A voice could not be loaded or failed to speak. The message says which, why and what to do. */
export class VoiceError extends Error {
  override readonly name = 'VoiceError';
  constructor(
    readonly reason: VoiceFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
