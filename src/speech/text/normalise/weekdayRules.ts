import { type Rule, rule, wordRule } from './rule.js';

const DAYS: ReadonlyMap<string, string> = new Map([
  ['Mon', 'Monday'],
  ['Tue', 'Tuesday'],
  ['Tues', 'Tuesday'],
  ['Wed', 'Wednesday'],
  ['Thu', 'Thursday'],
  ['Thur', 'Thursday'],
  ['Thurs', 'Thursday'],
  ['Fri', 'Friday'],
  ['Sat', 'Saturday'],
  ['Sun', 'Sunday'],
]);

const SHORT = '(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)';
const DAY = '(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)';
const ALONE = "(?<![\\p{L}.'’])";
const END = "(?![\\p{L}'’])";
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
/** A date or a time of day. */
const WHEN = `(?:\\d{1,2}(?:st|nd|rd|th)? (?:of )?${MONTH}|${MONTH}\\p{Ll}{0,6}\\.? \\d|\\d{1,2}(?:[:.]\\d\\d)? ?[ap]\\.?m|\\d{1,2}:\\d\\d|\\d{1,2}/\\d{1,2})`;

const say = ([, day = '']: RegExpExecArray): string | undefined => DAYS.get(day);

/** Anything that says of a text that these rules have to do with it, as the source of a pattern. */
export const WEEKDAY = `${ALONE}${SHORT}${END}|day ?[-–] ?${DAY}`;

/** Days of the week without a full stop, where they can be nothing else: "sat" and "sun" are words. */
export const weekdayRules: readonly Rule[] = [
  wordRule(`${ALONE}(${SHORT})${END}(?=\\.?(?: ?[-–/] ?| and | or | to )${DAY}${END})`, say),
  wordRule(`(?<=${DAY}\\.?(?: ?[-–/] ?| and | or | to ))(${SHORT})${END}(?:\\.(?= \\p{Ll}|,))?`, say),
  wordRule(`${ALONE}(${SHORT})${END}\\.?(?=,? ${WHEN})`, say),
  wordRule(`(?<=\\b(?:[Oo]n|[Ee]very|[Nn]ext|[Uu]ntil|[Bb]y) )(${SHORT})(?![\\p{L}.'’])`, say),
  wordRule(`${ALONE}(Tues?|Thu(?:rs?)?|Fri)(?![\\p{L}.'’-])`, say),
  rule(`(?<=(?<!\\p{L})${DAY}\\.? ?)[-–] ?(?=${DAY}${END})`, () => 'to'),
];
