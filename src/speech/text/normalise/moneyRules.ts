import { cardinal, NUMBER, numberWords } from './cardinals.js';
import type { Dialect } from './dialect.js';
import { type Rule, rule, wordRule } from './rule.js';
import { unitName } from './units.js';

interface Currency {
  readonly one: string;
  readonly many: string;
  readonly oneHundredth?: readonly [one: string, many: string];
}

const CURRENCIES: Readonly<Record<string, Currency>> = {
  $: { one: 'dollar', many: 'dollars', oneHundredth: ['cent', 'cents'] },
  '€': { one: 'euro', many: 'euros', oneHundredth: ['cent', 'cents'] },
  '£': { one: 'pound', many: 'pounds', oneHundredth: ['penny', 'pence'] },
  '¥': { one: 'yen', many: 'yen' },
  '₹': { one: 'rupee', many: 'rupees', oneHundredth: ['paisa', 'paise'] },
};

const COUNTRIES: Readonly<Record<string, string>> = {
  US: 'U S ',
  A: 'Australian ',
  AU: 'Australian ',
  C: 'Canadian ',
  CA: 'Canadian ',
  NZ: 'New Zealand ',
  HK: 'Hong Kong ',
};

const SCALES: Readonly<Record<string, string>> = {
  k: 'thousand',
  m: 'million',
  mn: 'million',
  b: 'billion',
  bn: 'billion',
  t: 'trillion',
  tn: 'trillion',
};

const SCALE = '[kKmMbBtT]|mn|[bt]n|[Tt]housand|[Mm]illion|[Bb]illion|[Tt]rillion';
const SIGN = '[$€£¥₹]';

/** "Three dollars and fifty cents", "three pounds fifty", "ninety-nine cents". */
function sum(figures: string, sign: string, country: string, dialect: Dialect): string {
  const currency = CURRENCIES[sign] ?? { one: '', many: '' };
  const [whole = '', hundredths] = figures.split(/\.(?=\d\d$)/);
  const name = (amount: string) => `${country}${amount === '1' ? currency.one : currency.many}`;
  if (hundredths === undefined || !currency.oneHundredth) return `${numberWords(figures, dialect)} ${name(figures)}`;
  const parts = `${cardinal(Number(hundredths), dialect)} ${currency.oneHundredth[hundredths === '01' ? 0 : 1]}`;
  if (hundredths === '00') return `${numberWords(whole, dialect)} ${name(whole)}`;
  if (whole === '0') return parts;
  if (sign === '£')
    return `${numberWords(whole, dialect)} ${name(whole)} ${Number(hundredths) < 10 ? `and ${parts}` : cardinal(Number(hundredths), dialect)}`;
  return `${numberWords(whole, dialect)} ${name(whole)} and ${parts}`;
}

const PER = '(?: ?/ ?(\\p{L}{1,12})(?!\\p{L}))?';

const each = (per: string | undefined, dialect: Dialect): string =>
  per === undefined ? '' : ` per ${unitName(per, true, dialect) ?? per}`;

/** After "a", a price is a part of the name: "a five dollar bill". */
const ARTICLE = '(?<=(\\b[Aa]n? )|)';
/** A sum or two, "$5-10", with what it counts in and what it buys: "$5 million/year". */
const AMOUNT = `(${SIGN}) ?(${NUMBER}|\\.\\d{2}(?!\\d))(?:(?: ?[-–] ?| to )${SIGN}?(${NUMBER}))?(?:[ -]?(${SCALE})(?![\\p{L}\\d]))?${PER}(?=([ -]\\p{Ll})?)`;

const sayAmount: Rule['say'] = (match, dialect) => {
  const [, article, country = '', sign = '', figures = '', upTo, scale, per, noun] = match;
  const amount = (upTo ?? figures).replace(/^\./, '0.');
  const owner = COUNTRIES[country] ?? '';
  const isName = article !== undefined && noun !== undefined && !amount.includes('.');
  const name = `${owner}${isName ? CURRENCIES[sign]?.one : CURRENCIES[sign]?.many}`;
  const money =
    scale === undefined
      ? isName
        ? `${numberWords(amount, dialect)} ${name}`
        : sum(amount, sign, owner, dialect)
      : `${numberWords(amount, dialect)} ${SCALES[scale.toLowerCase()] ?? scale.toLowerCase()} ${name}`;
  return `${upTo === undefined ? '' : `${numberWords(figures, dialect)} to `}${money}${each(per, dialect)}`;
};

export const moneyRules: readonly Rule[] = [
  rule(`${ARTICLE}()${AMOUNT}`, sayAmount),
  wordRule(`${ARTICLE}(?<![\\p{L}\\d])(US|AU|CA|NZ|HK|A|C)${AMOUNT}`, sayAmount),
  rule(
    `(${NUMBER}) ?(€|(?<! )[$£](?!\\d))${PER}`,
    ([, figures = '', sign = '', per], dialect) => `${sum(figures, sign, '', dialect)}${each(per, dialect)}`,
  ),
  rule(
    `(${NUMBER}) ?¢`,
    ([, figures = ''], dialect) => `${numberWords(figures, dialect)} ${figures === '1' ? 'cent' : 'cents'}`,
  ),
  rule('(?<![\\d.,])(\\d{1,3})p(?![\\p{L}\\d])', ([, figures = ''], dialect) =>
    dialect.isBritish ? `${cardinal(Number(figures), dialect)} ${figures === '1' ? 'penny' : 'pence'}` : undefined,
  ),
];
