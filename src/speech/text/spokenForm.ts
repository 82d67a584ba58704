import type { SpokenLocale } from './normalise/dialect.js';
import { spokenText } from './normalise/spokenText.js';

/** British and old spellings that recognisers use, and the one that references are written in. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\bto-? ?(day|night|morrow)\b/g, 'to$1'],
  [/\b(any|every|some|no) (thing|body|where)\b/g, '$1$2'],
  [/\b(any|every|some) one\b/g, '$1one'],
  [/\bgood-?bye\b/g, 'goodbye'],
  [/\b(kilo|centi|milli)?metre(s?)\b/g, '$1meter$2'],
  [/\b(milli)?litre(s?)\b/g, '$1liter$2'],
  [/\b(cent|theat|fib)re(s?)\b/g, '$1er$2'],
  [/\b(col|fav|hon|lab|neighb|harb|flav|behavi)our/g, '$1or'],
  [/\b(real|organ|recogn|apolog)is(e|es|ed|ing)\b/g, '$1iz$2'],
  [/\bgrey\b/g, 'gray'],
  [/\bok\b/g, 'okay'],
];

/** Where it does not matter to the comparison which of the ways of saying it is meant. */
const AMERICAN: SpokenLocale = { language: 'en-US', clock: '12h' };

/**
 * The words of an English text as they are heard: lower case, without punctuation, hyphens as spaces, figures, money,
 * times and abbreviations as words, one spelling for each word.
 */
export function spokenForm(text: string): string[] {
  // In a text without small letters, capitals tell nothing of acronyms.
  const cased = /\p{Ll}/u.test(text) || text.split(' ').length < 4 ? text : text.toLowerCase();
  let plain = spokenText(cased, AMERICAN).toLowerCase().replaceAll('’', "'");
  for (const [pattern, spelling] of SPELLINGS) plain = plain.replace(pattern, spelling);
  return plain
    .replace(/\d+/g, ' $& ')
    .replace(/[^\p{L}\d' ]+/gu, ' ')
    .split(/\s+/)
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .filter((word) => word !== '');
}
