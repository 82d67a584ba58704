/** How much faster or slower than it says a device's clock may be: 300 ppm, three times what crystals do. */
const DRIFT = 3e-4;

/** A sample so much later than it should be: sound was lost before it, or the device stood still. */
const JUMP_MS = 250;

/**
 * When samples were captured, from when they arrived. They arrive late by the chance of buffers and scheduling, never
 * early: so time advances with the number of samples, moves back to any arrival that is earlier, and creeps after those
 * that are later as fast as a crystal can be wrong.
 */
export class SampleClock {
  #lastMs: number | undefined;

  constructor(private readonly sampleRateHz: number) {}

  /** @returns when the last of `samples` more samples was captured, given that they arrived at `arrivedAtMs` */
  advance(samples: number, arrivedAtMs: number): number {
    const durationMs = (samples / this.sampleRateHz) * 1000;
    const lastMs = this.#lastMs;
    const dueMs = lastMs === undefined ? arrivedAtMs : lastMs + durationMs;
    const lateMs = arrivedAtMs - dueMs;
    let capturedAtMs = dueMs;
    if (lateMs > JUMP_MS) capturedAtMs = arrivedAtMs;
    // Times rise, whatever happens: back by less than the samples last.
    else if (lateMs < 0) capturedAtMs = Math.max(arrivedAtMs, dueMs - durationMs / 2);
    else capturedAtMs += Math.min(lateMs, durationMs * DRIFT);
    this.#lastMs = capturedAtMs;
    return capturedAtMs;
  }
}
