import { withoutHesitations } from './slots/hesitations.js';
import { ASKED } from './slots/requestFrame.js';

/** What recognisers make of contractions when they leave the apostrophe out. */
const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bwhat ?s\b/g, "what's"],
  [/\btoday ?s\b/g, "today's"],
];

/** Said before a request and no part of it. */
const OPENERS =
  '(?:hey|hello|hi)(?: there)?|excuse me|ok|okay|all right|alright|so|well|oh|actually|and|please|computer';

/** Said after it. */
const CLOSERS =
  "please|now|right now|at the moment|for now|then|thanks|thank you|for me|for us|will you|would you|could you|can you|if you (?:can|could|would|like|don't mind)|if possible|real quick|quickly";

/** What makes a request of a question, and is no part of the question. Longer ones first. */
const FRAMES = [
  new RegExp(
    `^${ASKED}(?:(?:tell me|say|let me know|remind me) (?!(?:in|after) )|do you (?:happen to )?know |i(?:'d| would) (?:like|love) to know |i (?:want|need) to know )`,
  ),
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
  let words = withoutHesitations(lettersOnly(utterance)).replaceAll(/\s+/g, ' ').trim();
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
