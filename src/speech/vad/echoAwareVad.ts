import type { PcmFrame } from '../../../hardware/audio/pcm.js';
import { frameLevelDb } from '../endpointing/noiseFloor.js';
import type { VoiceActivityDetector } from './sileroVad.js';

/** Somebody else is heard from so much above the loudest that our own voice can be (dB). */
const ABOVE_ECHO_DB = 3;

/** Between two loud syllables the echo may be louder than the user: so many frames after a loud one are theirs too. */
const STILL_THEIRS_FRAMES = 4;

/** A detector that does not take our own voice in the microphone for the user's: it knows how loud that can be at most. */
export class EchoAwareVad implements VoiceActivityDetector {
  #framesSinceLouder = Number.POSITIVE_INFINITY;

  constructor(private readonly vad: VoiceActivityDetector) {}

  warmUp(signal: AbortSignal): Promise<void> {
    return this.vad.warmUp(signal);
  }

  reset(signal: AbortSignal): Promise<void> {
    this.#framesSinceLouder = Number.POSITIVE_INFINITY;
    return this.vad.reset(signal);
  }

  async probability(frame: PcmFrame, signal: AbortSignal): Promise<number> {
    const { echoDb = Number.NEGATIVE_INFINITY } = frame;
    const isLouder = frameLevelDb(frame.samples) > echoDb + ABOVE_ECHO_DB;
    this.#framesSinceLouder = isLouder ? 0 : this.#framesSinceLouder + 1;
    const probability = await this.vad.probability(frame, signal);
    return this.#framesSinceLouder <= STILL_THEIRS_FRAMES ? probability : 0;
  }

  close(): Promise<void> {
    return this.vad.close();
  }
}
