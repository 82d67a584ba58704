/** Marks that may stand after the end of a sentence and are not heard: of emphasis, brackets, pictures. */
const SILENT_END = /(?:[\s*_~`)\]}]|\p{Extended_Pictographic}|\p{Variation_Selector}|\p{Join_Control})+$/u;
const CLOSING_QUOTE = /["”’'»]+$/u;

/** What may follow a question without making it less of one. */
const INVITATION =
  /(?<=\?["”’'»)*_]*)\s+(?:please\s+)?(?:just |feel free to )?(?:let me know|tell me|say (?:so|yes|the word)|ask|take your time|i'm (?:happy|glad|here) to (?:help|assist|listen))\b[^.?!]*[.!]*$/iu;

/** Questions that want no answer. */
const RHETORICAL =
  /(?:^|[.!?…]\s+|,\s*)(?:guess what|who knew|who knows|why not|so what|you know what|who would have (?:thought|guessed)|isn['’]t (?:it|that|this) (?:great|amazing|wonderful|fascinating|incredible|something|funny|interesting|nice|cool|lovely)|how (?:cool|great|amazing|nice|wonderful) is that|(?:huh|eh|right)) *\?$/iu;

/** A sentence that asks, whoever is quoted in it. */
const ASKS =
  /^\W*(?:(?:so|and|or|but|well|now|okay|then),?\s+)?(?:is|are|am|was|were|do|does|did|have|has|had|can|could|will|would|shall|should|may|might|what|which|who|whose|whom|when|where|why|how)\b/i;

/**
 * Whether a reply ends with a question to the user, who is likely to answer. A question that somebody asks within the reply
 * (He said: "Who is there?") is not for the user, nor is one that needs no answer ("Isn't that amazing?"). English only.
 */
export function asksBack(reply: string): boolean {
  const heard = reply.replace(SILENT_END, '').replace(INVITATION, '').replace(SILENT_END, '');
  const said = heard.replace(CLOSING_QUOTE, '').replace(SILENT_END, '');
  if (!said.endsWith('?') || RHETORICAL.test(said)) return false;
  return said === heard || ASKS.test(lastSentence(said));
}

/** With what is quoted in it: a quotation begins no sentence, "Did you mean" does. */
function lastSentence(text: string): string {
  return text.split(/(?<=[.!?…])\s+/u).at(-1) ?? '';
}
