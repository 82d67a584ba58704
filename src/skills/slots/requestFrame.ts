/** Said before a request and no part of what is wanted. */
const ASKED =
  /^(?:(?:(?:can|could|would|will) you (?:please )?|i(?:'d| would) like you to |i (?:want|need) you to |let's |just |please |go ahead and )+)/;

/** A request as an order: "could you set a timer" without "could you". */
export function asOrder(words: string): string {
  return words.replace(ASKED, '');
}
