import { cardinal, NUMBER, numberWords } from './cardinals.js';
import type { Dialect } from './dialect.js';
import { type Rule, rule } from './rule.js';
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

export const moneyRules: readonly Rule[] = [
  rule(
    `(?<=(\\b[Aa]n? )|)(?<![\\p{L}\\d])(US|AU|CA|NZ|HK|A|C)?(${SIGN}) ?(${NUMBER})(?:(?: ?[-–] ?| to )${SIGN}?(${NUMBER}))?(?:[ -]?(${SCALE})(?![\\p{L}\\d]))?${PER}(?=([ -]\\p{Ll})?)`,
    ([, article, country = '', sign = '', figures = '', upTo, scale, per, noun], dialect) => {
      const from = upTo === undefined ? '' : `${numberWords(figures, dialect)} to `;
      const amount = upTo ?? figures;
      const owner = COUNTRIES[country] ?? '';
      const isName = article !== undefined && noun !== undefined;
      if (scale === undefined) {
        const whole =
          from !== '' || !isName
            ? sum(amount, sign, owner, dialect)
            : `${numberWords(amount, dialect)} ${CURRENCIES[sign]?.one}`;
        return `${from}${whole}${each(per, dialect)}`;
      }
      const word = SCALES[scale.toLowerCase()] ?? scale.toLowerCase();
      const name = isName ? CURRENCIES[sign]?.one : CURRENCIES[sign]?.many;
      return `${from}${numberWords(amount, dialect)} ${word} ${owner}${name}${each(per, dialect)}`;
    },
  ),
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
