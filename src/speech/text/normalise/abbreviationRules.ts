import { SENTENCE_END } from './clockRules.js';
import { anyCase, type Rule, wordRule } from './rule.js';

/** Before a name, with or without the full stop. */
const TITLES: Readonly<Record<string, string>> = {
  Mr: 'Mister',
  Mrs: 'Missus',
  Ms: 'Miz',
  Dr: 'Doctor',
  Prof: 'Professor',
  Capt: 'Captain',
  Sgt: 'Sergeant',
  Lt: 'Lieutenant',
  Col: 'Colonel',
  Gen: 'General',
  Sen: 'Senator',
  Gov: 'Governor',
  Rev: 'Reverend',
  Pres: 'President',
  St: 'Saint',
  Mt: 'Mount',
  Ft: 'Fort',
};

/** After a name. */
const PLACES: Readonly<Record<string, string>> = {
  St: 'Street',
  Rd: 'Road',
  Ave: 'Avenue',
  Blvd: 'Boulevard',
  Dr: 'Drive',
  Ln: 'Lane',
  Sq: 'Square',
  Jr: 'Junior',
  Sr: 'Senior',
  Inc: 'Incorporated',
  Ltd: 'Limited',
  Corp: 'Corporation',
  Co: 'Company',
  Bros: 'Brothers',
};

/** Before a figure. */
const NUMBERED: Readonly<Record<string, string>> = {
  no: 'number',
  nos: 'numbers',
  p: 'page',
  pp: 'pages',
  fig: 'figure',
  figs: 'figures',
  vol: 'volume',
  ch: 'chapter',
  chap: 'chapter',
  sec: 'section',
  op: 'opus',
  art: 'article',
  c: 'circa',
  ca: 'circa',
  ext: 'extension',
};

/** Before what they introduce: they end no sentence. */
const LEAD_INS: Readonly<Record<string, string>> = {
  'e.g': 'for example',
  'i.e': 'that is',
  vs: 'versus',
  approx: 'approximately',
  'a.k.a': 'also known as',
  incl: 'including',
  excl: 'excluding',
};

/** Anywhere. */
const WORDS: Readonly<Record<string, string>> = {
  etc: 'et cetera',
  min: 'minimum',
  max: 'maximum',
  avg: 'average',
  dept: 'department',
  apt: 'apartment',
  govt: 'government',
  tbsp: 'tablespoon',
  tsp: 'teaspoon',
  hrs: 'hours',
  mins: 'minutes',
  secs: 'seconds',
  yrs: 'years',
  'Ph.D': 'P H D',
};

/** With the full stop only as written here: without it, or with a small letter, these are other words. */
const CALENDAR: Readonly<Record<string, string>> = {
  Mon: 'Monday',
  Tue: 'Tuesday',
  Tues: 'Tuesday',
  Wed: 'Wednesday',
  Thu: 'Thursday',
  Thurs: 'Thursday',
  Fri: 'Friday',
  Jan: 'January',
  Feb: 'February',
  Apr: 'April',
  Aug: 'August',
  Sept: 'September',
  Oct: 'October',
  Nov: 'November',
  Dec: 'December',
};

const anyOf = (words: Readonly<Record<string, string>>): string =>
  Object.keys(words)
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll('.', '\\.'))
    .join('|');

/** A word of its own. */
const ALONE = "(?<![\\p{L}.'’])";
/** The abbreviation's full stop; not the one that also ends the sentence. */
const STOP = `\\.(?!\\p{L})(?!${SENTENCE_END})`;
/** A full stop that stays where it is. */
const END = `(?=\\.${SENTENCE_END})`;

const lookUp =
  (words: Readonly<Record<string, string>>) =>
  ([, written = '']: RegExpExecArray): string | undefined =>
    words[written] ?? words[written.charAt(0).toLowerCase() + written.slice(1)];

const asCapital =
  (say: (match: RegExpExecArray) => string | undefined) =>
  (match: RegExpExecArray): string | undefined => {
    const words = say(match);
    return /^\p{Lu}/u.test(match[0]) ? words && words.charAt(0).toUpperCase() + words.slice(1) : words;
  };

/** All that the rules know, as the source of a pattern. */
export const ABBREVIATION = `${ALONE}(?:${[PLACES, TITLES, CALENDAR].map(anyOf).join('|')}|${anyCase([NUMBERED, LEAD_INS, WORDS].map(anyOf).join('|'))})\\.|${ALONE}(?:Mrs?|Ms|Dr|St|vs) |${ALONE}w/`;

export const abbreviationRules: readonly Rule[] = [
  wordRule(
    `(?<=\\p{Lu}\\p{L}{1,20},? )(${anyOf(PLACES)})(?:\\.(?! \\p{Lu}\\p{L})(?!${SENTENCE_END})|${END})`,
    lookUp(PLACES),
  ),
  wordRule(`(?<=\\p{Lu}\\p{Ll}{1,20} )(St|Rd|Ave|Blvd|Ln)(?=[,;:!?]|$)`, lookUp(PLACES)),
  wordRule(`${ALONE}(${anyOf(TITLES)})\\.(?= (?:and |or )?\\p{Lu})`, lookUp(TITLES)),
  wordRule(`${ALONE}(Mrs|Mr|Ms|Dr|St)(?= \\p{Lu}\\p{Ll})`, lookUp(TITLES)),
  wordRule(`${ALONE}(${anyCase(anyOf(NUMBERED))})\\. ?(?=\\d)`, asCapital(lookUp(NUMBERED))),
  wordRule(
    `${ALONE}(${anyCase(anyOf(LEAD_INS))})(?:\\.(?!\\p{L}|["'”’)]{0,3}$)|(?=\\.["'”’)]{0,3}$))`,
    asCapital(lookUp(LEAD_INS)),
  ),
  wordRule(`${ALONE}(${anyCase(anyOf(WORDS))})(?:${STOP}|${END})`, asCapital(lookUp(WORDS))),
  wordRule(`${ALONE}(vs)(?= [\\p{L}\\d])`, lookUp(LEAD_INS)),
  wordRule(`(?<!-)${ALONE}(${anyOf(CALENDAR)})(?:${STOP}|${END})`, lookUp(CALENDAR)),
  wordRule(`${ALONE}w/o(?= [\\p{L}\\d])`, () => 'without'),
  wordRule(`${ALONE}w/ ?(?=\\p{L}{2}|\\d)`, () => 'with'),
];
