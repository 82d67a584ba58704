import { CAPTURE_RATE_HZ, FRAME_SAMPLES, type PcmFrame } from './pcm.js';

const BYTES_PER_SAMPLE = 2;

/** Makes frames of the bytes of a stream (16 kHz, mono, signed 16 bit, little endian), however they are divided. */
export class FrameCutter {
  readonly #gain: number;
  /** The first byte of a sample whose second has not come yet. */
  #halfSample = Buffer.alloc(0);
  #frame = new Int16Array(FRAME_SAMPLES);
  #filled = 0;

  /** @param gainDb makes all louder or softer; what gets too loud is clipped */
  constructor(gainDb: number) {
    this.#gain = 10 ** (gainDb / 20);
  }

  /**
   * @param arrivedAtMs when these bytes were there; their last sample counts as captured then, those before it earlier
   * @returns the frames that they complete
   */
  cut(bytes: Buffer, arrivedAtMs: number): PcmFrame[] {
    const all = this.#halfSample.length > 0 ? Buffer.concat([this.#halfSample, bytes]) : bytes;
    const samples = Math.floor(all.length / BYTES_PER_SAMPLE);
    const frames: PcmFrame[] = [];
    for (let n = 0; n < samples; n++) {
      this.#frame[this.#filled] = this.#amplified(all.readInt16LE(n * BYTES_PER_SAMPLE));
      this.#filled += 1;
      if (this.#filled < FRAME_SAMPLES) continue;
      const behindMs = ((samples - 1 - n) / CAPTURE_RATE_HZ) * 1000;
      frames.push({ samples: this.#frame, capturedAtMs: arrivedAtMs - behindMs });
      this.#frame = new Int16Array(FRAME_SAMPLES);
      this.#filled = 0;
    }
    this.#halfSample = Buffer.from(all.subarray(samples * BYTES_PER_SAMPLE));
    return frames;
  }

  #amplified(sample: number): number {
    return this.#gain === 1 ? sample : Math.max(-32_768, Math.min(32_767, Math.round(sample * this.#gain)));
  }
}
