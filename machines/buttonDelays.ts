/** Delays of the button's statechart (ms), and the one count that belongs to a delay. */
export interface ButtonDelays {
  /** A press released before is a tap; from then on its release is the end of what the user says. */
  readonly holdAfterMs: number;
  /** From the release of a tap to the press that makes it a double tap. */
  readonly doubleTapMs: number;
  /** The press begins to show that it counts towards a long press: late enough that a tap does not flash. */
  readonly countingAfterMs: number;
  /** A press without a word becomes a long press. */
  readonly longPressMs: number;
  /** A press without a word asks for a shutdown, where that is allowed. */
  readonly shutdownMs: number;
  /** Nobody holds a button for so long: it is jammed, or its wire is short-circuited. */
  readonly stuckMs: number;
  /** More than `maxEdges` edges within this are a loose contact or interference. */
  readonly burstMs: number;
  readonly maxEdges: number;
  /** Without an edge for so long, a button that was bouncing or stuck works again. */
  readonly burstQuietMs: number;
}

export const buttonDelayDefaults = {
  holdAfterMs: 350,
  doubleTapMs: 350,
  countingAfterMs: 600,
  longPressMs: 2_000,
  shutdownMs: 10_000,
  stuckMs: 60_000,
  burstMs: 1_000,
  maxEdges: 12,
  burstQuietMs: 1_000,
} as const satisfies ButtonDelays;

/** @throws {RangeError} when a longer press would be recognised before a shorter one */
export function requireAscending(delays: ButtonDelays): void {
  const names = ['holdAfterMs', 'countingAfterMs', 'longPressMs', 'shutdownMs', 'stuckMs'] as const;
  let before: (typeof names)[number] | undefined;
  for (const name of names) {
    if (before !== undefined && !(delays[name] > delays[before])) {
      throw new RangeError(`the button's ${name} (${delays[name]}) must be longer than ${before} (${delays[before]})`);
    }
    before = name;
  }
}
