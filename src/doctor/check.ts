/**
 * How to add a check:
 *
 * 1. Write a function in `checks/`, in a file named after what is looked at, that takes what it needs and returns a
 *    `Check`. What it sees of the computer it sees through a `Computer` (computer.ts), and anything else, such as a
 *    device, through a function that is passed in: so the test can be a good computer, a bad one, and one that has no
 *    such thing, without waiting for anything.
 * 2. Decide each verdict by what the owner notices: `broken` only where the assistant cannot do its work. What is not
 *    there because the owner has not asked for it is `skipped` with the reason, or has no check at all.
 * 3. Give every finding that is not well a remedy that can be copied: a command, or a setting with its value. It must
 *    be right on Raspberry Pi OS, and it must not make anything worse for somebody who runs it without understanding.
 * 4. Say in `alone` whether it uses a device or measures a speed, and in `patienceMs` how long it may take.
 * 5. Put it into its group in `src/cli/doctorChecks.ts`: cheap groups first, and in a group what others build on first.
 *
 * A check changes nothing on this computer; a measurement may be kept in a file of its own in the state folder.
 */

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
  /** Uses a device or measures a speed: nothing else is looked at meanwhile. Default: others are, of the same group. */
  readonly alone?: boolean;
  /** It has failed when it has not ended by then. Default 15 s. */
  readonly patienceMs?: number;
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
