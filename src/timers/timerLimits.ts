import { type Timer, TimerError, type TimerKind } from './timer.js';

export const MAX_TIMERS = 100;
export const MAX_LENGTH_MS = 7 * 86_400_000;
/** Nobody means this with a time of day. */
const MAX_AHEAD_MS = 366 * 86_400_000;

/** @throws {TimerError} 'not-positive', also for what is no number; 'too-long' */
export function checkedLengthMs(lengthMs: number): number {
  if (!(lengthMs > 0)) throw new TimerError('not-positive', `a timer needs a duration, and ${lengthMs} ms is none`);
  if (lengthMs > MAX_LENGTH_MS) throw new TimerError('too-long', 'a timer runs for a week at most');
  return lengthMs;
}

/** @throws {TimerError} 'past', 'too-long' */
export function checkedAlarmMs(atMs: number, nowMs: number): number {
  if (!(atMs > nowMs)) throw new TimerError('past', 'an alarm was asked for at a time that is over');
  if (atMs - nowMs > MAX_AHEAD_MS) throw new TimerError('too-long', 'an alarm is set for a year ahead at most');
  return atMs;
}

/**
 * @param atMs of an alarm
 * @throws {TimerError} 'too-many', 'name-taken', 'already-set'
 */
export function checkRoom(timers: readonly Timer[], kind: TimerKind, name: string | undefined, atMs?: number): void {
  if (timers.length >= MAX_TIMERS) throw new TimerError('too-many', `${MAX_TIMERS} timers and alarms are set`);
  const alike = timers.filter((timer) => timer.kind === kind);
  const namesake = name === undefined ? undefined : alike.find((timer) => timer.name === name);
  if (namesake) throw new TimerError('name-taken', `there is a ${kind} called ${name}`, [namesake]);
  const sameTime = alike.find(({ dueMs }) => dueMs === atMs);
  if (sameTime && name === sameTime.name) throw new TimerError('already-set', 'this alarm is set already', [sameTime]);
}
