import { FRAME_MS } from '../../../hardware/audio/pcm.js';

export interface SteadyNoiseOptions {
  /** So long a sound must have been steady to be background (ms). Default: 3000, more than anybody speaks without a dip. */
  readonly steadyMs: number;
  /** Probability from which on the VAD is said to hear speech in a frame. Default: 0.35, the endpointer's lower threshold. */
  readonly voiced: number;
}

const DEFAULTS: SteadyNoiseOptions = { steadyMs: 3000, voiced: 0.35 };

/** Steady: from its softest twentieth to its loudest (dB). Recorded speech: 16 dB and more in any 3 s. */
const STEADY_SPAN_DB = 10;
/** Steady: RMS of the changes of level at the rate of syllables (dB). Recorded speech: 2.25 dB and more in any 3 s. */
const STEADY_RHYTHM_DB = 1.5;
/** Syllables come at 2 to 8 Hz. */
const SYLLABLES_HZ = [2, 8] as const;
const TAIL_SHARE = 0.05;
/** A voice stands out from the background by more (dB). */
const ABOVE_DB = 2;
/** So far below (dB) for so many frames, and the background has gone. */
const BELOW_DB = 3;
const GONE_FRAMES = 3;

/** Between these levels (dB) is the background. */
interface Background {
  readonly fromDb: number;
  readonly toDb: number;
}

/**
 * Keeps a noise that never pauses (a fan, a hum, a chord) from holding a turn open where the VAD takes it for speech. What
 * has been voiced all over the last seconds and steady, without the rhythm of syllables, is background; from then on no
 * frame is voiced that is not louder. A background that the VAD does not take for speech is left to the VAD. Push every
 * frame that is captured, in order: what was there before the user spoke is then known when they do.
 */
export class SteadyNoise {
  readonly #frames: number;
  readonly #voiced: number;
  readonly #window: { readonly levelDb: number; readonly isVoiced: boolean }[] = [];
  #background: Background | undefined;
  #framesBelow = 0;

  constructor({ steadyMs, voiced }: SteadyNoiseOptions = DEFAULTS) {
    this.#frames = Math.round(steadyMs / FRAME_MS);
    this.#voiced = voiced;
  }

  /**
   * @param levelDb of the next frame: RMS, dB of full scale
   * @param probability of speech in it, as the VAD says
   * @returns the probability, 0 when the frame is only background
   */
  push(levelDb: number, probability: number): number {
    this.#window.push({ levelDb, isVoiced: probability >= this.#voiced });
    if (this.#window.length > this.#frames) this.#window.shift();
    this.#background = this.#steadySound() ?? this.#remaining(levelDb);
    return this.#background && levelDb <= this.#background.toDb ? 0 : probability;
  }

  /** The background that was known, unless it has gone. */
  #remaining(levelDb: number): Background | undefined {
    const isBelow = this.#background !== undefined && levelDb < this.#background.fromDb;
    this.#framesBelow = isBelow ? this.#framesBelow + 1 : 0;
    return this.#framesBelow < GONE_FRAMES ? this.#background : undefined;
  }

  #steadySound(): Background | undefined {
    if (this.#window.length < this.#frames || !this.#isVoicedThroughout()) return undefined;
    const levels = this.#window.map(({ levelDb }) => levelDb);
    const sorted = levels.toSorted((a, b) => a - b);
    const tail = Math.floor(levels.length * TAIL_SHARE);
    const softest = sorted.at(tail) ?? 0;
    const loudest = sorted.at(-1 - tail) ?? 0;
    if (loudest - softest > STEADY_SPAN_DB || rhythmDb(levels) > STEADY_RHYTHM_DB) return undefined;
    this.#framesBelow = 0;
    return { fromDb: softest - BELOW_DB, toDb: loudest + ABOVE_DB };
  }

  /** In each third of the time: a first word after silence is not. */
  #isVoicedThroughout(): boolean {
    const third = this.#frames / 3;
    return [0, 1, 2].every((n) => this.#window.slice(n * third, (n + 1) * third).some(({ isVoiced }) => isVoiced));
  }
}

/** RMS of the part of the levels' changes that is as fast as syllables: Parseval's theorem over the bins of a DFT. */
function rhythmDb(levels: readonly number[]): number {
  const count = levels.length;
  const mean = levels.reduce((sum, level) => sum + level, 0) / count;
  const bin = (hz: number) => (hz * FRAME_MS * count) / 1000;
  let power = 0;
  for (let k = Math.ceil(bin(SYLLABLES_HZ[0])); k <= bin(SYLLABLES_HZ[1]); k++) {
    let real = 0;
    let imaginary = 0;
    levels.forEach((level, n) => {
      const angle = (2 * Math.PI * k * n) / count;
      real += (level - mean) * Math.cos(angle);
      imaginary += (level - mean) * Math.sin(angle);
    });
    power += (2 * (real ** 2 + imaginary ** 2)) / count ** 2;
  }
  return Math.sqrt(power);
}
