import { cardinal, pairWords } from './cardinals.js';
import type { Dialect } from './dialect.js';
import { anyCase, type Rule, rule } from './rule.js';
import { UNIT } from './units.js';

/** A year that is said in pairs, as the source of a pattern. */
export const YEAR = '(?:1[1-9]\\d{2}|20\\d{2})';

/** "Nineteen eighty-four", "two thousand seven", "twenty twenty-six". */
export function yearWords(year: number, dialect: Dialect): string {
  return year >= 2000 && year < 2010 ? cardinal(year, dialect) : pairWords(String(year));
}

/** What stands before a year and seldom before a count. */
const LEADS =
  'in|since|year|circa|around|by|until|till|before|after|from|of|during|between|late|early|mid|the|this|to|and';
/** Words that may follow a year; after any other word the figures are how many of it there are. */
const GOES_ON =
  'was|is|were|are|and|or|to|but|when|as|at|in|on|the|a|an|for|with|by|until|through|he|she|it|they|we|has|had|that|which|who|from|about|after|before|will|would|there|because|so|if|edition|election|season|version|film|model|census|world|olympics|budget';
/** No count of things follows. */
const NO_COUNT = `(?! ?(?:${UNIT})(?![\\p{L}\\d]))(?! ?[%°×=+*/]| (?!(?:${GOES_ON})(?!\\p{L}))\\p{Ll}|[-–]\\p{Ll}|[,.:]\\d|\\p{L}|\\d)`;

/** What stands before a year, whatever follows it: "in 2024 sales rose". */
const SURE_LEADS = '(?:[Ii]n|[Ss]ince|[Dd]uring|[Cc]irca|[Yy]ear|ca?\\.|Q[1-4],?)';
/** What is counted after all, or measured. */
const NO_MEASURE = `(?! ?(?:${UNIT})(?![\\p{L}\\d])| (?:of|square|cubic|more|other|different|years?|days?|hours?|minutes?|seconds?|met(?:er|re)s?|miles?|feet|steps?|words?|pages?|people|cases?|places?|homes?|countries|cities|calories|grams?|pounds?|dollars?|euros?|points?|percent|degrees)(?!\\p{L})| ?[%°×=+*/]|[-–]\\p{Ll}|[,.:]\\d|\\p{L}|\\d)`;

/** What stands before a decade: "in her 30s" is no time to wait. */
const OWNERS = 'the|early|late|mid|his|her|their|my|your|our';

const DECADES: Readonly<Record<string, string>> = {
  2: 'twenties',
  3: 'thirties',
  4: 'forties',
  5: 'fifties',
  6: 'sixties',
  7: 'seventies',
  8: 'eighties',
  9: 'nineties',
};

function decadeWords(year: string, dialect: Dialect): string {
  const [century, decade] = [Number(year.slice(0, 2)), DECADES[year.charAt(2)]];
  if (decade) return `${cardinal(century, dialect)} ${decade}`;
  return year.endsWith('00') ? `${pairWords(year)}s` : `${cardinal(century, dialect)} tens`;
}

export const yearRules: readonly Rule[] = [
  rule("(?<![\\d.,])((?:1[1-9]|20)\\d0)['’]?s(?!\\p{L})", ([, year = ''], dialect) => decadeWords(year, dialect)),
  rule("['’‘]([2-9])0['’]?s(?!\\p{L})", ([, tens = '']) => DECADES[tens]),
  rule(`(?<=\\b${anyCase(OWNERS)}[ -])([2-9])0['’]?s(?!\\p{L})`, ([, tens = '']) => DECADES[tens]),
  // From one year to another: "1939-1945", "2019-20".
  rule(
    `(?<![\\d.,])(${YEAR})([-–/])(${YEAR}|\\d{2})(?![\\d%]|[-–/.,:]\\d| ?\\p{Ll}{1,3}(?!\\p{L}))`,
    ([, from = '', mark, to = ''], dialect) => {
      const isLater = Number(to) > Number(to.length === 2 ? from.slice(2) : from);
      if (!isLater || (mark === '/' && to.length === 4)) return undefined;
      const until = to.length === 2 ? pairWords(to) : yearWords(Number(to), dialect);
      return `${yearWords(Number(from), dialect)} to ${until}`;
    },
  ),
  rule(`(?<=\\b(?:${anyCase(LEADS)}[ -]|Q[1-4] ))(${YEAR})${NO_COUNT}`, ([, year = ''], dialect) =>
    yearWords(Number(year), dialect),
  ),
  rule(`(?<=\\b${SURE_LEADS} )((?:19|20)\\d{2})(?<!00)${NO_MEASURE}`, ([, year = ''], dialect) =>
    yearWords(Number(year), dialect),
  ),
  rule(
    `(?<=\\b(?:ca?\\.|${anyCase('in|since|until|before|after|circa|of')}) )(1[0-9][1-9]\\d)${NO_COUNT}`,
    ([, year = '']) => pairWords(year),
  ),
  // Without a word that leads to it, only where years are likeliest, and no round number.
  rule(`(?<![\\d.,$€£]|[-–/+*=×] ?)((?:1[5-9]|20)\\d{2})(?<!00)${NO_COUNT}`, ([, year = ''], dialect) =>
    yearWords(Number(year), dialect),
  ),
  rule("['’‘](\\d{2})(?![\\d\\p{L}'’\"])", ([, year = '']) =>
    year.startsWith('0') ? `oh ${cardinal(Number(year), { isBritish: false })}` : pairWords(year),
  ),
];
