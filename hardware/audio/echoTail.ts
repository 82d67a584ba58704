import { FRAME_MS } from './pcm.js';

/** One frame after the end of our own speech. */
export interface TailFrame {
  /** When its first sample was captured, and when our speech had been heard to its end. */
  readonly fromMs: number;
  readonly endedAtMs: number;
  readonly levelDb: number;
  readonly noiseDb: number;
  /** The loudest that the echo may be in it, and until when at the latest it comes after the speech; undefined if unknown. */
  readonly echoDb: number | undefined;
  readonly delayMs: number | undefined;
}

/** How long a living room goes on sounding: reverberation of half a second, down by 20 dB. Where nothing is known of it. */
const USUAL_MS = 170;

/** No room that one could talk in sounds longer. */
const LONGEST_MS = 600;

/** So far below the echo nothing of it is understood, neither by the VAD nor by the recogniser. */
const FALLEN_DB = 25;

/** Below this there is no echo in any room: a microphone of 16 bits has more noise. */
const INAUDIBLE_DB = -75;

/** Noise varies by 1 or 2 dB from frame to frame; at this, the echo is no louder than the noise. */
const NEAR_NOISE_DB = 3;

/** A room does not get louder by itself, but fluctuates by a few dB while it falls silent. */
const RISE_DB = 6;

/** The delay that was learnt is good to a frame. */
const DELAY_TOLERANCE_MS = 32;

/** How fast the loudest of the echo is forgotten while our speech goes on, per frame: its last half second counts. */
const LOUDEST_FALLS_DB = 0.5;

/** When our own speech has died away after its end, as measured. */
export class EchoTail {
  #loudestDb = Number.NEGATIVE_INFINITY;
  #loudestEchoDb: number | undefined;
  #quietestDb = Number.POSITIVE_INFINITY;
  /** The end of the speech whose tail is over. */
  #overMs: number | undefined;

  /** A frame in which our speech is heard. @param echoDb the loudest that it may be; undefined if unknown */
  sounds(levelDb: number, echoDb: number | undefined): void {
    this.#overMs = undefined;
    this.#quietestDb = Number.POSITIVE_INFINITY;
    // What is louder is somebody else.
    const heardDb = Math.min(levelDb, echoDb ?? levelDb);
    this.#loudestDb = Math.max(heardDb, this.#loudestDb - LOUDEST_FALLS_DB);
    this.#loudestEchoDb =
      echoDb === undefined ? undefined : Math.max(echoDb, (this.#loudestEchoDb ?? echoDb) - LOUDEST_FALLS_DB);
  }

  /** Whether nothing of it is heard any more in this frame; from then on it is so until it `sounds` again. */
  isOver(frame: TailFrame): boolean {
    if (this.#overMs !== frame.endedAtMs && this.#hasDiedAway(frame)) this.#overMs = frame.endedAtMs;
    return this.#overMs === frame.endedAtMs;
  }

  #hasDiedAway({ fromMs, endedAtMs, levelDb, noiseDb, echoDb, delayMs }: TailFrame): boolean {
    const sinceMs = fromMs - endedAtMs;
    if (sinceMs >= LONGEST_MS) return true;
    if (echoDb === undefined || this.#loudestEchoDb === undefined) return sinceMs >= USUAL_MS;
    if (this.#loudestEchoDb <= Math.max(noiseDb, INAUDIBLE_DB)) return true;
    if (sinceMs < (delayMs ?? USUAL_MS)) {
      this.sounds(levelDb, echoDb);
      return false;
    }
    if (levelDb <= noiseDb + NEAR_NOISE_DB || levelDb <= this.#loudestDb - FALLEN_DB) return true;
    // The last words are still on their way while the delay is not over for certain.
    if (sinceMs < (delayMs ?? USUAL_MS) + DELAY_TOLERANCE_MS + FRAME_MS) return false;
    const hasRisen = levelDb > this.#quietestDb + RISE_DB || levelDb > echoDb + RISE_DB;
    this.#quietestDb = Math.min(this.#quietestDb, levelDb);
    return hasRisen;
  }
}
