/** A stretch of a sound, and when it is heard. */
export interface HeardStretch {
  /** Where in the sound it begins (ms). */
  readonly fromMs: number;
  readonly lengthMs: number;
  /** When its first sample is heard, on the clock of the playback (ms). */
  readonly heardAtMs: number;
}

/** Stretches that follow each other within so much are heard as one (ms): less than a pause between words. */
const SEAM_MS = 50;

/** Which part of a sound is heard when, where parts of it may be heard again. */
export class SoundHeard {
  #stretches: HeardStretch[] = [];
  #isCut = false;

  add(stretch: HeardStretch): void {
    this.#stretches.push(stretch);
    this.#isCut = false;
  }

  /** What was to be heard after `nowMs` is not. */
  cut(nowMs: number): void {
    this.#isCut = true;
    this.#stretches = this.#stretches
      .map((stretch) => ({ ...stretch, lengthMs: heardOf(stretch, nowMs) }))
      .filter(({ lengthMs }) => lengthMs > 0);
  }

  /** Nothing was added since it was cut. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Where in the sound the last sample is that had been heard at `nowMs` (ms). What is heard again counts once. */
  untilMs(nowMs: number): number {
    return Math.max(
      0,
      ...this.#stretches.map((stretch) => {
        const heardMs = heardOf(stretch, nowMs);
        return heardMs > 0 ? stretch.fromMs + heardMs : 0;
      }),
    );
  }

  /** What is heard in one go, in the order in which it is. */
  get stretches(): readonly HeardStretch[] {
    const joined: HeardStretch[] = [];
    for (const stretch of this.#stretches) {
      const last = joined.at(-1);
      const goesOn =
        last !== undefined &&
        Math.abs(last.fromMs + last.lengthMs - stretch.fromMs) < 1 &&
        Math.abs(last.heardAtMs + last.lengthMs - stretch.heardAtMs) < SEAM_MS;
      if (goesOn) joined.splice(-1, 1, { ...last, lengthMs: stretch.fromMs + stretch.lengthMs - last.fromMs });
      else joined.push(stretch);
    }
    return joined;
  }
}

/** How much of it had been heard at `nowMs` (ms). */
export function heardOf({ lengthMs, heardAtMs }: HeardStretch, nowMs: number): number {
  return Math.min(lengthMs, Math.max(0, nowMs - heardAtMs));
}
