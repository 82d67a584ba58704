/** Abbreviations that stand before a name and so never close a sentence: "Dr. Smith", "Mt. Fuji", "vs. them". */
const BEFORE_A_NAME: ReadonlySet<string> = new Set(
  'dr mr mrs ms mx prof rev hon gen sen rep gov capt col lt sgt cmdr st mt ft fr hr sr sra mme mlle vs cf ca approx'.split(
    ' ',
  ),
);

/** Abbreviations that stand before a number: "No. 5", "Jan. 5", "p. 12". Elsewhere they are words or end a sentence. */
const BEFORE_A_NUMBER: ReadonlySet<string> = new Set(
  'no nos nr fig vol ch sec p pp art jan feb mar apr jun jul aug sep sept oct nov dec'.split(' '),
);

/** Words that open a new sentence when they are capitalised, even after "U.S." or "plan B.". */
const SENTENCE_OPENERS: ReadonlySet<string> = new Set(
  (
    'a after also an and are as at before but can could do does for he her here his how i if in is it its let my no ' +
    'now of ok okay on or our please she so that the their then there these they this those to we what when where ' +
    'which who why will with would yes you your'
  ).split(' '),
);

/**
 * Whether a single dot between `before` and `after` closes a sentence. Most abbreviations need no list: in cased text a
 * sentence does not go on with a lower-case letter ("approx. five", "5 p.m. today"), and letters with dots between
 * them ("U.S.A.") or a single capital ("J. R. R. Tolkien") are initials.
 *
 * @param before the word up to the dot, without it; may hold dots itself ("p.m")
 * @param after the word behind it, or "" at the end of the text
 * @param cased whether the text uses capital letters at all; in a text without, case says nothing
 */
export function closesSentence(before: string, after: string, cased: boolean): boolean {
  if (after === '') return true;
  if (cased && /^\p{Ll}/u.test(after)) return false;
  const word = before.toLowerCase();
  if (BEFORE_A_NUMBER.has(word) && /^\p{N}/u.test(after)) return false;
  const opener = /^\p{Lu}/u.test(after) && SENTENCE_OPENERS.has(after.toLowerCase());
  if (opener) return true;
  if (BEFORE_A_NAME.has(word)) return false;
  if (/^[ap]\.m$/.test(word)) return /^\p{Lu}/u.test(after);
  const initials = /^(\p{L}\.)+\p{L}$/u.test(before) || (/^\p{Lu}$/u.test(before) && before !== 'I');
  return !initials;
}
