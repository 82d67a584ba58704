/** What recognisers make of contractions when they leave the apostrophe out. */
const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bwhat ?s\b/g, "what's"],
  [/\btoday ?s\b/g, "today's"],
];

/** Sounds of thinking, wherever they are. */
const HESITATIONS = /\b(?:u+m+|u+h+|e+r+m*|h+m+)\b/g;

/** Said before a request and no part of it. */
const OPENERS = 'hey|ok|okay|so|well|please|hello|hi|computer';

/** The same around it, without what it may begin with. Longer ones first. */
const FRAMES = [
  /^(?:(?:can|could|would|will) you (?:please )?(?:tell me|say|let me know) |tell me |do you (?:happen to )?know |(?:i would|i'd) like to know |i want to know )/,
  /(?:\s*\b(?:please|now|right now|again|then|thanks|thank you|for me))+$/,
];

/**
 * An utterance reduced to what patterns look at: lower case, no punctuation, no fillers or polite frames. Speech
 * recognisers differ in all of these.
 * @param name what the assistant is called, which is no part of a request either
 */
export function plainWords(utterance: string, name: string): string {
  let words = lettersOnly(utterance).replaceAll(HESITATIONS, ' ').replaceAll(/\s+/g, ' ').trim();
  for (const [spelling, contraction] of CONTRACTIONS) words = words.replace(spelling, contraction);
  const called = lettersOnly(name).replaceAll(/\s+/g, ' ').trim();
  const openers = called === '' ? OPENERS : `${OPENERS}|${called}`;
  for (const frame of [new RegExp(`^(?:(?:${openers})(?![\\p{L}\\p{N}'])\\s*)+`, 'u'), ...FRAMES]) {
    words = words.replace(frame, '').trim();
  }
  return words;
}

/** In lower case, with white space for all that is said with no sound. */
function lettersOnly(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[’‘`]/g, "'")
    .replaceAll(/[^\p{L}\p{N}'\s]/gu, ' ');
}
