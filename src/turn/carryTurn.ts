import type { TurnInput, TurnReport } from '../../machines/assistantEvents.js';
import { askedAs } from '../llm/voicePrompt.js';
import { announced } from './announcement.js';
import { asksBack } from './asksBack.js';
import { ONE_MOMENT } from './filler.js';
import { earsDetector, listenForInterruptions } from './interruption/interruptions.js';
import { UserWords } from './interruption/userWords.js';
import type { Ears } from './listen.js';
import { Prefill } from './prefill.js';
import { promptOf } from './prompt.js';
import { repeated } from './repeat.js';
import { type Mind, reply as replyTo } from './reply.js';
import { type SpeakingEvents, speak } from './speak.js';
import { Speculation, type SpeculationOptions } from './speculation.js';
import { type ReplyWords, SpokenReply } from './spokenReply.js';
import type { TurnParts } from './turnActor.js';
import type { TurnControl } from './turnControl.js';
import { type GoingOn, TurnEar } from './turnEar.js';
import { adoptDraft, newDraft, type TurnRecord } from './turnRecord.js';
import { endingWithoutReply } from './withoutReply.js';

const NEVER: SpeculationOptions = { maxAttempts: 0, maxSpeechMs: 0, prefill: false };

/** What the parts of one turn share. */
interface RunningTurn {
  readonly input: TurnInput;
  readonly parts: TurnParts;
  readonly record: TurnRecord;
  readonly report: (event: TurnReport) => void;
  readonly control: TurnControl;
  readonly signal: AbortSignal;
  /** The model is told so, and the same in all that is sent in this turn. */
  readonly askedAt: Date;
}

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

/** Replies that are begun while the user may still speak. */
class Anticipation {
  speculation: Speculation;
  /** What was said before the user went on. */
  said = '';
  readonly #turn: RunningTurn;
  readonly #prefill: Prefill;

  constructor(turn: RunningTurn) {
    this.#turn = turn;
    this.#prefill = new Prefill((question, reading) => {
      turn.record.timeline.mark('prefill');
      const { parts, askedAt, signal } = turn;
      const text = continued(this.said, question);
      const { messages, tools } = promptOf({ text, askedAt }, parts.mind);
      return parts.mind.model.prefill(messages, AbortSignal.any([signal, reading]), tools);
    });
    this.speculation = this.#begin();
  }

  /** For what may follow on `said`. */
  next(said: string): Speculation {
    this.#count();
    this.said = said;
    this.speculation = this.#begin();
    return this.speculation;
  }

  /** The turn is over. */
  stop(): void {
    this.#count();
    this.#turn.record.prefills = this.#prefill.count;
  }

  #begin(): Speculation {
    const { parts } = this.#turn;
    const begin = (heard: string) => {
      const question = continued(this.said, heard);
      return mayAnticipate(parts.mind, question) ? newReply(this.#turn, question) : undefined;
    };
    return new Speculation(parts.speculation ?? NEVER, begin, this.#prefill);
  }

  #count(): void {
    this.speculation.stop();
    this.#turn.record.attempts += this.speculation.attempts;
    this.#turn.record.wastedTokens += this.speculation.wastedTokens;
  }
}

function newReply({ parts, report, askedAt, signal }: RunningTurn, text: string): SpokenReply {
  const words: ReplyWords = (draft, making, mayAct) =>
    replyTo({ text, askedAt }, parts.mind, draft, { report, mayAct }, making);
  return new SpokenReply(words, parts.mouth.voice, newDraft(parts.clock), signal, parts.mind.skillContext());
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

/** Speaks; while it is heard the user may talk into it, where our own voice can be told from theirs. */
async function sayAloud(
  turn: RunningTurn,
  reply: SpokenReply,
  { audible, over }: SpeakingEvents,
  signal: AbortSignal,
): Promise<void> {
  const { parts, record, report, control } = turn;
  const aloud = new AbortController();
  const events: SpeakingEvents = {
    audible: () => {
      audible();
      report({ type: 'turn.audible' });
      hearInterruptions(turn, AbortSignal.any([signal, aloud.signal]));
    },
    over: () => {
      aloud.abort(new Error('the reply is over'));
      over?.();
    },
  };
  await speak(reply, parts.mouth, record, events, control, signal);
}

function hearInterruptions({ parts, report }: RunningTurn, signal: AbortSignal): void {
  const { capture, ears, clock, mouth, echoMode } = parts;
  const mode = echoMode?.() ?? 'half-duplex';
  if (mode === 'half-duplex' || !capture || !ears || !mouth.played) return;
  listenForInterruptions({ capture, ears, clock, mode, aloud: mouth.played, report }, signal).catch(() => {}); // aborted
}

/** Who talks into the reply is heard together with it. */
function earsFor({ source }: TurnInput, { mouth, echoMode, clock }: TurnParts, ears: Ears): Ears {
  if (source.kind !== 'interruption' || !mouth.played) return ears;
  return {
    ...ears,
    vad: earsDetector(ears, echoMode?.() ?? 'half-duplex'),
    recognizer: new UserWords(ears.recognizer, mouth.played, source.sinceMs, clock),
  };
}

function replyEnded({ heard, isLast }: TurnRecord): TurnReport {
  return isLast ? { type: 'turn.farewell' } : { type: 'turn.replyEnded', asks: asksBack(heard) };
}

/** A skill acts on the world: not before the user has finished. */
function mayAnticipate({ router }: Mind, question: string): boolean {
  return router.route(question).route === 'llm';
}

/** Two transcripts of one sentence: what a recogniser takes for its end and its beginning is neither. */
function continued(said: string, more: string): string {
  if (said === '' || more === '') return said + more;
  const begun = said.replace(/[.!?…,;:]+$/u, '');
  const rest = /^I\b/.test(more) ? more : more.charAt(0).toLowerCase() + more.slice(1);
  return `${begun} ${rest}`;
}
