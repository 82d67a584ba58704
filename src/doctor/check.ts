/**
 * "ok": it works. "degraded": the assistant runs without it or not as well as it could. "broken": it cannot do its work.
 * "skipped": it could not be looked at, for the reason given.
 */
export type Verdict = 'ok' | 'degraded' | 'broken' | 'skipped';

export interface Finding {
  readonly verdict: Verdict;
  /** What was found, in one line; for what is not ok: what is wrong. */
  readonly reason: string;
  /** What mends it: an exact command or setting. */
  readonly remedy?: string;
  /** Measured figures, for `--json`. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** One thing that may work or not. */
export interface Check {
  /** Checks of a group are shown together: "audio", "models". */
  readonly group: string;
  /** What is looked at, in a few words. */
  readonly name: string;
  /** Whoever throws anything but the signal's reason is broken, for the reason that the error tells. */
  run(signal: AbortSignal): Promise<Finding>;
}

/** A check and what it found. */
export interface CheckedThing extends Finding {
  readonly group: string;
  readonly name: string;
}

/** All in all: the worst that was found. What was skipped does not count. */
export type Health = Exclude<Verdict, 'skipped'>;
