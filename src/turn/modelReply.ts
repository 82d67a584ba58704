import type { TurnReport } from '../../machines/assistantEvents.js';
import { LlmError } from '../llm/chatModel.js';
import { apologyFor, NO_ANSWER } from './apology.js';
import type { ReplyChunk } from './filler.js';
import type { LongWait } from './longWait.js';
import { promptOf } from './prompt.js';
import type { Mind, Question } from './reply.js';
import { ToolRounds } from './toolRounds.js';
import type { ReplyDraft } from './turnRecord.js';

/** What a reply needs of the turn that it is made for. */
export interface ReplyOccasion {
  readonly report: (event: TurnReport) => void;
  /** Resolves when the user has finished, so that what is done now was asked for. @throws when the reply is not wanted */
  readonly mayAct: () => Promise<void>;
}

/**
 * What the chat model says to a question, with what it has asked its tools. A model that fails gives an apology if nothing
 * was said yet, or what its tools have answered; else the reply ends where it ends. The draft says what happened.
 *
 * @throws the signal's reason
 */
export async function* modelReply(
  question: Question,
  mind: Mind,
  draft: ReplyDraft,
  occasion: ReplyOccasion,
  wait: LongWait,
  signal: AbortSignal,
): AsyncGenerator<ReplyChunk, void, undefined> {
  const rounds = new ToolRounds(promptOf(question, mind), mind, draft, occasion, wait, signal);
  try {
    yield* rounds.run();
    if (!rounds.hasAnswered) yield* spoken(rounds.ownAnswer ?? NO_ANSWER, rounds);
  } catch (error) {
    if (signal.aborted || !(error instanceof LlmError)) throw error;
    draft.problem = {
      reason: rounds.hasSaid || rounds.ownAnswer !== undefined ? 'replyIncomplete' : 'modelFailed',
      message: error.message,
    };
    occasion.report({ type: 'turn.modelFailed' });
    if (rounds.hasAnswered) return;
    if (rounds.ownAnswer !== undefined) {
      yield* spoken(rounds.ownAnswer, rounds);
      return;
    }
    draft.route = 'offline';
    yield rounds.apart(apologyFor(error.reason));
  }
}

function* spoken(answer: string, rounds: ToolRounds): Generator<string> {
  if (answer !== '') yield rounds.apart(answer);
}
