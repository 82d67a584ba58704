/**
 * The skill has looked closer: the question is none for it, and nothing was done. The chat model gets it. Only where a
 * skill has to ask somebody else; all others know by the words.
 */
export class Declined extends Error {
  override readonly name = 'Declined';
}
