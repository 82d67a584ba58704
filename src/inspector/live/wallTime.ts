import type { Clock } from '../../../hardware/clock.js';

/** Turns times of the monotonic clock into milliseconds since 1970, by the computer's clock as it is set at this moment. */
export class WallTime {
  /** @param wallNowMs the computer's clock, which may be set at any time */
  constructor(
    private readonly clock: Clock,
    private readonly wallNowMs: () => number = Date.now,
  ) {}

  now(): number {
    return Math.round(this.wallNowMs());
  }

  /** @param clockMs on the monotonic clock */
  of(clockMs: number): number {
    return Math.round(this.wallNowMs() - (this.clock.now() - clockMs));
  }
}
