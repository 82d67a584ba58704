/** What recognisers make of contractions when they leave the apostrophe out. */
const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bwhat ?s\b/g, "what's"],
  [/\btoday ?s\b/g, "today's"],
];

/** Sounds of thinking, wherever they are. */
const HESITATIONS = /\b(?:u+m+|u+h+|e+r+m*|h+m+)\b/g;

/** Said before a request and no part of it. */
const OPENERS = 'hey|ok|okay|so|well|please|hello|hi|computer';

/** Said after it. */
const CLOSERS = 'please|now|right now|for now|then|thanks|thank you|for me';

/** What makes a request of a question, and is no part of the question. Longer ones first. */
const FRAMES = [
  /^(?:(?:can|could|would|will) you (?:please )?(?:tell me|say|let me know) |tell me |do you (?:happen to )?know |(?:i would|i'd) like to know |i want to know )/,
  new RegExp(`(?:\\s*\\b(?:${CLOSERS}|again))+$`),
];

/**
 * A question reduced to what patterns look at: what is left of `requestWords` without "can you tell me" and the like.
 * "What time was it again?" asks what time it was; who says "say that again" means another thing by it.
 * @param name see `requestWords`
 */
export function plainWords(utterance: string, name: string): string {
  return FRAMES.reduce((words, frame) => words.replace(frame, '').trim(), requestWords(utterance, name));
}

/**
 * A request reduced to what patterns look at: lower case, no punctuation, no fillers, nothing that is only polite. Speech
 * recognisers differ in all of these.
 * @param name what the assistant is called, which is no part of a request either
 */
export function requestWords(utterance: string, name: string): string {
  let words = lettersOnly(utterance).replaceAll(HESITATIONS, ' ').replaceAll(/\s+/g, ' ').trim();
  for (const [spelling, contraction] of CONTRACTIONS) words = words.replace(spelling, contraction);
  const called = lettersOnly(name).replaceAll(/\s+/g, ' ').trim();
  const openers = called === '' ? OPENERS : `${OPENERS}|${called}`;
  const opened = new RegExp(`^(?:(?:${openers})(?![\\p{L}\\p{N}'])\\s*)+`, 'u');
  const closers = called === '' ? CLOSERS : `${CLOSERS}|${called}`;
  const closed = new RegExp(`(?:(?:^| )(?:${closers}))+$`);
  return words.replace(opened, '').replace(closed, '').trim();
}

/** In lower case, with white space for all that is said with no sound. */
function lettersOnly(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[’‘`]/g, "'")
    .replaceAll(/[^\p{L}\p{N}'\s]/gu, ' ');
}
