/** Decides from samples of a bouncing contact whether the button is down. */
export class Debouncer {
  readonly #debounceMs: number;
  #settled: boolean;
  /** Since when the samples have differed from the settled state, without a break (ms). */
  #differsSinceMs: number | undefined;

  /** `initial` is taken as it is: there is nothing to compare it with. */
  constructor(debounceMs: number, initial: boolean) {
    this.#debounceMs = debounceMs;
    this.#settled = initial;
  }

  /** @returns the new state when this sample settles it, else undefined */
  sample(pressed: boolean, nowMs: number): boolean | undefined {
    if (pressed === this.#settled) {
      this.#differsSinceMs = undefined;
      return undefined;
    }
    this.#differsSinceMs ??= nowMs;
    if (nowMs - this.#differsSinceMs < this.#debounceMs) return undefined;
    this.#settled = pressed;
    this.#differsSinceMs = undefined;
    return pressed;
  }
}
