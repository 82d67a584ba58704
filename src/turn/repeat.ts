import { NOTHING_SAID } from './apology.js';
import type { Mind } from './reply.js';
import type { ReplyDraft } from './turnRecord.js';

/** The last reply once more, as far as it had been made when it ended. */
export async function* repeated({ conversation }: Mind, draft: ReplyDraft): AsyncGenerator<string, void, undefined> {
  draft.route = 'intent:repeat';
  draft.why = 'the button was tapped twice';
  const { lastReply } = conversation;
  yield* lastReply.length > 0 ? lastReply.map((chunk) => `${chunk} `) : [NOTHING_SAID];
}
