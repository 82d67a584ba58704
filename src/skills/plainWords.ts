/** What recognisers make of contractions when they leave the apostrophe out. */
const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bwhat ?s\b/g, "what's"],
  [/\btoday ?s\b/g, "today's"],
];

/** Sounds of thinking, wherever they are. */
const HESITATIONS = /\b(?:u+m+|u+h+|e+r+m*|h+m+)\b/g;

/** Said around a request and no part of it. Longer ones first. */
const FRAMES = [
  /^(?:(?:hey|ok|okay|so|well|please|hello|hi|computer|pressel)\b\s*)+/,
  /^(?:(?:can|could|would|will) you (?:please )?(?:tell me|say|let me know) |tell me |do you (?:happen to )?know |(?:i would|i'd) like to know |i want to know )/,
  /(?:\s*\b(?:please|now|right now|again|then|thanks|thank you|for me))+$/,
];

/**
 * An utterance reduced to what patterns look at: lower case, no punctuation, no fillers or polite frames. Speech
 * recognisers differ in all of these.
 */
export function plainWords(utterance: string): string {
  let words = utterance
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[’‘`]/g, "'")
    .replaceAll(/[^\p{L}\p{N}'\s]/gu, ' ')
    .replaceAll(HESITATIONS, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  for (const [spelling, contraction] of CONTRACTIONS) words = words.replace(spelling, contraction);
  for (const frame of FRAMES) words = words.replace(frame, '').trim();
  return words;
}
