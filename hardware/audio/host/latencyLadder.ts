/** So many underruns within that time are more than bad luck. */
const UNDERRUNS = 2;
const WITHIN_MS = 10_000;

/** After so long without one, less latency is tried again. */
const CALM_MS = 60_000;

/**
 * No deeper: what a device holds is heard whatever happens. At 40 ms a flush has faded and a change of loudness is heard
 * within 60 ms. (80 ms ran dry half as often on a machine with two busy processors, but had to be cut off with a click.)
 */
const DEEPEST_MS = 40;

/**
 * How much sound a speaker should hold. Little, so that answers are heard early and flushes at once; twice as much when
 * the machine is too busy to keep it filled; less again when that is over.
 */
export class LatencyLadder {
  #underrunsMs: number[] = [];
  #changedAtMs = Number.NEGATIVE_INFINITY;
  #latencyMs: number;

  /** @param leastMs where it begins, and never goes below */
  constructor(private readonly leastMs: number) {
    this.#latencyMs = leastMs;
  }

  get latencyMs(): number {
    return this.#latencyMs;
  }

  /** The device ran dry in the middle of sound. @returns whether it should hold more from now on */
  underrun(nowMs: number): boolean {
    this.#underrunsMs = [...this.#underrunsMs.filter((atMs) => nowMs - atMs < WITHIN_MS), nowMs];
    if (this.#underrunsMs.length < UNDERRUNS || this.#latencyMs >= DEEPEST_MS) return false;
    this.#become(Math.min(DEEPEST_MS, this.#latencyMs * 2), nowMs);
    return true;
  }

  /** Nothing is heard now. @returns whether it should hold less from now on */
  silent(nowMs: number): boolean {
    const lastMs = Math.max(this.#changedAtMs, ...this.#underrunsMs);
    if (this.#latencyMs <= this.leastMs || nowMs - lastMs < CALM_MS) return false;
    this.#become(Math.max(this.leastMs, this.#latencyMs / 2), nowMs);
    return true;
  }

  #become(latencyMs: number, nowMs: number): void {
    this.#latencyMs = latencyMs;
    this.#changedAtMs = nowMs;
    this.#underrunsMs = [];
  }
}
