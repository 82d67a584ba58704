import type { TurnInput, TurnReport } from '../../machines/assistantEvents.js';
import { askedAs } from '../llm/voicePrompt.js';
import { announced } from './announcement.js';
import { Anticipation, continued, mayAnticipate } from './anticipation.js';
import { asksBack } from './asksBack.js';
import { ONE_MOMENT } from './filler.js';
import { repeated } from './repeat.js';
import { newReply, type RunningTurn } from './runningTurn.js';
import { earsFor, sayAloud } from './sayAloud.js';
import type { SpeakingEvents } from './speak.js';
import { type ReplyWords, SpokenReply } from './spokenReply.js';
import type { TurnParts } from './turnActor.js';
import type { TurnControl } from './turnControl.js';
import { type GoingOn, TurnEar } from './turnEar.js';
import { adoptDraft, type TurnRecord } from './turnRecord.js';
import { endingWithoutReply } from './withoutReply.js';

/** Carries one turn from the first frame, or the typed question, to the last sample of the reply. @throws {TurnError} */
export async function carryTurn(
  input: TurnInput,
  parts: TurnParts,
  record: TurnRecord,
  report: (event: TurnReport) => void,
  control: TurnControl,
  signal: AbortSignal,
): Promise<void> {
  const turn = { input, parts, record, report, control, signal, askedAt: parts.mind.skillContext().now };
  report(await ending(turn));
}

/** @returns how it ended, to be reported */
function ending(turn: RunningTurn): Promise<TurnReport> {
  const { source } = turn.input;
  if (source.kind === 'repeat') return repeatReply(turn);
  if (source.kind === 'say') return announce(turn, source.text);
  if (source.kind === 'typed') return answerTyped(turn, source.question.trim());
  return answerSpoken(turn);
}

async function repeatReply(turn: RunningTurn): Promise<TurnReport> {
  const { parts, record, control, signal } = turn;
  record.timeline.mark('speechEnd');
  await control.committed(signal);
  // A repetition that is interrupted can still be had from the beginning.
  const reply = new SpokenReply(
    (draft) => repeated(parts.mind, draft),
    parts.mouth.voice,
    record,
    signal,
    parts.mind.skillContext(),
  );
  await sayAloud(turn, reply, { audible: () => {} }, signal);
  return replyEnded(record);
}

/** Nobody has asked, so nobody is waited for; but who did not catch it can have it again. */
async function announce(turn: RunningTurn, text: string): Promise<TurnReport> {
  const { parts, record, control, signal } = turn;
  const { mind, mouth } = parts;
  record.timeline.mark('speechEnd');
  await control.committed(signal);
  const words: ReplyWords = (draft, making) => announced(text, mind, draft, making);
  const reply = new SpokenReply(words, mouth.voice, record, signal, mind.skillContext());
  const over = () => {
    mind.conversation.lastReply = [...reply.draft.chunks];
  };
  await sayAloud(turn, reply, { audible: () => {}, over }, signal);
  return { type: 'turn.farewell' };
}

async function answerTyped(turn: RunningTurn, question: string): Promise<TurnReport> {
  const { record, control, signal } = turn;
  record.transcript = question;
  record.timeline.mark('speechEnd');
  if (question === '') return { type: 'turn.nothingHeard' };
  await control.committed(signal);
  await converse(turn, question, newReply(turn, question), undefined);
  return replyEnded(record);
}

/** The user may go on after the end that was not one: then all of it is the question, and the reply is begun anew. */
async function answerSpoken(turn: RunningTurn): Promise<TurnReport> {
  const { input, parts, record, report, control, signal } = turn;
  const { capture, ears, reopenMs = 0 } = parts;
  if (!capture || !ears) return { type: 'turn.nothingHeard' };
  const anticipation = new Anticipation(turn);
  anticipation.speculation.listening();
  const { timeline } = record;
  const ear = new TurnEar(
    { capture, ears: earsFor(input, parts, ears), timeline, control, report },
    input.source,
    signal,
  );
  try {
    for (let listening = ear.listen(anticipation.speculation); ; ) {
      const heard = await listening;
      const { transcript, end } = heard;
      const question = continued(anticipation.said, transcript);
      record.transcript = question;
      const ending = endingWithoutReply(input.source, question, heard, parts);
      if (ending) return ending;
      // Who lets go of the button has finished; and a skill that has acted cannot take it back.
      const mayGoOn = end === 'silence' && reopenMs > 0 && mayAnticipate(parts.mind, question);
      if (!mayGoOn) await ear.close();
      await control.committed(signal);
      const reply = anticipation.speculation.adopt(transcript) ?? newReply(turn, question);
      const goingOn = mayGoOn ? ear.hearOn(reopenMs, anticipation.next(question)) : undefined;
      const outcome = await converse(turn, question, reply, goingOn);
      if (outcome === 'ended' || !goingOn) return replyEnded(record);
      listening = goingOn.heard;
    }
  } finally {
    await ear.close();
    anticipation.stop();
  }
}

/**
 * Speaks the reply to a question. Both become part of the conversation, as far as they were heard.
 * @param goingOn until something of the reply is audible, the user may take the turn back
 */
async function converse(
  turn: RunningTurn,
  question: string,
  reply: SpokenReply,
  goingOn: GoingOn | undefined,
): Promise<'ended' | 'reopened'> {
  const { parts, record, askedAt, signal } = turn;
  const { mind } = parts;
  const wentOn = () => goingOn?.began.aborted === true && !signal.aborted;
  const events: SpeakingEvents = {
    audible: () => {
      goingOn?.stop();
    },
    // Within the abort, so that a turn that takes this one's place knows what was heard of it.
    over: () => {
      if (wentOn() || reply.draft.isAside) return;
      // An apology is not the model's: it would learn from it that it cannot be reached.
      if (reply.draft.route !== 'offline') {
        mind.conversation.add(askedAs(question, askedAt), record.heard, record.interrupted);
      }
      mind.conversation.lastReply = reply.draft.chunks.filter((chunk) => chunk !== ONE_MOMENT.filler);
    },
  };
  record.anticipated = reply.wasBegunEarly;
  // What it has done cannot be taken back: then it is too late to go on, as it is when it can be heard.
  reply.letAct(() => goingOn?.stop());
  try {
    await sayAloud(turn, reply, events, goingOn ? AbortSignal.any([signal, goingOn.began]) : signal);
  } catch (error) {
    if (!wentOn()) throw error;
    Object.assign(record, { heard: '', interrupted: false, queuedMs: [] } satisfies Partial<TurnRecord>);
    return 'reopened';
  } finally {
    goingOn?.stop();
    if (!wentOn()) adoptDraft(record, reply.draft);
  }
  return 'ended';
}

function replyEnded({ heard, isLast }: TurnRecord): TurnReport {
  return isLast ? { type: 'turn.farewell' } : { type: 'turn.replyEnded', asks: asksBack(heard) };
}
