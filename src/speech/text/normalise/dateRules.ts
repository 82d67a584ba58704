import type { Dialect } from './dialect.js';
import { ordinal } from './ordinals.js';
import { anyCase, type Rule, rule, wordRule } from './rule.js';
import { YEAR, yearWords } from './yearRules.js';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const MONTH =
  '(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
const DAY = '(0?[1-9]|[12]\\d|3[01])';
const NO_MORE = '(?![\\d\\p{L}%]|[.,:/]\\d)';
/** After a date: "2026", ", 2026". */
const ITS_YEAR = `(?:(,?) (${YEAR})${NO_MORE})?`;

const monthName = (written: string): string => MONTHS.find((month) => month.startsWith(written.slice(0, 3))) ?? written;

const dayWords = (day: string | number): string => ordinal(Number(day), { isBritish: false });

/** As it is said where the owner lives: "November twenty-third", "the twenty-third of November". */
function dateWords(day: string, month: number, dialect: Dialect): string | undefined {
  const name = MONTHS[month - 1];
  if (name === undefined || Number(day) < 1 || Number(day) > 31) return undefined;
  return dialect.dayFirst ? `the ${dayWords(day)} of ${name}` : `${name} ${dayWords(day)}`;
}

function withYear(date: string | undefined, year: string, dialect: Dialect): string | undefined {
  return date && `${date}${dialect.dayFirst ? '' : ','} ${yearWords(Number(year), dialect)}`;
}

/** Two figures as the owner's country orders them, unless only the other order makes a date. */
function ordered(first: string, second: string, dialect: Dialect): string | undefined {
  const asUsual = dialect.dayFirst ? [first, second] : [second, first];
  const [day = '', month = ''] = Number(asUsual[1]) > 12 ? asUsual.reverse() : asUsual;
  return dateWords(day, Number(month), dialect);
}

const fullYear = (year: string): string => (year.length === 4 ? year : `${Number(year) < 70 ? 20 : 19}${year}`);

/** The year as it follows the date in the text. */
const following = (comma: string | undefined, year: string | undefined, dialect: Dialect): string =>
  year === undefined ? '' : `${comma} ${yearWords(Number(year), dialect)}`;

export const dateRules: readonly Rule[] = [
  rule(
    `(?<![\\d.,/-])(${YEAR})-(\\d{2})-(\\d{2})(?![\\d-])([Tt](?=\\d{2}:))?`,
    ([, year = '', month, day = '', time], dialect) => {
      const date = withYear(dateWords(day, Number(month), dialect), year, dialect);
      return date && `${date}${time ? ',' : ''}`;
    },
  ),
  rule(
    '(?<![\\d.,/-])(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2})(?![\\d/])',
    ([, first = '', second = '', year = ''], dialect) => {
      const isYear = new RegExp(`^${YEAR}$`).test(fullYear(year));
      return isYear ? withYear(ordered(first, second, dialect), fullYear(year), dialect) : undefined;
    },
  ),
  rule(`(?<![\\d.,/-])(\\d{1,2})\\.(\\d{1,2})\\.(${YEAR})(?![\\d/])`, ([, day = '', month, year = ''], dialect) =>
    withYear(dateWords(day, Number(month), dialect), year, dialect),
  ),
  rule(
    `(?<=\\b${anyCase('on|by|until|since|before|after|due')} )(1[0-2]|0?[1-9]|[12]\\d|3[01])/(\\d{1,2})(?![\\d/%]| (?:of|cups?|inch(?:es)?|teaspoons?|tablespoons?)\\b)`,
    ([, first = '', second = ''], dialect) => ordered(first, second, dialect),
  ),
  wordRule(
    `${MONTH}\\.? ${DAY}(?:st|nd|rd|th)?(?:( ?[-–] ?| to )${DAY}(?:st|nd|rd|th)?)?${NO_MORE}${ITS_YEAR}`,
    ([, month = '', day = '', , upTo, comma, year], dialect) => {
      const the = dialect.dayFirst ? 'the ' : '';
      const days = `${the}${dayWords(day)}${upTo === undefined ? '' : ` to ${the}${dayWords(upTo)}`}`;
      return `${monthName(month)} ${days}${following(comma, year, dialect)}`;
    },
  ),
  rule(
    `(?<=(\\b[Tt]he )|)(?<![\\d.,:/-])${DAY}(st|nd|rd|th)?(?: ?[-–] ?${DAY}(?:st|nd|rd|th)?)? (of )?${MONTH}(?!\\p{L})(?:\\.(?=[,;:]| [\\p{Ll}\\d]))?${ITS_YEAR}`,
    ([, the, day = '', , upTo, of, month = '', comma, year], dialect) => {
      const article = the === undefined && of === undefined ? 'the ' : '';
      const days = `${article}${dayWords(day)}${upTo === undefined ? '' : ` to the ${dayWords(upTo)}`}`;
      return `${days} of ${monthName(month)}${following(comma, year, dialect)}`;
    },
  ),
  wordRule(
    `${MONTH}\\.?(,?) (${YEAR})${NO_MORE}`,
    ([, month = '', comma, year], dialect) => `${monthName(month)}${following(comma, year, dialect)}`,
  ),
];
