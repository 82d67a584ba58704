/** What may stand before a request and is no part of what is wanted. */
export const ASKED =
  "(?:(?:(?:can|could|would|will) you (?:please )?|i(?:'d| would) like you to |i (?:want|need) you to |let's |just |please |go ahead and )*)";
const FRAME = new RegExp(`^${ASKED}`);

/** Longer than any request; patterns that look for a split in it take longer with each word. */
const MAX_LENGTH = 300;

/** A request as an order: "could you set a timer" without "could you". '' for what is too long to be one. */
export function asOrder(words: string): string {
  return words.length > MAX_LENGTH ? '' : words.replace(FRAME, '');
}
