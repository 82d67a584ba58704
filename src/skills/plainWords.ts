/** Said around a request and no part of it. Longer ones first. */
const FRAMES = [
  /^(?:(?:hey|ok|okay|so|well|um|uh|er|please|hello|hi|computer|pressel)\b[\s,]*)+/,
  /^(?:(?:can|could|would|will) you (?:please )?(?:tell me|say|let me know) |(?:please )?tell me |do you (?:happen to )?know |i (?:would|'d) like to know |i want to know )/,
  /(?:[\s,]*\b(?:please|now|right now|again|then|thanks|thank you|for me))+$/,
];

/**
 * An utterance reduced to what patterns look at: lower case, no punctuation, no fillers or polite frames. Speech
 * recognisers differ in all of these.
 */
export function plainWords(utterance: string): string {
  let words = utterance
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll(/[’‘`]/g, "'")
    .replaceAll(/[^\p{L}\p{N}'\s]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  for (const frame of FRAMES) words = words.replace(frame, '').trim();
  return words;
}
