import { onceMore } from '../skills/onceMore.js';
import type { Mind } from './reply.js';
import type { ReplyDraft } from './turnRecord.js';

/** The last reply once more, as far as it had been made when it ended: the double tap says without words "say that again". */
export async function* repeated({ conversation }: Mind, draft: ReplyDraft): AsyncGenerator<string, void, undefined> {
  draft.route = 'intent:repeat';
  draft.why = 'the button was tapped twice';
  const { lastReply } = conversation;
  conversation.repeating();
  yield* onceMore(lastReply);
}
