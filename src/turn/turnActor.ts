import { fromCallback } from 'xstate';
import type { CaptureDriver } from '../../hardware/audio/drivers.js';
import type { Clock } from '../../hardware/clock.js';
import type { TurnCommand, TurnInput, TurnReport } from '../../machines/assistantEvents.js';
import { askedAs } from '../llm/voicePrompt.js';
import type { HearingControl } from '../speech/hearing.js';
import { type Ears, listen } from './listen.js';
import { Prefill } from './prefill.js';
import { repeated } from './repeat.js';
import { type Mind, promptOf, reply as replyTo } from './reply.js';
import { type Mouth, type SpeakingEvents, speak } from './speak.js';
import { Speculation, type SpeculationOptions } from './speculation.js';
import { type ReplyWords, SpokenReply } from './spokenReply.js';
import { adoptDraft, newDraft, type ReplyDraft, TurnError, type TurnRecord } from './turnRecord.js';

const NEVER: SpeculationOptions = { maxAttempts: 0, maxSpeechMs: 0, prefill: false };

/** The first word is often begun before the button is down. In a follow-up the sound before was our own reply. */
const PRE_ROLL_MS = 500;

export interface TurnParts {
  /** What each listening turn hears; undefined where there is no microphone. */
  readonly capture: CaptureDriver | undefined;
  readonly ears: Ears | undefined;
  readonly mind: Mind;
  readonly mouth: Mouth;
  readonly clock: Clock;
  /** Whether and how replies are begun at a pause. Default: never. */
  readonly speculation?: SpeculationOptions;
  /** Gets each turn's record when the turn is over, however it ended. */
  readonly onRecord: (record: TurnRecord) => void;
}

/**
 * The actor that carries one turn: capture -> ears -> mind -> mouth. It reports facts to the statechart and obeys
 * its commands; a turn that the button began listens as long as that is held. When it is stopped its signal aborts, and
 * with it everything the turn has started.
 */
export function turnActor(parts: TurnParts) {
  return fromCallback<TurnCommand, TurnInput>(({ input, sendBack, receive }) => {
    const turn = new AbortController();
    const commit = new AbortController();
    const letGo = new AbortController();
    if (input.source.kind !== 'button') letGo.abort();
    receive(({ type }) => (type === 'commit' ? commit : letGo).abort());
    const control = { commit: commit.signal, letGo: letGo.signal };
    const record = newRecord(input, parts.clock);
    const report = (event: TurnReport) => {
      if (event.type === 'transcript.partial') record.partials += 1;
      sendBack(event);
    };
    carry(input, parts, record, report, control, turn.signal)
      .catch((error: unknown) => {
        if (turn.signal.aborted) return;
        const reason = error instanceof TurnError ? error.reason : 'internal';
        record.problem = { reason, message: error instanceof Error ? error.message : String(error) };
        report({ type: 'turn.failed', reason });
      })
      .finally(() => {
        turn.abort(new Error(`${input.turnId} is over`)); // after a failure, parts of it may still be at work
        parts.onRecord(record);
      });
    return () => turn.abort(new Error(`${input.turnId} was stopped`));
  });
}

async function carry(
  { source }: TurnInput,
  parts: TurnParts,
  record: TurnRecord,
  report: (event: TurnReport) => void,
  control: HearingControl,
  signal: AbortSignal,
): Promise<void> {
  const { mind, mouth, clock } = parts;
  const reply = (words: ReplyWords, draft: ReplyDraft) => new SpokenReply(words, mouth.voice, draft, signal);
  const askedAt = mind.skillContext().now;
  const answer =
    (text: string): ReplyWords =>
    (draft, making) =>
      replyTo({ text, askedAt }, mind, draft, report, making);
  const prefill = new Prefill((text, reading) => {
    record.timeline.mark('prefill');
    return mind.model.prefill(promptOf({ text, askedAt }, mind), AbortSignal.any([signal, reading]));
  });
  const speculation = new Speculation(
    parts.speculation ?? NEVER,
    (question) => (mayAnticipate(mind, question) ? reply(answer(question), newDraft(clock)) : undefined),
    prefill,
  );
  try {
    if (source.kind === 'repeat') {
      record.timeline.mark('speechEnd');
    } else if (source.kind === 'typed') {
      record.transcript = source.question.trim();
      record.timeline.mark('speechEnd');
    } else {
      record.transcript = await heard(parts, record, report, control, speculation, signal);
    }
    const { transcript: question } = record;
    if (question === '') {
      report({ type: 'turn.nothingHeard' });
      return;
    }
    await committed(control.commit, signal);
    if (question === null) {
      // A repetition that is interrupted can still be had from the beginning.
      await speak(
        reply((draft) => repeated(mind, draft), record),
        mouth.playback,
        record,
        sounds(report),
        signal,
      );
    } else {
      const early = speculation.adopt(question);
      const asked = askedAs(question, askedAt);
      await converse(early ?? reply(answer(question), record), asked, parts, record, report, signal);
    }
    report({ type: 'turn.replyEnded' });
  } finally {
    speculation.stop();
    record.prefills = prefill.count;
    record.attempts = speculation.attempts;
    record.wastedTokens = speculation.wastedTokens;
  }
}

/** Speaks the reply to what was asked. Both become part of the conversation, as far as they were heard. */
async function converse(
  reply: SpokenReply,
  asked: string,
  { mind, mouth }: TurnParts,
  record: TurnRecord,
  report: (event: TurnReport) => void,
  signal: AbortSignal,
): Promise<void> {
  record.anticipated = reply.draft !== record;
  const keep = () => {
    // An apology is not the model's: it would learn from it that it cannot be reached.
    if (reply.draft.route !== 'offline') mind.conversation.add(asked, record.heard, record.interrupted);
    mind.conversation.lastReply = [...reply.draft.chunks];
  };
  try {
    await speak(reply, mouth.playback, record, sounds(report, keep), signal);
  } finally {
    if (record.anticipated) adoptDraft(record, reply.draft);
  }
}

/** @param over within the abort, so that a turn that takes this one's place knows what was heard of it */
function sounds(report: (event: TurnReport) => void, over: () => void = () => {}): SpeakingEvents {
  return { audible: () => report({ type: 'turn.audible' }), over };
}

/** A skill acts on the world: not before the user has finished. */
function mayAnticipate({ router }: Mind, question: string): boolean {
  return router.route(question).route === 'llm';
}

async function heard(
  { capture, ears }: TurnParts,
  record: TurnRecord,
  report: (event: TurnReport) => void,
  control: HearingControl,
  speculation: Speculation,
  signal: AbortSignal,
): Promise<string> {
  if (!capture || !ears) return '';
  // A microphone that gives no frame any more is closed too.
  const listened = new AbortController();
  const options = { preRollMs: record.source === 'followUp' ? 0 : PRE_ROLL_MS };
  speculation.listening();
  const frames = capture.capture(options, AbortSignal.any([signal, listened.signal]))[Symbol.asyncIterator]();
  try {
    return await listen(frames, ears, record.timeline, report, control, speculation, signal);
  } finally {
    listened.abort();
    await frames.return?.();
  }
}

function newRecord({ turnId, source }: TurnInput, clock: Clock): TurnRecord {
  return {
    ...newDraft(clock),
    turnId,
    source: source.kind,
    transcript: null,
    partials: 0,
    prefills: 0,
    attempts: 0,
    wastedTokens: 0,
    anticipated: false,
    queuedMs: [],
    heard: '',
    interrupted: false,
  };
}

/** Resolves at the statechart's `commit`. @throws the signal's reason when the turn is stopped instead */
function committed(commit: AbortSignal, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const either = AbortSignal.any([commit, signal]);
    const settle = () => (signal.aborted ? reject(signal.reason) : resolve());
    if (either.aborted) settle();
    else either.addEventListener('abort', settle, { once: true });
  });
}
