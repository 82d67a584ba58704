import { setImmediate as nextTick } from 'node:timers/promises';
import libsamplerate from '@alexanderolsen/libsamplerate-js';
import { AudioError } from './drivers.js';

/** Lowest and highest sample rate that sound may have (Hz). */
export const MIN_RATE_HZ = 1_000;
export const MAX_RATE_HZ = 384_000;

/** A stream of mono samples on its way from one sample rate to another. */
export interface Resampler {
  /**
   * The next samples of the stream, in whatever block sizes: the output does not depend on them. What comes out lags
   * by about 20 samples until `flush`. Takes time in proportion to the block: see `resampled` for long ones.
   */
  process(block: Float32Array): Float32Array;
  /**
   * The end of the stream: the samples still held back, so that all that came out is as long as all that went in
   * (rounded to one sample). The next `process` begins a new stream.
   */
  flush(): Float32Array;
  /** Forgets the stream; the next `process` begins a new one. */
  reset(): void;
  /** Frees the converter. Safe to call twice. */
  close(): void;
  /** Largest block that `process` converts in about a millisecond on a desktop core. */
  readonly maxBlockSamples: number;
}

/**
 * The longest block given to the converter, in and out. Its fastest sinc costs 0.3 us for a sample of output and
 * 0.25 us for a sample of input on a desktop core; a Pi is about four times slower and must stay under 5 ms.
 */
const BLOCK_SAMPLES = 2048;

/** V8 compiles the WebAssembly while it runs, in steps of 5 to 70 ms; after fewer blocks some of that is still to come. */
const WARM_UP_BLOCKS = 40;

/** The library refuses rates above this. Only their ratio matters to it, so higher ones are scaled down. */
const LIBRARY_MAX_RATE_HZ = 192_000;

/** Half of the library's filter spans 20 samples (of the lower rate), so one or two of these push the end out. */
const FLUSH_BLOCK_SAMPLES = 512;

/** The library's own limit (SRC_MAX_RATIO). */
const MAX_RATIO = 256;

/**
 * A band-limited sample rate converter: libsamplerate's "fastest sinc" (97 dB signal to noise, passes 80 % of the band),
 * plenty for speech at a quarter of the cost of the next better one. Equal rates pass unchanged.
 * @throws {AudioError} unsupported, when a rate is not within 1 to 384 kHz, or the two are more than 256 times apart
 */
export async function createResampler(fromHz: number, toHz: number): Promise<Resampler> {
  requireRate(fromHz);
  requireRate(toHz);
  if (Math.max(fromHz / toHz, toHz / fromHz) > MAX_RATIO) {
    throw new AudioError('unsupported', `${fromHz} Hz cannot be brought to ${toHz} Hz: the rates are too far apart.`);
  }
  if (fromHz === toHz) return passThrough;
  const [from, to] = scaledRates(fromHz, toHz);
  const converter = await libsamplerate.create(1, from, to, {
    converterType: libsamplerate.ConverterType.SRC_SINC_FASTEST,
  });
  const resampler = new SincResampler(converter, fromHz, toHz);
  // Better now than in the middle of speech.
  for (let n = 0; n < WARM_UP_BLOCKS; n++) {
    resampler.process(new Float32Array(resampler.maxBlockSamples));
    await nextTick();
  }
  resampler.reset();
  return resampler;
}

/**
 * `samples` through `resampler` in blocks short enough for the main thread, which gets a turn between them.
 * The stream stays open: the end is still held back.
 */
export async function* resampled(resampler: Resampler, samples: Float32Array): AsyncGenerator<Float32Array> {
  for (let start = 0; start < samples.length; start += resampler.maxBlockSamples) {
    if (start > 0) await nextTick();
    const block = resampler.process(samples.subarray(start, start + resampler.maxBlockSamples));
    if (block.length > 0) yield block;
  }
}

/** @throws {AudioError} unsupported, when no sound has this sample rate */
function requireRate(rateHz: number): void {
  if (Number.isInteger(rateHz) && rateHz >= MIN_RATE_HZ && rateHz <= MAX_RATE_HZ) return;
  throw new AudioError(
    'unsupported',
    `A sample rate of ${rateHz} Hz is not supported: use a whole number from ${MIN_RATE_HZ} to ${MAX_RATE_HZ} Hz.`,
  );
}

/** Rates in the same ratio that the library accepts. Two odd rates above its limit come out within 5 ppm. */
function scaledRates(fromHz: number, toHz: number): [number, number] {
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const scale = Math.ceil(Math.max(fromHz, toHz) / divisor / LIBRARY_MAX_RATE_HZ);
  return [Math.round(fromHz / divisor / scale), Math.round(toHz / divisor / scale)];
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

const passThrough: Resampler = {
  process: (block) => block,
  flush: () => new Float32Array(0),
  reset: () => {},
  close: () => {},
  maxBlockSamples: BLOCK_SAMPLES,
};

type Converter = Awaited<ReturnType<typeof libsamplerate.create>>;

class SincResampler implements Resampler {
  readonly maxBlockSamples: number;
  #samplesIn = 0;
  #samplesOut = 0;

  constructor(
    private readonly converter: Converter,
    private readonly fromHz: number,
    private readonly toHz: number,
  ) {
    this.maxBlockSamples = Math.max(1, Math.min(BLOCK_SAMPLES, Math.floor((BLOCK_SAMPLES * fromHz) / toHz)));
  }

  process(block: Float32Array): Float32Array {
    // Bounded blocks also keep the library within its fixed WebAssembly buffers, where it holds the state of a stream.
    const parts: Float32Array[] = [];
    for (let start = 0; start < block.length; start += this.maxBlockSamples) {
      parts.push(this.converter.full(block.subarray(start, start + this.maxBlockSamples)));
    }
    const out = joined(parts);
    this.#samplesIn += block.length;
    this.#samplesOut += out.length;
    return out;
  }

  flush(): Float32Array {
    let missing = Math.round((this.#samplesIn * this.toHz) / this.fromHz) - this.#samplesOut;
    const silence = new Float32Array(Math.min(FLUSH_BLOCK_SAMPLES, this.maxBlockSamples));
    const parts: Float32Array[] = [];
    while (missing > 0) {
      const part = this.converter.full(silence).subarray(0, missing);
      parts.push(part);
      missing -= part.length;
    }
    this.reset();
    return joined(parts);
  }

  reset(): void {
    // Setting a rate makes the library start its converter afresh; it has no other call for that.
    const { inputSampleRate, isDestroyed } = this.converter;
    if (!isDestroyed) this.converter.inputSampleRate = inputSampleRate;
    this.#samplesIn = 0;
    this.#samplesOut = 0;
  }

  close(): void {
    if (!this.converter.isDestroyed) this.converter.destroy();
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const out = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
