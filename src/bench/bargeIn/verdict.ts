import type { TurnMoment } from './turnMoments.js';

/** What became of a reply into which somebody talked. */
export interface Verdict {
  /** When the statechart left it for a new turn of the user's; null where it did not. */
  readonly takenAtMs: number | null;
  /** When it was left for another reason: it was over, or was cancelled. */
  readonly endedAtMs: number | null;
  /** When it first became softer, to find out whether somebody talks. */
  readonly duckedAtMs: number | null;
  /** When it went on as loud as before, after that. */
  readonly resumedAtMs: number | null;
  /** How often it became softer. */
  readonly ducks: number;
}

const REPLY = 'speaking';
const DUCKED = 'verifyingInterruption';
const TAKEN = 'listening';

/**
 * Judges a reply by the states that the turn passed.
 * @param moments in order, the first being the one in which it was at `fromMs`
 * @param fromMs when somebody began to talk
 * @param untilMs what happens later is not theirs
 */
export function verdictOf(moments: readonly TurnMoment[], fromMs: number, untilMs: number): Verdict {
  let takenAtMs: number | null = null;
  let endedAtMs: number | null = null;
  let duckedAtMs: number | null = null;
  let resumedAtMs: number | null = null;
  let ducks = 0;
  let before: TurnMoment | undefined;
  for (const moment of moments) {
    if (moment.atMs > untilMs) break;
    const atMs = Math.max(moment.atMs, fromMs);
    if (moment.state !== REPLY) {
      if (before?.state !== REPLY) break;
      if (moment.state === TAKEN) takenAtMs = atMs;
      else endedAtMs = atMs;
      break;
    }
    if (moment.within === DUCKED && before?.within !== DUCKED) {
      duckedAtMs ??= atMs;
      ducks += 1;
    }
    if (moment.within !== DUCKED && before?.within === DUCKED) resumedAtMs ??= atMs;
    before = moment;
  }
  return { takenAtMs, endedAtMs, duckedAtMs, resumedAtMs, ducks };
}
