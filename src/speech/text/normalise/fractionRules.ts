import { cardinal } from './cardinals.js';
import type { Dialect } from './dialect.js';
import { ordinal } from './ordinals.js';
import { anyCase, type Rule, rule } from './rule.js';
import { UNIT, unitName } from './units.js';

const SIGNS: Readonly<Record<string, readonly [number, number]>> = {
  '½': [1, 2],
  '⅓': [1, 3],
  '⅔': [2, 3],
  '¼': [1, 4],
  '¾': [3, 4],
  '⅕': [1, 5],
  '⅖': [2, 5],
  '⅗': [3, 5],
  '⅘': [4, 5],
  '⅙': [1, 6],
  '⅚': [5, 6],
  '⅐': [1, 7],
  '⅛': [1, 8],
  '⅜': [3, 8],
  '⅝': [5, 8],
  '⅞': [7, 8],
  '⅑': [1, 9],
  '⅒': [1, 10],
};

/** Parts that things are divided into; other pairs of figures with a stroke are no fractions. */
const DENOMINATORS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 32, 64, 100, 1000];

const FRACTION = `(?:(\\d{1,3})[/⁄](\\d{1,4})|([${Object.keys(SIGNS).join('')}]))(?![\\d/⁄]|\\.\\d)`;

function fractionWords(above: number, below: number, dialect: Dialect, isMixed: boolean): string | undefined {
  if (above === 0 || above >= below || !DENOMINATORS.includes(below)) return undefined;
  const part = below === 2 ? 'half' : below === 4 ? 'quarter' : ordinal(below, dialect);
  if (isMixed && above === 1) return below === 8 ? `an ${part}` : `a ${part}`;
  return above === 1 ? `one ${part}` : `${cardinal(above, dialect)} ${part}s`;
}

/** As `FRACTION` matches it. */
function fractionOf(
  above: string | undefined,
  below: string | undefined,
  sign: string | undefined,
  dialect: Dialect,
  isMixed: boolean,
): string | undefined {
  const [over, under] = SIGNS[sign ?? ''] ?? [Number(above), Number(below)];
  return fractionWords(over, under, dialect, isMixed);
}

const ITS_UNIT = `(?: ?(${UNIT})(?![\\p{L}\\d²³/]))?`;

const unitAfter = (unit: string | undefined, isOne: boolean, dialect: Dialect): string =>
  unit === undefined ? '' : ` ${unitName(unit, isOne, dialect)}`;

/** What somebody or something is given of so many. */
const MARK_OF_ALL = '(?<![\\d/.,])(\\d{1,3})/(5|10|20|50|100)(?![\\d/]|[.,]\\d)';
const MARK = `(?<=\\b${anyCase('scored?|scores|rated?|rates|rating|grade|marks?|gave|gives?|got')}(?:,? \\p{L}{1,10}){0,3}:? )${MARK_OF_ALL}`;

const sayMark: Rule['say'] = ([, mark, all], dialect) =>
  Number(mark) <= Number(all)
    ? `${cardinal(Number(mark), dialect)} out of ${cardinal(Number(all), dialect)}`
    : undefined;

export const fractionRules: readonly Rule[] = [
  rule('(?<![\\d/.,])24/7(?![\\d/])', () => 'twenty-four seven'),
  rule('(?<![\\d/.,])9/11(?![\\d/])', () => 'nine eleven'),
  rule('(?<![\\d/.,])50/50(?![\\d/])', () => 'fifty-fifty'),
  // What something is split into: "60/40".
  rule('(?<![\\d/.,])([1-9][05])/([1-9][05])(?![\\d/]|[.,]\\d)', ([, one, other], dialect) =>
    Number(one) + Number(other) === 100
      ? `${cardinal(Number(one), dialect)} ${cardinal(Number(other), dialect)}`
      : undefined,
  ),
  rule(`${MARK}(?! (?:of|cups?|inch(?:es)?|teaspoons?|tablespoons?)(?!\\p{L}))`, sayMark),
  rule(`${MARK_OF_ALL}(?= stars?(?!\\p{L}))`, sayMark),
  rule(
    `(?<![\\d/.,])(\\d{1,6})(?: | and |-)?(?<=[ -]|(?=\\D))${FRACTION}${ITS_UNIT}`,
    ([, whole, above, below, sign, unit], dialect) => {
      const part = fractionOf(above, below, sign, dialect, true);
      return part && `${cardinal(Number(whole), dialect)} and ${part}${unitAfter(unit, false, dialect)}`;
    },
  ),
  rule(`(?<![\\d/.,])${FRACTION}${ITS_UNIT}`, ([, above, below, sign, unit], dialect) => {
    const part = fractionOf(above, below, sign, dialect, false);
    return part && `${part}${unitAfter(unit, true, dialect)}`;
  }),
  rule('(?<![\\d/.,])(\\d{1,2})/(10|5|100)(?![\\d/])', ([, above, below], dialect) => {
    return Number(above) === Number(below)
      ? `${cardinal(Number(above), dialect)} out of ${cardinal(Number(below), dialect)}`
      : undefined;
  }),
];
