import type { TurnInput, TurnReport } from '../../machines/assistantEvents.js';
import { reply as replyTo } from './reply.js';
import { type ReplyWords, SpokenReply } from './spokenReply.js';
import type { TurnParts } from './turnActor.js';
import type { TurnControl } from './turnControl.js';
import { newDraft, type TurnRecord } from './turnRecord.js';

/** What the parts of one turn share. */
export interface RunningTurn {
  readonly input: TurnInput;
  readonly parts: TurnParts;
  readonly record: TurnRecord;
  readonly report: (event: TurnReport) => void;
  readonly control: TurnControl;
  readonly signal: AbortSignal;
  /** The model is told so, and the same in all that is sent in this turn. */
  readonly askedAt: Date;
}

/** The reply to a question of this turn, in the making. */
export function newReply({ parts, report, askedAt, signal }: RunningTurn, text: string): SpokenReply {
  const words: ReplyWords = (draft, making, mayAct) =>
    replyTo({ text, askedAt }, parts.mind, draft, { report, mayAct }, making);
  return new SpokenReply(words, parts.mouth.voice, newDraft(parts.clock), signal, parts.mind.skillContext());
}
