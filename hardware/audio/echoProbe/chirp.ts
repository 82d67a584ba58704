import { CAPTURE_RATE_HZ, type PcmAudio } from '../pcm.js';

/** Long enough to be told from noise that is as loud as itself, short enough not to annoy. */
export const CHIRP_MS = 400;

/** What small loudspeakers radiate, and what a capture of 16 kHz holds. */
const LOWEST_HZ = 200;
const HIGHEST_HZ = 7_000;

/** 20 dB below full scale on average, as loud as speech: the level counts for what the voice will do. */
const AMPLITUDE = Math.SQRT2 * 10 ** (-20 / 20);

/** A beginning and an end without a click. */
const FADE_MS = 15;

const SAMPLES = (CHIRP_MS * CAPTURE_RATE_HZ) / 1000;

/** By how much the frequency rises from the beginning to the end, natural logarithm. */
const RISE = Math.log(HIGHEST_HZ / LOWEST_HZ);

/** Around the peak of the response of an ideal room: all of its energy but a ten-thousandth. */
const PULSE_SAMPLES = (20 * CAPTURE_RATE_HZ) / 1000;

/**
 * A sound whose frequency rises exponentially from 200 Hz to 7 kHz, and the filter that turns whatever a room makes of it
 * into the room's impulse response: the chirp itself, 6 dB an octave softer towards its beginning, because it dwells
 * longer on low frequencies. Harmonics that a poor loudspeaker adds come out before the response and not in it.
 * A. Farina, "Simultaneous measurement of impulse response and distortion with a swept-sine technique", 108th AES
 * convention, 2000.
 */
export class Chirp {
  readonly sound: PcmAudio;
  /** The mean power of the response to white noise of the mean power 1. */
  readonly noisePower: number;
  readonly #filter: Float32Array;

  constructor() {
    const chirp = Float32Array.from({ length: SAMPLES }, (_, n) => AMPLITUDE * fade(n) * Math.sin(phase(n)));
    this.sound = { samples: chirp, sampleRateHz: CAPTURE_RATE_HZ };
    const softened = chirp.map((x, n) => x * Math.exp(RISE * (n / SAMPLES - 1)));
    const padded = new Float32Array(SAMPLES + 2 * PULSE_SAMPLES);
    padded.set(chirp, PULSE_SAMPLES);
    const energy = correlation(padded, softened, 0, 2 * PULSE_SAMPLES).reduce((sum, x) => sum + x * x, 0);
    this.#filter = softened.map((x) => x / Math.sqrt(energy));
    this.noisePower = this.#filter.reduce((sum, x) => sum + x * x, 0);
  }

  /**
   * The impulse response in a recording, 16 kHz, [-1, 1]: sample `n` is what came from a chirp whose echo begins at
   * `from + n`. Its energy is 1 where the recording holds the chirp as it was played, and 0.01 where it is 20 dB softer,
   * each frequency counted alike. What lies outside the recording is silence.
   */
  response(recording: Float32Array, from: number, length: number): Float32Array {
    return correlation(recording, this.#filter, from, length);
  }
}

/** Radians, at sample `n`. */
function phase(n: number): number {
  const seconds = CHIRP_MS / 1000;
  return ((2 * Math.PI * LOWEST_HZ * seconds) / RISE) * (Math.exp((RISE * n) / SAMPLES) - 1);
}

function fade(n: number): number {
  const fromEnd = Math.min(n, SAMPLES - 1 - n) / ((FADE_MS * CAPTURE_RATE_HZ) / 1000);
  return fromEnd >= 1 ? 1 : Math.sin((Math.PI / 2) * fromEnd) ** 2;
}

/** What is computed together: a sum of its own for each would wait for its own last addition. */
const TOGETHER = 4;

/**
 * Sample by sample: for a measurement of some seconds it is fast enough, and needs no transform of a certain length.
 * @returns at `n`: the sum of `signal[from + n + j] * pattern[j]`
 */
function correlation(signal: Float32Array, pattern: Float32Array, from: number, length: number): Float32Array {
  const padded = new Float64Array(length + pattern.length + TOGETHER);
  const begin = Math.max(0, from);
  padded.set(signal.subarray(begin, Math.max(begin, from + padded.length)), begin - from);
  const factors = Float64Array.from(pattern);
  const result = new Float32Array(length + TOGETHER);
  for (let n = 0; n < length; n += TOGETHER) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let j = 0; j < factors.length; j++) {
      const factor = factors[j] ?? 0;
      const at = n + j;
      a += (padded[at] ?? 0) * factor;
      b += (padded[at + 1] ?? 0) * factor;
      c += (padded[at + 2] ?? 0) * factor;
      d += (padded[at + 3] ?? 0) * factor;
    }
    result.set([a, b, c, d], n);
  }
  return result.subarray(0, length);
}
