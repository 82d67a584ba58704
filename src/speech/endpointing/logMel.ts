import { FourierTransform } from './fourierTransform.js';
import { melFilters } from './melFilters.js';

const SAMPLE_RATE_HZ = 16_000;
/** Audio that the model hears at once: 8 s. */
export const WINDOW_SAMPLES = 8 * SAMPLE_RATE_HZ;
export const MEL_BANDS = 80;
const HOP_SAMPLES = 160;
export const FRAME_COUNT = WINDOW_SAMPLES / HOP_SAMPLES;

const RADICES = [4, 5, 4, 5] as const;
const FFT_SAMPLES = 400;
const BINS = FFT_SAMPLES / 2 + 1;

/** Keeps silence from becoming infinitely loud when it is normalised. */
const VARIANCE_FLOOR = 1e-7;
const POWER_FLOOR = 1e-10;
/** What is so much quieter than the loudest is as good as silent (powers of ten). */
const DYNAMIC_RANGE = 8;

/**
 * The log-mel spectrogram that Whisper was trained on (Radford et al., 2022, section 2.2; the numbers are those of its
 * feature extractor), of 8 s of audio that was first brought to zero mean and unit variance.
 */
export class LogMel {
  readonly #filters = melFilters(MEL_BANDS, BINS, SAMPLE_RATE_HZ);
  readonly #fourier = new FourierTransform(RADICES);
  /** Hann window, periodic. */
  readonly #window = Float64Array.from(
    { length: FFT_SAMPLES },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FFT_SAMPLES),
  );
  readonly #re = new Float64Array(FFT_SAMPLES);
  readonly #im = new Float64Array(FFT_SAMPLES);
  readonly #power = new Float64Array(BINS);

  /**
   * @param samples at 16 kHz; the last 8 s count, and silence is put before what is shorter
   * @returns `MEL_BANDS` rows of `FRAME_COUNT` numbers, one every 10 ms
   */
  of(samples: Float32Array): Float32Array {
    const heard = samples.subarray(-WINDOW_SAMPLES);
    const signal = reflected(normalised(heard));
    const spectrogram = new Float32Array(MEL_BANDS * FRAME_COUNT);
    const pair = (frame: number) => {
      this.#transformPair(signal, frame * HOP_SAMPLES);
      this.#put(spectrogram, frame, 1);
      this.#put(spectrogram, frame + 1, -1);
    };
    // All frames of the silence that was put before are the same.
    const silentFrames = Math.floor((WINDOW_SAMPLES - heard.length - FFT_SAMPLES / 2) / HOP_SAMPLES);
    const from = Math.max(0, silentFrames - (silentFrames % 2));
    if (from > 0) {
      pair(0);
      for (let row = 0; row < spectrogram.length; row += FRAME_COUNT)
        spectrogram.fill(spectrogram[row] ?? 0, row, row + from);
    }
    for (let frame = from; frame < FRAME_COUNT; frame += 2) pair(frame);
    let loudest = -Infinity;
    for (const value of spectrogram) loudest = Math.max(loudest, value);
    return spectrogram.map((value) => (Math.max(value, loudest - DYNAMIC_RANGE) + 4) / 4);
  }

  /** The column of one frame of the transformed pair: `sign` 1 for the first, -1 for the second. */
  #put(spectrogram: Float32Array, frame: number, sign: 1 | -1): void {
    for (let bin = 0; bin < BINS; bin++) this.#power[bin] = this.#powerAt(bin, sign);
    for (const [band, { firstBin, weights }] of this.#filters.entries()) {
      let energy = 0;
      for (let i = 0; i < weights.length; i++) energy += (weights[i] ?? 0) * (this.#power[firstBin + i] ?? 0);
      spectrogram[band * FRAME_COUNT + frame] = Math.log10(Math.max(POWER_FLOOR, energy));
    }
  }

  /** Two real frames at the price of one: the second is the imaginary part of the first. */
  #transformPair(signal: Float64Array, from: number): void {
    for (let i = 0; i < FFT_SAMPLES; i++) {
      const weight = this.#window[i] ?? 0;
      this.#re[i] = weight * (signal[from + i] ?? 0);
      this.#im[i] = weight * (signal[from + HOP_SAMPLES + i] ?? 0);
    }
    this.#fourier.forward(this.#re, this.#im);
  }

  /** The two frames are told apart by symmetry: the spectrum of a real signal is the mirror image of its conjugate. */
  #powerAt(bin: number, sign: 1 | -1): number {
    const mirror = (FFT_SAMPLES - bin) % FFT_SAMPLES;
    const re = (this.#re[bin] ?? 0) + sign * (this.#re[mirror] ?? 0);
    const im = (this.#im[bin] ?? 0) - sign * (this.#im[mirror] ?? 0);
    return (re * re + im * im) / 4;
  }
}

/** 8 s with `samples` at their end and zeros before them, brought to zero mean and unit variance as a whole. */
function normalised(samples: Float32Array): Float64Array {
  let sum = 0;
  let squares = 0;
  for (const sample of samples) {
    sum += sample;
    squares += sample * sample;
  }
  const mean = sum / WINDOW_SAMPLES;
  const scale = 1 / Math.sqrt(Math.max(0, squares / WINDOW_SAMPLES - mean * mean) + VARIANCE_FLOOR);
  const signal = new Float64Array(WINDOW_SAMPLES).fill(-mean * scale);
  const from = WINDOW_SAMPLES - samples.length;
  for (let i = 0; i < samples.length; i++) signal[from + i] = ((samples[i] ?? 0) - mean) * scale;
  return signal;
}

/** Half a frame more at both ends, mirrored without repeating the edge, so that frames are centred on their time. */
function reflected(signal: Float64Array): Float64Array {
  const half = FFT_SAMPLES / 2;
  const padded = new Float64Array(signal.length + FFT_SAMPLES);
  padded.set(signal, half);
  for (let i = 1; i <= half; i++) {
    padded[half - i] = signal[i] ?? 0;
    padded[half + signal.length - 1 + i] = signal[signal.length - 1 - i] ?? 0;
  }
  return padded;
}
