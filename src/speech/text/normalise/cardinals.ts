import type { Dialect } from './dialect.js';

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES = ['', ' thousand', ' million', ' billion', ' trillion'];

/** A number with which `numberWords` can deal, as the source of a pattern: "1,234,567", "10 000", "0.5", "007". */
export const NUMBER =
  '(?:(?<![\\d.,+-]|\\d )[1-9]\\d{0,2}(?: \\d{3}){0,3} 000(?![\\d-]|[ ,]\\d)|\\d{1,3}(?:,\\d{3}){1,4}(?!\\d|,\\d)|(?<!\\d)\\d{1,15}(?!\\d))(?:\\.\\d{1,20}(?!\\d|\\.\\d))?';

type Counting = Pick<Dialect, 'isBritish'>;

/** A number as `NUMBER` matches it: "three point zero five", "zero zero seven". */
export function numberWords(figures: string, dialect: Counting): string {
  const [whole = '', fraction] = figures.replace(/[, ]/g, '').split('.');
  const spoken = /^0\d/.test(whole) ? digitWords(whole) : cardinal(Number(whole), dialect);
  return fraction === undefined ? spoken : `${spoken} point ${digitWords(fraction)}`;
}

/** Figure by figure: "four one five". */
export function digitWords(figures: string): string {
  return Array.from(figures, (digit) => SMALL[Number(digit)]).join(' ');
}

/** @param value a whole number from 0 to 10^15 - 1 */
export function cardinal(value: number, { isBritish }: Counting): string {
  if (value < 1000) return underThousand(value, isBritish);
  const parts: string[] = [];
  let rest = value;
  for (let scale = SCALES.length - 1; scale >= 0; scale--) {
    const size = 1000 ** scale;
    const count = Math.floor(rest / size);
    rest %= size;
    if (count === 0) continue;
    const joint = isBritish && scale === 0 && count < 100 && parts.length > 0 ? 'and ' : '';
    parts.push(`${joint}${underThousand(count, isBritish)}${SCALES[scale]}`);
  }
  return parts.join(' ');
}

function underThousand(value: number, isBritish: boolean): string {
  if (value < 20) return `${SMALL[value]}`;
  if (value < 100) return `${TENS[Math.floor(value / 10)]}${value % 10 === 0 ? '' : `-${SMALL[value % 10]}`}`;
  const hundreds = `${SMALL[Math.floor(value / 100)]} hundred`;
  if (value % 100 === 0) return hundreds;
  return `${hundreds} ${isBritish ? 'and ' : ''}${underThousand(value % 100, isBritish)}`;
}

/** The number of a thing that has many, in pairs as they are called: "A three eighty", "nineteen twenty", "four oh five". */
export function pairWords(figures: string): string {
  if (figures.length > 4 || /^0/.test(figures)) return digitWords(figures);
  const [head, tail] = [Number(figures.slice(0, -2)), Number(figures.slice(-2))];
  if (figures.length < 3) return underThousand(Number(figures), false);
  if (tail === 0)
    return head % 10 === 0 ? cardinal(head * 100, { isBritish: false }) : `${underThousand(head, false)} hundred`;
  return `${underThousand(head, false)} ${tail < 10 ? 'oh ' : ''}${underThousand(tail, false)}`;
}
