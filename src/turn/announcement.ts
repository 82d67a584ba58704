import { type Mind, once } from './reply.js';
import { spokenChunks } from './spokenChunks.js';
import type { ReplyDraft } from './turnRecord.js';

/** Words that somebody else wants said, sentence by sentence, as they are: neither skill nor model sees them. */
export async function* announced(
  text: string,
  { chunking }: Mind,
  draft: ReplyDraft,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  draft.why = 'it was told to say this';
  yield* spokenChunks(once(text), chunking, draft.timeline.clock, signal);
}
