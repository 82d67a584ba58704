import { type Timer, TimerError, type TimerKind } from '../timers/timer.js';
import { localTimeOf, weekdayOf } from '../timers/zonedTime.js';
import { WEEKDAYS } from './slots/clockTimeOf.js';
import { spokenRemainder } from './spokenDuration.js';
import { capitalised, spokenList } from './spokenList.js';
import { spokenTime } from './spokenTime.js';
import type { Surroundings } from './surroundings.js';

const DAY_MS = 86_400_000;

/** "the pasta timer", "the alarm for tomorrow at noon". */
export function spokenTimer(timer: Timer, context: Surroundings): string {
  if (timer.name !== undefined) return `the ${timer.name} ${timer.kind}`;
  return timer.kind === 'timer' ? 'the timer' : `the alarm for ${spokenMoment(timer.dueMs, context)}`;
}

/** "tomorrow at half past seven in the morning". */
export function spokenMoment(atMs: number, { now, timeZone, clock }: Surroundings): string {
  const time = spokenTime(new Date(atMs), timeZone, clock);
  const [day, today] = [localTimeOf(atMs, timeZone), localTimeOf(now.getTime(), timeZone)];
  const days = (Date.UTC(day.year, day.month - 1, day.day) - Date.UTC(today.year, today.month - 1, today.day)) / DAY_MS;
  if (days === 0) return time;
  if (days === 1) return `tomorrow at ${time}`;
  if (days === -1) return `yesterday at ${time}`;
  return `${days < 7 ? '' : 'next '}${capitalised(WEEKDAYS[weekdayOf(day)] ?? '')} at ${time}`;
}

/** "The timer is", "both timers are", "all 3 timers are". */
export function allOf(count: number, kind: TimerKind): string {
  if (count === 1) return `The ${kind} is`;
  return count === 2 ? `Both ${kind}s are` : `All ${count} ${kind}s are`;
}

/** "The pasta timer has three minutes left." */
export function spokenLeft(timer: Timer, context: Surroundings): string {
  const who = capitalised(spokenTimer(timer, context));
  if (timer.state === 'ringing') return `${who} is ringing.`;
  const left = spokenRemainder(timer.leftMs);
  return timer.state === 'paused' ? `${who} is paused, with ${left} left.` : `${who} has ${left} left.`;
}

/** Several of a kind told apart: "pasta with three minutes left and one with ten minutes left". */
export function spokenTimers(timers: readonly Timer[], context: Surroundings): string {
  return spokenList(
    timers.map((timer) => {
      const when =
        timer.kind === 'alarm' ? spokenMoment(timer.dueMs, context) : `${spokenRemainder(timer.leftMs)} left`;
      const name =
        timer.kind === 'timer' ? `${timer.name ?? 'one'} with ` : timer.name === undefined ? '' : `${timer.name} `;
      return `${name}${when}${timer.state === 'paused' ? ', paused' : ''}`;
    }),
  );
}

/** Why something could not be done, as it is told. @throws what is no refusal of the book */
export function spokenRefusal(error: unknown, kind: 'timer' | 'alarm', context: Surroundings): string {
  if (!(error instanceof TimerError)) throw error;
  const [first] = error.timers;
  switch (error.reason) {
    case 'not-positive':
      return 'That would be no time at all.';
    case 'too-long':
      return kind === 'timer' ? 'That is too long: a timer runs for a week at most.' : 'That is too far ahead.';
    case 'past':
      return 'That time is over for today.';
    case 'name-taken':
      return `There is one of that name already. ${first ? spokenLeft(first, context) : ''}`.trim();
    case 'already-set':
      return 'That alarm is set already.';
    case 'too-many':
      return 'There are a hundred timers and alarms already. Cancel some first.';
    case 'none':
      return `No ${kind} is set.`;
    case 'unknown':
      return error.timers.length === 0
        ? `That ${kind} is over.`
        : `There is no such ${kind}. I have ${spokenTimers(error.timers, context)}.`;
    case 'ambiguous':
      return `Which one? I have ${spokenTimers(error.timers, context)}.`;
    case 'not-running':
      return kind === 'timer' ? 'That timer is not running.' : 'An alarm cannot do that.';
    case 'not-paused':
      return 'That timer is not paused.';
    case 'not-ringing':
      return 'Nothing is ringing.';
  }
}
