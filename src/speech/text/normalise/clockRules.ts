import { cardinal, digitWords } from './cardinals.js';
import type { Dialect } from './dialect.js';
import { anyCase, type Rule, rule, wordRule } from './rule.js';

/**
 * The end of a sentence, or what looks like it: a full stop before it does both, ending the abbreviation and the
 * sentence.
 */
export const SENTENCE_END = '["\'”’)\\]]{0,3}(?:$|\\s{1,3}["\'“‘(]?\\p{Lu})';

const ZONES = '\\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\\s(?:[ECMP][SD]?T|GMT|UTC|BST|CET|CEST)(?!\\p{L})';
/** "am", "p.m."; a full stop that also ends the sentence stays. */
const HALF = `([ap])(?:m|\\.\\s?m(?:\\.(?!(?!${ZONES})${SENTENCE_END}))?)(?![\\p{L}\\d])`;
const HALF_CAPITAL = '([AP])(?:M|\\.M(?:\\.(?!["\'”’)\\]]{0,3}$))?)(?![\\p{L}\\d])';
const MERIDIEM = `(?:${HALF}|${HALF_CAPITAL})`;

/** Voices take an "a" that stands alone for the article, so it is tied to its "m". */
const half = (letter: string): string => (letter.toLowerCase() === 'a' ? 'a-m' : 'p m');

const count = (value: number): string => cardinal(value, { isBritish: false });

/** "Five", "oh five". */
const minuteWords = (minute: number): string => (minute < 10 ? `oh ${count(minute)}` : count(minute));

/** With the half of the day as it was written: "seven oh five p m", "seven p m". */
function meridiemTime(hour: number, minute: number, letter: string): string {
  return `${count(hour)} ${minute === 0 ? '' : `${minuteWords(minute)} `}${half(letter)}`;
}

/**
 * A time of day in running text. The half of the day is only told where the figures tell it: "7:30" may be either.
 * With the clock of 24 hours they are read as they are.
 */
function dayTime(hour: number, minute: number, { clock }: Dialect): string {
  if (hour === 0 && minute === 0) return 'midnight';
  if (clock === '12h' && hour === 0) return meridiemTime(12, minute, 'a');
  if (clock === '12h' && hour > 12) return meridiemTime(hour - 12, minute, 'p');
  return minute === 0 ? `${count(hour)} o'clock` : `${count(hour)} ${minuteWords(minute)}`;
}

const HOUR = '(?<![\\d.,:])([01]?\\d|2[0-3])';
const MINUTE = '([0-5]\\d)';

export const clockRules: readonly Rule[] = [
  rule(`${HOUR}(?:[:.]${MINUTE}(?::[0-5]\\d)?)? ?${MERIDIEM}`, ([, hour, minute = '0', small, capital]) =>
    meridiemTime(Number(hour), Number(minute), small ?? capital ?? ''),
  ),
  // The first of two times has the half of the day of the second: "7-9 pm".
  rule(`${HOUR}:${MINUTE}:([0-5]\\d)(?![\\d:]|[.,]\\d)`, ([, hour, minute, second], dialect) => {
    const plural = Number(second) === 1 ? 'second' : 'seconds';
    return `${dayTime(Number(hour), Number(minute), dialect)} and ${count(Number(second))} ${plural}`;
  }),
  // What something took: "3:59.4".
  rule(
    `${HOUR}:${MINUTE}\\.(\\d{1,3})(?![\\d\\p{L}:]|\\.\\d)`,
    ([, minute, second, fraction = '']) =>
      `${count(Number(minute))} ${minuteWords(Number(second))} point ${digitWords(fraction)}`,
  ),
  rule(`(?<=\\b${anyCase('at|by|until|before|after')} )${HOUR}h${MINUTE}(?![\\d\\p{L}])`, ([, hour, minute], dialect) =>
    dayTime(Number(hour), Number(minute), dialect),
  ),
  rule(`${HOUR}:${MINUTE}(?![\\d:]|[.,]\\d)`, ([, hour, minute], dialect) =>
    dayTime(Number(hour), Number(minute), dialect),
  ),
  wordRule(`(?<![\\p{L}\\d.])${HALF}(?<=\\..{1,3})`, ([, letter = '']) => half(letter)),
];
