import { cardinal } from './cardinals.js';
import { type Rule, rule } from './rule.js';

const SECONDS = '\\d{1,2} ?s(?:ecs?)?(?![\\p{L}\\d²/])';
const MINUTES = '\\d{1,3} ?m(?:ins?)?(?![\\p{L}\\d²³/])';
const HOURS = '\\d{1,3} ?h(?:rs?)?(?!\\p{L})';
const START = '(?<![\\d.,:])';

const counted = (figures: string | undefined, unit: string): string =>
  `${cardinal(Number(figures), { isBritish: false })} ${unit}${Number(figures) === 1 ? '' : 's'}`;

/** Times that something takes, in signs one after the other: "3d 4h 12m", "1h30". An "m" among them is no meter. */
export const durationRules: readonly Rule[] = [
  rule(`${START}(\\d{1,3}) ?d(?=,? ?${HOURS})`, ([, days]) => counted(days, 'day')),
  rule(`${START}(\\d{1,3}) ?h(?:rs?)?(?= ?${MINUTES})`, ([, hours]) => counted(hours, 'hour')),
  rule(
    `${START}(\\d{1,2})h([0-5]\\d)(?![\\d\\p{L}]|[.,:]\\d)`,
    ([, hours, minutes]) => `${counted(hours, 'hour')} ${counted(minutes, 'minute')}`,
  ),
  rule(`(?<=\\d ?h(?:rs?)?,? ?)(\\d{1,2}) ?m(?![\\p{L}\\d²³/])`, ([, minutes]) => counted(minutes, 'minute')),
  rule(`${START}(\\d{1,3}) ?m(?=,? ?${SECONDS})`, ([, minutes]) => counted(minutes, 'minute')),
];
