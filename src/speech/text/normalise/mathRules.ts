import { cardinal, digitWords, NUMBER, numberWords, pairWords } from './cardinals.js';
import { type Rule, rule, wordRule } from './rule.js';

/** What an operator stands after and before. */
const AFTER = '(?<=[\\d)²³π%]\\s?|(?<!\\p{L})\\p{L}\\s?)';
const BEFORE = '(?=[-−]?[\\d(√π.]|\\p{L}(?!\\p{L}))';

const operator = (sign: string, words: string): Rule => rule(`${AFTER}${sign}\\s?${BEFORE}`, () => words);

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function power(superscripts: string): string {
  if (superscripts === '²') return 'squared';
  if (superscripts === '³') return 'cubed';
  const [, sign, figures = ''] = /^([⁻]?)(.*)$/.exec(superscripts) ?? [];
  const value = Number(Array.from(figures, (figure) => SUPERSCRIPTS.indexOf(figure)).join(''));
  return `to the power of ${sign ? 'minus ' : ''}${cardinal(value, { isBritish: false })}`;
}

export const mathRules: readonly Rule[] = [
  rule(
    `(${NUMBER})[eE]([+-]?)(\\d{1,3})(?![\\d\\p{L}])`,
    ([, mantissa = '', sign, exponent], dialect) =>
      `${numberWords(mantissa, dialect)} times ten to the power of ${sign === '-' ? 'minus ' : ''}${cardinal(Number(exponent), dialect)}`,
  ),
  rule(`(?<=[\\d\\p{L})])⁻?[${SUPERSCRIPTS}]{1,9}`, ([written]) => power(written)),
  rule('√\\s?(?=[\\d(\\p{L}])', () => 'the square root of'),
  // A picture's width and height.
  rule(
    '(?<![\\d.,])(\\d{3,4}) ?[x×] ?(\\d{3,4})(?![\\d\\p{L}]|[.,]\\d)',
    ([, width = '', height = '']) => `${pairWords(width)} by ${pairWords(height)}`,
  ),
  wordRule('(?<=\\d\\s?)x\\s?(?=[-−]?\\d)', () => 'times'),
  rule('(?<=\\d\\s?)×\\s?(?=[-−]?\\d)', () => 'times'),
  // "10x faster".
  wordRule('(?<=\\d)x(?=\\s\\p{L})', () => 'times'),
  operator('[×·*]', 'times'),
  operator('÷', 'divided by'),
  rule('(?<=[\\d)] )/ (?=[\\d(])', () => 'divided by'),
  operator('\\+', 'plus'),
  operator('−', 'minus'),
  operator('≠', 'is not equal to'),
  operator('≈', 'is about'),
  operator('≤', 'is at most'),
  operator('≥', 'is at least'),
  rule('(?<=[\\p{L}\\d)²³]\\s?)(?<!=)=(?!=)\\s?(?=[-−$€£√(]?[\\p{L}\\d])', () => 'equals'),
  rule('≈\\s?(?=[$€£]?\\d)', () => 'about'),
  rule('≤\\s?(?=[$€£]?\\d)', () => 'at most'),
  rule('≥\\s?(?=[$€£]?\\d)', () => 'at least'),
  // Spaced: a range when it rises and something is counted, else a difference.
  rule('(?<=(?<![\\d.,])(\\d{1,6}) )- (?=(\\d{1,6})(?![\\d.,])( \\p{L}{2})?)', ([, from, to, counted]) =>
    counted !== undefined && Number(from) < Number(to) ? 'to' : 'minus',
  ),
  rule('(?<=(?<![\\p{L}])[a-zA-Z)²³] ?|\\d )- ?(?=\\d{1,6} ?(?:[=)]|$))', () => 'minus'),
  rule('(?<=\\d\\s?)[−](?=\\s?\\d)', () => 'minus'),
  rule('(?<=\\d)/(?=\\()', () => 'over'),
  rule('(?<=\\d!\\s?)=\\s?(?=\\d)', () => 'equals'),
  rule('(?<![\\d.,])0[xX]([0-9]{1,8})(?![\\d\\p{L}])', ([, figures = '']) => `zero x ${digitWords(figures)}`),
];
