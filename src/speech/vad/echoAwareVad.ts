import type { PcmFrame } from '../../../hardware/audio/pcm.js';
import { levelDb } from '../../../hardware/audio/soundLevel.js';
import type { VoiceActivityDetector } from './sileroVad.js';

/** Somebody else is heard from so much above the loudest that our own voice can be (dB). */
const ABOVE_ECHO_DB = 3;

/** The beginning of a word of ours may come a moment sooner than it is expected: one such frame is not somebody else. */
const LEAST_LOUDER = 3;
const LOUDER_WITHIN_FRAMES = 8;

/** Between two loud syllables the echo may be louder than the user: so many frames after a loud one are theirs too. */
const STILL_THEIRS_FRAMES = 2;

/** A detector that does not take our own voice in the microphone for the user's: it knows how loud that can be at most. */
export class EchoAwareVad implements VoiceActivityDetector {
  /** For each of the last frames, whether it was louder than our voice can be; the newest last. */
  #louder: readonly boolean[] = [];

  constructor(private readonly vad: VoiceActivityDetector) {}

  warmUp(signal: AbortSignal): Promise<void> {
    return this.vad.warmUp(signal);
  }

  reset(signal: AbortSignal): Promise<void> {
    this.#louder = [];
    return this.vad.reset(signal);
  }

  async probability(frame: PcmFrame, signal: AbortSignal): Promise<number> {
    const { echoDb = Number.NEGATIVE_INFINITY } = frame;
    const isLouder = levelDb(frame.samples) > echoDb + ABOVE_ECHO_DB;
    this.#louder = [...this.#louder.slice(1 - LOUDER_WITHIN_FRAMES), isLouder];
    const probability = await this.vad.probability(frame, signal);
    return frame.echoDb === undefined || this.#isSomebodyElse() ? probability : 0;
  }

  #isSomebodyElse(): boolean {
    const isStill = this.#louder.slice(-1 - STILL_THEIRS_FRAMES).includes(true);
    return isStill && this.#louder.filter(Boolean).length >= LEAST_LOUDER;
  }

  close(): Promise<void> {
    return this.vad.close();
  }
}
