/** More in a row are not said. Without an end, the time not to match could double with each phrase that is read two ways. */
const MAX_IN_A_ROW = 8;

/** What may stand before a request and is no part of what is wanted. */
const FRAMES = [
  '(?:can|could|would|will) you',
  'you (?:can|could)',
  "i(?:'d| would) (?:like|love) you to",
  'i (?:want|need) you to',
  "(?:i(?:'m| am| was) )?wondering if|i wonder if|(?:is there )?any chance",
  '(?:is it|would it be) possible(?: for you)? to|(?:would|do) you mind',
  "let's",
  'go ahead and',
  'please|just|maybe|perhaps|possibly|kindly|quickly',
].join('|');
export const ASKED = repeated(FRAMES);
const FRAME = new RegExp(`^${ASKED}`);

/** Longer than any request; patterns that look for a split in it take longer with each word. */
const MAX_LENGTH = 300;

/**
 * Phrases with a space behind each, in any order, as often as anybody says them.
 * @param phrases alternatives of a pattern; none may be what two others make together
 */
export function repeated(phrases: string): string {
  return `(?:(?:${phrases}) ){0,${MAX_IN_A_ROW}}`;
}

/** The same with a space before each. */
export function repeatedBehind(phrases: string): string {
  return `(?: (?:${phrases})){0,${MAX_IN_A_ROW}}`;
}

/** Verbs of whoever asks for a thing: "I'd like a timer". */
export const WANTED = "(?:i(?:'d| would) like|i(?:'ll)? need|i want|let me have|(?:can|could|may) i (?:have|get))";

/** A request as an order: "could you set a timer" without "could you". '' for what is too long to be one. */
export function asOrder(words: string): string {
  return words.length > MAX_LENGTH ? '' : words.replace(FRAME, '');
}
