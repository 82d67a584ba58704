import { NOTHING_SAID } from './apology.js';
import type { Mind } from './reply.js';
import type { TurnRecord } from './turnRecord.js';

/** The last reply once more, as far as it had been made when it ended. */
export async function* repeated({ conversation }: Mind, record: TurnRecord): AsyncGenerator<string, void, undefined> {
  record.route = 'intent:repeat';
  record.why = 'the button was tapped twice';
  yield* conversation.lastReply.length > 0 ? conversation.lastReply : [NOTHING_SAID];
}
