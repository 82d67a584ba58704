import { type Timer, TimerError, type TimerKind } from './timer.js';

/** What a person says to tell a timer from the others. */
export interface TimerDescription {
  readonly name?: string | undefined;
  /** "The ten minute timer". */
  readonly lengthMs?: number | undefined;
}

/**
 * The timer that is meant. One alone needs no description.
 * @throws {TimerError} 'none', 'unknown', 'ambiguous'
 */
export function chooseTimer(timers: readonly Timer[], kind: TimerKind, described: TimerDescription): Timer {
  const { name, lengthMs } = described;
  const alike = timers.filter((timer) => timer.kind === kind);
  if (alike.length === 0) throw new TimerError('none', `no ${kind} is set`);
  const fitting = alike.filter(
    (timer) => (name === undefined || timer.name === name) && (lengthMs === undefined || timer.lengthMs === lengthMs),
  );
  const [timer, second] = fitting;
  if (!timer) throw new TimerError('unknown', `no ${kind} is like that`, alike);
  if (second) throw new TimerError('ambiguous', `several ${kind}s could be meant`, fitting);
  return timer;
}
