import { CAPTURE_RATE_HZ, FRAME_SAMPLES, toFloat32 } from '../../hardware/audio/pcm.js';

/** Loudness, relative to the loudest stretch of the utterance, below which a stretch is no longer voice (dB). */
const VOICE_FLOOR_DB = -30;
/** Stretches of 10 ms: shorter than a voiced sound, longer than a pitch period. */
const STRETCH_SAMPLES = CAPTURE_RATE_HZ / 100;

/**
 * Sound that grows frame by frame. Each sample is converted and measured once: what was said so far is looked at many
 * times while the user speaks, and half a minute of it must not hold up the microphone.
 */
export class GrowingSound {
  #samples = new Float32Array(64 * FRAME_SAMPLES);
  #length = 0;
  /** Energy of each whole stretch. */
  readonly #energies: number[] = [];

  /** 16 kHz, 16 bit. */
  push(samples: Int16Array): void {
    const length = this.#length + samples.length;
    if (length > this.#samples.length) {
      const larger = new Float32Array(2 * length);
      larger.set(this.#samples);
      this.#samples = larger;
    }
    this.#samples.set(toFloat32(samples), this.#length);
    this.#length = length;
    for (let to = (this.#energies.length + 1) * STRETCH_SAMPLES; to <= length; to += STRETCH_SAMPLES) {
      this.#energies.push(energy(this.#samples.subarray(to - STRETCH_SAMPLES, to)));
    }
  }

  /** All of it, in [-1, 1]: a copy. */
  get samples(): Float32Array {
    return this.#samples.slice(0, this.#length);
  }

  /**
   * How many of the first `count` samples there are up to the end of the last stretch of voice: one whose RMS is within
   * 30 dB of the loudest. All of them when nothing was heard at all.
   */
  voiced(count: number): number {
    const energies = this.#energies.slice(0, Math.floor(count / STRETCH_SAMPLES));
    const floor = energies.reduce((loudest, value) => Math.max(loudest, value), 0) * 10 ** (VOICE_FLOOR_DB / 10);
    const lastVoiced = energies.findLastIndex((value) => value > 0 && value >= floor);
    return lastVoiced < 0 ? count : (lastVoiced + 1) * STRETCH_SAMPLES;
  }
}

function energy(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum;
}
