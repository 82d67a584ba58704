import { daysLater, instantOf, type LocalTime, localTimeOf, weekdayOf } from '../timers/zonedTime.js';
import { type ClockTime, WEEKDAYS } from './slots/clockTimeOf.js';

/** Hours that mean the afternoon when a day is named with them: nobody sets "Friday at three" for the night. */
const AFTERNOON_UNTIL = 4;

/**
 * The next time that clocks in a zone show what was said: "seven" is the next seven of either half of the day, "seven
 * tomorrow" the morning's.
 * @returns a time that may be over, where only today is meant
 */
export function nextClockTime(said: ClockTime, nowMs: number, zone: string): LocalTime {
  const today = localTimeOf(nowMs, zone);
  const candidates = daysOf(said, today)
    .flatMap((days) => hoursOf(said).map((hour) => ({ ...daysLater(today, days), hour, minute: said.minute })))
    .map((local) => ({ local, atMs: instantOf(local, zone) }))
    .sort((a, b) => a.atMs - b.atMs);
  const next = candidates.find(({ atMs }) => atMs > nowMs) ?? candidates.at(-1);
  return next?.local ?? { ...today, hour: said.hour, minute: said.minute };
}

/** In how many days it may be. */
function daysOf({ day }: ClockTime, today: LocalTime): readonly number[] {
  if (day === undefined) return [0, 1];
  if (day === 'today') return [0];
  if (day === 'tomorrow') return [1];
  if (day === 'day after tomorrow') return [2];
  const days = (WEEKDAYS.indexOf(day) - weekdayOf(today) + 7) % 7;
  return [days, days + 7];
}

function hoursOf({ hour, isTwelveHour, day }: ClockTime): readonly number[] {
  if (!isTwelveHour) return [hour];
  const onTheFace = hour % 12;
  if (day === undefined || day === 'today') return [onTheFace, onTheFace + 12];
  return [onTheFace <= AFTERNOON_UNTIL ? onTheFace + 12 : onTheFace];
}
