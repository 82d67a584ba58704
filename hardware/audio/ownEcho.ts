import { DELAY_STEP_MS, DELAYS_MS } from './echoDelay.js';
import { EchoTail } from './echoTail.js';
import { type EchoPrior, ExpectedEcho } from './expectedEcho.js';
import { FRAME_MS, type PcmFrame } from './pcm.js';
import { PlayedSound } from './playedSound.js';
import { RoomNoise } from './roomNoise.js';
import { levelDb, powerDb } from './soundLevel.js';

/** How long a signal of ours is heard in a room after its end: reverberation of half a second, down by 20 dB. */
const SIGNAL_TAIL_MS = 170;

/** The longest that a sound may be on its way and then die away in the room. */
const LONGEST_MS = 1_000;

/**
 * What the microphone hears of the program's own sounds: it knows what is played when and how loud, and learns from that
 * and from what comes back how loud it comes back and how long after. Memory and work for each frame are bounded.
 */
export class OwnEcho {
  /** What the speaker plays: told by the speaker. */
  readonly played = new PlayedSound();
  readonly #noise = new RoomNoise();
  readonly #expected: ExpectedEcho;
  readonly #tail = new EchoTail();
  readonly #ownDb = new Float64Array(DELAYS_MS.length);

  /** @param prior what a measurement has found before */
  constructor(prior?: EchoPrior) {
    this.#expected = new ExpectedEcho(prior);
  }

  /**
   * To be given every frame that is captured, in order and at once.
   * @returns the frame with what is known of our own sounds in it: `echoDb` where our speech may be in it, `ownSignal` where
   * a signal of ours may be and our speech may not
   */
  heard(frame: PcmFrame): PcmFrame {
    const untilMs = frame.capturedAtMs;
    const fromMs = untilMs - FRAME_MS;
    const heardDb = levelDb(frame.samples);
    if (!this.played.isHeardBetween(fromMs - LONGEST_MS, untilMs)) {
      this.#noise.push(heardDb);
      return frame;
    }
    const echoCorrected = this.#expected.push({
      ownDb: this.#ownLevels(untilMs),
      levelDb: heardDb,
      noiseDb: this.#noise.db,
      isTimed: this.played.isPlacedBetween(fromMs - LONGEST_MS, untilMs),
    });
    if (this.#speechMayBeIn(fromMs, untilMs, heardDb)) {
      // What is no louder than the noise cannot be told from it.
      const echoDb = Math.max(this.#noise.db, this.#expected.echoDb ?? Number.POSITIVE_INFINITY);
      return { ...frame, echoDb, ...(echoCorrected && { echoCorrected }) };
    }
    const isSignal = this.played.isHeardBetween(fromMs - SIGNAL_TAIL_MS, untilMs, 'signal');
    return isSignal ? { ...frame, ownSignal: true } : frame;
  }

  #speechMayBeIn(fromMs: number, untilMs: number, heardDb: number): boolean {
    const { echoDb, delayMs } = this.#expected;
    if (this.played.isHeardBetween(fromMs, untilMs, 'speech')) {
      this.#tail.sounds(heardDb, echoDb);
      return true;
    }
    const endedAtMs = this.played.speechEndedMs(fromMs);
    if (endedAtMs === undefined) return false;
    const noiseDb = this.#noise.db;
    return !this.#tail.isOver({ fromMs, endedAtMs, levelDb: heardDb, noiseDb, echoDb, delayMs });
  }

  /** The delays are half a frame apart: each half is summed up once. */
  #ownLevels(untilMs: number): Float64Array {
    const powerOfHalf = (endMs: number) => this.played.powerBetween(endMs - DELAY_STEP_MS, endMs);
    let later = powerOfHalf(untilMs - (DELAYS_MS[0] ?? 0));
    DELAYS_MS.forEach((delayMs, n) => {
      const earlier = powerOfHalf(untilMs - delayMs - DELAY_STEP_MS);
      this.#ownDb[n] = powerDb((earlier + later) / 2);
      later = earlier;
    });
    return this.#ownDb;
  }
}
