import { cardinal } from '../speech/text/normalise/cardinals.js';
import { ordinal } from '../speech/text/normalise/ordinals.js';

/** Below a hundred all English is one. */
const ANYWHERE = { isBritish: false };

/** A number from 0 to 59 in words. */
export const numberWords = (value: number): string => cardinal(value, ANYWHERE);

/** A number from 1 to 31 as a day of the month: "twenty-third". */
export const ordinalWords = (value: number): string => ordinal(value, ANYWHERE);

/**
 * The time as a person says it in English. 12h: "five past seven in the evening", "noon", "half past one in the morning";
 * minutes that are no multiple of five are read out: "seven thirty-two in the evening". 24h: "nineteen oh five".
 */
export function spokenTime(now: Date, timeZone: string, clock: '12h' | '24h'): string {
  const { hour, minute } = clockOf(now, timeZone);
  return clock === '24h' ? spoken24(hour, minute) : spoken12(hour, minute);
}

/** "Monday, the twenty-third of November". */
export function spokenDate(now: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long' });
  const part = Object.fromEntries(parts.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${part['weekday']}, the ${ordinalWords(Number(part['day']))} of ${part['month']}`;
}

function clockOf(now: Date, timeZone: string): { hour: number; minute: number } {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
  const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  return { hour: part['hour'] ?? 0, minute: part['minute'] ?? 0 };
}

function spoken24(hour: number, minute: number): string {
  if (minute === 0) return hour === 0 ? 'midnight' : `${numberWords(hour)} o'clock`;
  return `${numberWords(hour)} ${minute < 10 ? `oh ${numberWords(minute)}` : numberWords(minute)}`;
}

function spoken12(hour: number, minute: number): string {
  if (minute === 0 && hour === 0) return 'midnight';
  if (minute === 0 && hour === 12) return 'noon';
  if (minute > 30 && minute % 5 === 0) return `${past(60 - minute)} to ${hourWords(hour + 1)} ${partOfDay(hour)}`;
  if (minute === 0) return `${hourWords(hour)} o'clock ${partOfDay(hour)}`;
  if (minute % 5 === 0) return `${past(minute)} past ${hourWords(hour)} ${partOfDay(hour)}`;
  const minutes = minute < 10 ? `oh ${numberWords(minute)}` : numberWords(minute);
  return `${hourWords(hour)} ${minutes} ${partOfDay(hour)}`;
}

function past(minutes: number): string {
  if (minutes === 30) return 'half';
  return minutes === 15 ? 'a quarter' : numberWords(minutes);
}

function hourWords(hour: number): string {
  return numberWords(hour % 12 === 0 ? 12 : hour % 12);
}

function partOfDay(hour: number): string {
  if (hour < 12) return 'in the morning';
  if (hour < 18) return 'in the afternoon';
  return hour < 22 ? 'in the evening' : 'at night';
}
