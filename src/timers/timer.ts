export type TimerKind = 'timer' | 'alarm';

/** A timer or an alarm as it is now. */
export interface Timer {
  readonly id: number;
  readonly kind: TimerKind;
  /** What the owner calls it: "pasta". */
  readonly name?: string;
  /** How long it was set for; alarms have none. */
  readonly lengthMs?: number;
  readonly state: 'running' | 'paused' | 'ringing';
  /** Until it rings; 0 while it does. */
  readonly leftMs: number;
  /** When it rings (ms since 1970), as the clock on the wall is now; of a paused one, if it ran. */
  readonly dueMs: number;
}

/** One that nobody was told of in time. */
export interface MissedTimer {
  readonly kind: TimerKind;
  readonly name?: string | undefined;
  /** When it should have been heard (ms since 1970). */
  readonly dueMs: number;
  /** It was due while the program was off, or in a time that the clock was put over; or it rang and nobody stopped it. */
  readonly why: 'off' | 'unheard';
}

export type TimerErrorReason =
  /** A duration that is no time at all. */
  | 'not-positive'
  | 'too-long'
  | 'past'
  | 'name-taken'
  /** An alarm for this very minute is set. */
  | 'already-set'
  | 'too-many'
  /** There is none at all. */
  | 'none'
  /** There are some, and none of them is the one that was named. */
  | 'unknown'
  /** More than one could be meant. */
  | 'ambiguous'
  | 'not-running'
  | 'not-paused'
  | 'not-ringing';

/** What was asked of the book cannot be done. */
export class TimerError extends Error {
  override readonly name = 'TimerError';

  /** @param timers those that the reason is about: the one of the same name, or all that could be meant */
  constructor(
    readonly reason: TimerErrorReason,
    message: string,
    readonly timers: readonly Timer[] = [],
  ) {
    super(message);
  }
}
