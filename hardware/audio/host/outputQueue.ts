/** Sound is faded in over this time when it starts after silence, and what stops in the middle decays over it. */
const FADE_MS = 4;

/** From one loudness to another. With the device's latency, a change is heard within 25 to 50 ms. */
const GAIN_RAMP_MS = 6;

/** One block for the device. */
export interface OutputBlock {
  readonly samples: Int16Array;
  /** How many of its samples, from its beginning, reach to the end of its last sample of sound; 0 for silence. */
  readonly soundSamples: number;
}

/**
 * The sound that a speaker has still to play, and silence where there is none. No step is ever heard: sound fades in after
 * silence, decays where the queue runs dry or is flushed, and changes its loudness on a ramp.
 */
export class OutputQueue {
  readonly #fadeStep: number;
  readonly #gainStep: number;
  #queue: Int16Array[] = [];
  /** Position in the first of the queue. */
  #at = 0;
  #taken = 0;
  #gain = 1;
  #wantedGain = 1;
  /** Loudness of the sound that fades in. */
  #fadeIn = 0;
  /** The sample on which sound stopped, and how much of it is left. */
  #stoppedAt = 0;
  #decay = 0;
  #last = 0;

  constructor(sampleRateHz: number) {
    this.#fadeStep = 1000 / (FADE_MS * sampleRateHz);
    this.#gainStep = 1000 / (GAIN_RAMP_MS * sampleRateHz);
  }

  /** Samples of sound taken since the last flush. */
  get taken(): number {
    return this.#taken;
  }

  get hasSound(): boolean {
    return this.#queue.length > 0;
  }

  push(samples: Int16Array): void {
    if (samples.length > 0) this.#queue.push(samples);
  }

  flush(): void {
    this.#queue = [];
    this.#at = 0;
    this.#taken = 0;
    this.#stop();
  }

  /** The device has dropped what it was given: a sound that stopped has no rest that could decay. */
  forgetLast(): void {
    this.#decay = 0;
  }

  setGain(gain: number): void {
    this.#wantedGain = gain;
  }

  /** The next `length` samples, silence behind the end of the sound. */
  next(length: number): OutputBlock {
    const samples = new Int16Array(length);
    let soundSamples = 0;
    for (let i = 0; i < length; i++) {
      const sample = this.#take();
      if (sample === undefined) this.#stop();
      else soundSamples = i + 1;
      samples[i] = this.#sounding(sample);
    }
    return { samples, soundSamples };
  }

  #sounding(sample: number | undefined): number {
    const change = this.#wantedGain - this.#gain;
    this.#gain += Math.max(-this.#gainStep, Math.min(this.#gainStep, change));
    let y = this.#stoppedAt * this.#decay;
    this.#decay = Math.max(0, this.#decay - this.#fadeStep);
    if (sample !== undefined) {
      this.#fadeIn = Math.min(1, this.#fadeIn + this.#fadeStep);
      y += sample * this.#fadeIn * this.#gain;
    }
    this.#last = Math.max(-32_767, Math.min(32_767, Math.round(y)));
    return this.#last;
  }

  #take(): number | undefined {
    const [first] = this.#queue;
    if (first === undefined) return undefined;
    const sample = first[this.#at++];
    this.#taken++;
    if (this.#at >= first.length) {
      this.#queue.shift();
      this.#at = 0;
    }
    return sample;
  }

  /** Whatever is heard now decays. */
  #stop(): void {
    if (this.#fadeIn === 0) return;
    this.#fadeIn = 0;
    this.#stoppedAt = this.#last;
    this.#decay = 1;
  }
}
