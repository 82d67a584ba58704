/** What may stand before a request in the words of `requestWords`. */
export const ASKED =
  "(?:(?:(?:can|could|would|will) you (?:please )?|i(?:'d| would) like you to |i want you to |just )?)";

/** How far something is to be changed, by the slots `bit` and `much`. Ends with a space. */
export const AMOUNT =
  '(?:(?<bit>just a bit|a little bit|a bit|a little|slightly|somewhat|a touch) |(?<much>much|a lot|way|far|even) )?';

/** The same behind what is changed. Begins with a space. */
export const AMOUNT_BEHIND =
  '(?: (?<bit>just a bit|a little bit|a bit|a little|slightly|somewhat|a touch)| (?<much>a lot|much|way))?';

/** How far, in usual steps. */
export function stepsOf({ bit, much }: { readonly bit?: string; readonly much?: string }): number {
  if (bit !== undefined) return 0.5;
  return much === undefined ? 1 : 2;
}
