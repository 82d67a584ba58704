import { CAPTURE_RATE_HZ, type PcmFrame } from '../../../hardware/audio/pcm.js';
import { STEP_SAMPLES } from './wakeWord.js';

/** One step of sound: `STEP_SAMPLES` samples. */
export interface SoundStep {
  readonly samples: Int16Array;
  /** When its last sample was captured, on the driver's `Clock` (ms). */
  readonly capturedAtMs: number;
}

/** Makes steps of 80 ms of frames of 32 ms. */
export class StepCutter {
  #step = new Int16Array(STEP_SAMPLES);
  #filled = 0;

  /** @returns the step that the frame completes, if it does */
  push({ samples, capturedAtMs }: PcmFrame): SoundStep | undefined {
    const head = samples.subarray(0, STEP_SAMPLES - this.#filled);
    this.#step.set(head, this.#filled);
    this.#filled += head.length;
    if (this.#filled < STEP_SAMPLES) return undefined;
    const rest = samples.subarray(head.length);
    const step = { samples: this.#step, capturedAtMs: capturedAtMs - (rest.length / CAPTURE_RATE_HZ) * 1000 };
    this.#step = new Int16Array(STEP_SAMPLES);
    this.#step.set(rest);
    this.#filled = rest.length;
    return step;
  }
}
