import type { TurnChunk, TurnRow } from '../protocol.js';

/** A chunk of the reply, cut where the user stopped hearing it. Texts are null where words are hidden. */
export interface HeardChunk {
  readonly heard: string | null;
  readonly unheard: string | null;
  readonly heardChars: number;
  readonly unheardChars: number;
  /** As in `TurnChunk`. */
  readonly queuedMs: number | null;
}

/** Where each chunk of a reply was cut. Chunks are counted as joined by one blank each. */
export function heardReply({ chunks, heardChars }: Pick<TurnRow, 'chunks' | 'heardChars'>): HeardChunk[] {
  let startsAt = 0;
  return chunks.map((chunk) => {
    const heard = Math.min(chunk.chars, Math.max(0, heardChars - startsAt));
    startsAt += chunk.chars + 1;
    return cut(chunk, heard);
  });
}

function cut({ text, chars, queuedMs }: TurnChunk, heardChars: number): HeardChunk {
  return {
    heard: text === null ? null : text.slice(0, heardChars),
    unheard: text === null ? null : text.slice(heardChars),
    heardChars,
    unheardChars: chars - heardChars,
    queuedMs,
  };
}
