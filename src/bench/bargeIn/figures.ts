import { percentile } from '../turnFigures.js';
import type { EchoMode } from './echoModes.js';
import type { InterjectionKind } from './interjection.js';

/** `echo`: nobody speaks. */
export type TrialKind = InterjectionKind | 'echo';

/** How one trial went. Times are from the first voiced sample at the microphone (ms). */
export interface Trial {
  readonly kind: TrialKind;
  /** What was heard. */
  readonly name: string;
  readonly echoDb: number;
  /** Loudness at the microphone, relative to that of the reply at the speaker. */
  readonly relativeDb: number;
  /** Until the statechart had taken the turn; null where it did not. Of an echo: from when the reply was audible. */
  readonly takenMs: number | null;
  /** Until the reply was silent; null where it was not taken. */
  readonly silentMs: number | null;
  readonly ducks: number;
  /** From its becoming softer until it was heard as loud as before; null where it did not, or was taken. */
  readonly resumedMs: number | null;
  /** Turns that came of the reply's own sound. */
  readonly selfAnswers: number;
}

/** A person who is not heard within this feels ignored (ms). */
const PROMPT_MS = 600;
/** Whoever coughs should hardly notice (ms). */
const RESUME_MS = 700;

/** How many trials of a kind there were, in how many the turn was taken, and in how many the reply became softer. */
export interface KindFigures {
  readonly trials: number;
  readonly taken: number;
  readonly ducked: number;
}

/** The rates of some trials; null where there were none to count. */
export interface BargeInRates {
  /** Of the interruptions, how many took the turn. */
  readonly realTakenRate: number | null;
  /** And within 600 ms of the first voiced sample. */
  readonly takenWithin600Rate: number | null;
  /** Of coughs, backchannels and echoes, how many ended the reply. */
  readonly falseStopRate: number | null;
  readonly selfAnswers: number;
  readonly takenP50Ms: number | null;
  readonly takenP95Ms: number | null;
  readonly silentP50Ms: number | null;
  readonly silentP95Ms: number | null;
  readonly resumedP50Ms: number | null;
  readonly resumedP95Ms: number | null;
  /** Of the replies that became softer for nothing, how many were as loud as before within 700 ms. */
  readonly resumedWithin700Rate: number | null;
  readonly kinds: Readonly<Record<TrialKind, KindFigures>>;
}

/** One setting of `audio.echo`. */
export interface ModeFigures extends BargeInRates {
  readonly mode: EchoMode;
  /** By the level of the echo in dB. */
  readonly echoLevels: Readonly<Record<string, BargeInRates>>;
}

export function modeFigures(mode: EchoMode, trials: readonly Trial[]): ModeFigures {
  const levels = [...new Set(trials.map(({ echoDb }) => echoDb))].sort((a, b) => b - a);
  const echoLevels = Object.fromEntries(
    levels.map((level) => [`${level}`, bargeInRates(trials.filter(({ echoDb }) => echoDb === level))]),
  );
  return { mode, ...bargeInRates(trials), echoLevels };
}

export function bargeInRates(trials: readonly Trial[]): BargeInRates {
  const real = trials.filter(({ kind }) => kind === 'interruption');
  const others = trials.filter(({ kind }) => kind !== 'interruption');
  const takenMs = times(real.map((trial) => trial.takenMs));
  const silentMs = times(real.map((trial) => trial.silentMs));
  const resumedMs = times(others.map((trial) => trial.resumedMs));
  return {
    realTakenRate: share(takenMs.length, real.length),
    takenWithin600Rate: share(takenMs.filter((ms) => ms <= PROMPT_MS).length, real.length),
    falseStopRate: share(others.filter((trial) => trial.takenMs !== null).length, others.length),
    selfAnswers: trials.reduce((sum, trial) => sum + trial.selfAnswers, 0),
    takenP50Ms: percentile(takenMs, 0.5),
    takenP95Ms: percentile(takenMs, 0.95),
    silentP50Ms: percentile(silentMs, 0.5),
    silentP95Ms: percentile(silentMs, 0.95),
    resumedP50Ms: percentile(resumedMs, 0.5),
    resumedP95Ms: percentile(resumedMs, 0.95),
    resumedWithin700Rate: share(resumedMs.filter((ms) => ms <= RESUME_MS).length, resumedMs.length),
    kinds: {
      interruption: kindFigures(trials, 'interruption'),
      cough: kindFigures(trials, 'cough'),
      backchannel: kindFigures(trials, 'backchannel'),
      echo: kindFigures(trials, 'echo'),
    },
  };
}

function kindFigures(trials: readonly Trial[], kind: TrialKind): KindFigures {
  const some = trials.filter((trial) => trial.kind === kind);
  return {
    trials: some.length,
    taken: some.filter(({ takenMs }) => takenMs !== null).length,
    ducked: some.filter(({ ducks }) => ducks > 0).length,
  };
}

function times(values: readonly (number | null)[]): number[] {
  return values.filter((ms) => ms !== null);
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
