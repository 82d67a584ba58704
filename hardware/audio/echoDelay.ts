/** Half a frame: how fine the delay is known. */
export const DELAY_STEP_MS = 16;

/** What the echo may come too early: the times of both devices are estimates. */
const EARLIEST_MS = -16;

/** A Bluetooth speaker that hides its latency, and a sound server between. */
const LATEST_MS = 304;

/** The delays that are thought possible (ms). */
export const DELAYS_MS: readonly number[] = Array.from(
  { length: (LATEST_MS - EARLIEST_MS) / DELAY_STEP_MS + 1 },
  (_, n) => EARLIEST_MS + n * DELAY_STEP_MS,
);

/** Ten seconds of own sound weigh as much as all before. */
const KEEPS = 1 - 1 / 312;

/** A second of own sound: the shortest that is not alike at several delays. */
const LEAST_FRAMES = 32;

/** Where there is no echo, the two levels have nothing to do with each other and correlate by 0.3 at most. */
const LEAST_CORRELATION = 0.6;

/** So much better must another delay be. */
const CLEARLY = 0.03;

/** Running moments of two variables. */
class Correlation {
  #x = 0;
  #y = 0;
  #xx = 0;
  #xy = 0;
  #yy = 0;
  #weight = 0;

  push(x: number, y: number): void {
    this.#weight = this.#weight * KEEPS + 1;
    this.#x = this.#x * KEEPS + x;
    this.#y = this.#y * KEEPS + y;
    this.#xx = this.#xx * KEEPS + x * x;
    this.#xy = this.#xy * KEEPS + x * y;
    this.#yy = this.#yy * KEEPS + y * y;
  }

  /** 0 where one of them does not change. */
  get value(): number {
    const w = this.#weight;
    const variances = (this.#xx * w - this.#x ** 2) * (this.#yy * w - this.#y ** 2);
    return variances > 1e-6 ? (this.#xy * w - this.#x * this.#y) / Math.sqrt(variances) : 0;
  }
}

/** How long after the speaker the microphone hears it, learnt from how alike their levels are (in dB, frame by frame). */
export class EchoDelay {
  readonly #correlations = DELAYS_MS.map(() => new Correlation());
  #frames = 0;
  #ms: number | undefined;

  /** @param priorMs what a measurement has found before */
  constructor(priorMs?: number) {
    this.#ms = priorMs;
  }

  /** Undefined as long as it is not clear. */
  get ms(): number | undefined {
    return this.#ms;
  }

  /** @param ownDb the level that was played so long before the frame, for each of `DELAYS_MS`; @param levelDb the frame's */
  push(ownDb: Float64Array, levelDb: number): void {
    this.#frames += 1;
    let best = 0;
    let bestMs = 0;
    let current = 0;
    this.#correlations.forEach((correlation, n) => {
      correlation.push(ownDb[n] ?? 0, levelDb);
      const delayMs = DELAYS_MS[n] ?? 0;
      if (delayMs === this.#ms) current = correlation.value;
      if (correlation.value <= best) return;
      best = correlation.value;
      bestMs = delayMs;
    });
    if (this.#frames >= LEAST_FRAMES && best >= LEAST_CORRELATION && best > current + CLEARLY) this.#ms = bestMs;
  }
}
