/** Said while the answer takes its time. It is no part of the answer: neither in the history nor repeated with it. */
export interface Filler {
  readonly filler: string;
}

/** A piece of a reply: what the user wanted to know, as it was written, or what bridges the wait for it. */
export type ReplyChunk = string | Filler;

export function isFiller(chunk: ReplyChunk): chunk is Filler {
  return typeof chunk !== 'string';
}

/** While a skill is at work, asked for by the user or as a tool of the model. */
export const ONE_MOMENT: Filler = { filler: 'One moment.' };
