import { ABBREVIATION, abbreviationRules } from './abbreviationRules.js';
import { clockRules } from './clockRules.js';
import { dateRules } from './dateRules.js';
import { type Dialect, dialectOf, type SpokenLocale } from './dialect.js';
import { durationRules } from './durationRules.js';
import { fractionRules } from './fractionRules.js';
import { letterRules } from './letterRules.js';
import { looksEnglish } from './looksEnglish.js';
import { mathRules } from './mathRules.js';
import { moneyRules } from './moneyRules.js';
import { numberRules } from './numberRules.js';
import { romanRules } from './romanRules.js';
import { type Rule, readAloud } from './rule.js';
import { serialRules } from './serialRules.js';
import { sizeRules } from './sizeRules.js';
import { unitRules } from './unitRules.js';
import { WEEKDAY, weekdayRules } from './weekdayRules.js';
import { yearRules } from './yearRules.js';

/** From the most to the least particular: the first that matches where the reading stands speaks. */
export const englishRules: readonly Rule[] = [
  ...dateRules,
  ...serialRules,
  ...clockRules,
  ...durationRules,
  ...moneyRules,
  ...yearRules,
  ...fractionRules,
  ...unitRules,
  ...sizeRules,
  ...mathRules,
  ...numberRules,
  ...weekdayRules,
  ...abbreviationRules,
  ...romanRules,
  ...letterRules,
];

/** What any rule needs: most replies have nothing of it. */
const WORTH_READING = new RegExp(
  `[\\d$€£¥₹¢½⅓⅔¼¾²³√≈≤≥±÷=×]|\\p{No}|\\p{Lu}[\\p{Lu}.]|PhD|\\b[VX](?!\\p{L})|\\bI(?:[.,;:!?)]|$)|[ap]\\.\\s?m|${ABBREVIATION}|${WEEKDAY}`,
  'u',
);

/** Words can complete what stands beside them ("w/ 5 cups" and "w/ five cups"); further than this nothing reaches. */
const MAX_PASSES = 4;

/**
 * English text as a person says it: figures, money, times, dates, units, abbreviations, acronyms in words, between the
 * marks that a voice pauses at. What a person would say as it is written comes back byte for byte; so does text of other
 * languages, whatever `locale` says, since words of the wrong language are worse than figures.
 *
 * Its own words stay as they are when they are read again. Takes any text, in time that grows with its length.
 *
 * @param text without markdown, after `speakable`: a chunk of a reply, or more
 * @param before what the reply has said before it: its language is that of chunks that do not show one
 */
export function spokenText(text: string, locale: SpokenLocale, before = ''): string {
  const dialect: Dialect | undefined = dialectOf(locale);
  if (!dialect || !WORTH_READING.test(text) || !looksEnglish(text)) return text;
  if (before !== '' && !looksEnglish(`${before} ${text}`)) return text;
  let spoken = text;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const before = spoken;
    spoken = readAloud(before, englishRules, dialect);
    if (spoken === before) break;
  }
  return spoken;
}

/** No rule has anything to say of these, so that all are tried. */
export const WORD_AND_MARK = 'the §';

/**
 * Tries every pattern, which is compiled by that, and once more, which V8 then compiles for speed: the first figures of the
 * first reply would wait for it, 50 ms on x64. Nothing where `locale` has no rules.
 */
export function warmUpSpokenText(locale: SpokenLocale): void {
  const dialect = dialectOf(locale);
  if (!dialect) return;
  for (let round = 0; round < 2; round++) readAloud(WORD_AND_MARK, englishRules, dialect);
}
