import { fromCallback } from 'xstate';
import type { CaptureDriver } from '../../hardware/audio/drivers.js';
import type { Clock } from '../../hardware/clock.js';
import type { TurnCommand, TurnInput, TurnReport } from '../../machines/assistantEvents.js';
import { Timeline } from '../observability/timeline.js';
import type { HearingControl } from '../speech/hearing.js';
import { readAhead } from '../streams/readAhead.js';
import { type Ears, listen } from './listen.js';
import { repeated } from './repeat.js';
import { type Mind, reply } from './reply.js';
import { type Mouth, type SpeakingEvents, speak } from './speak.js';
import { TurnError, type TurnRecord } from './turnRecord.js';

/** Chunks made while earlier ones are spoken: enough that the model is never slowed down by the voice. */
const CHUNKS_AHEAD = 32;

/** The first word is often begun before the button is down. In a follow-up the sound before was our own reply. */
const PRE_ROLL_MS = 500;

export interface TurnParts {
  /** What each listening turn hears; undefined where there is no microphone. */
  readonly capture: CaptureDriver | undefined;
  readonly ears: Ears | undefined;
  readonly mind: Mind;
  readonly mouth: Mouth;
  readonly clock: Clock;
  /** Gets each turn's record when the turn is over, however it ended. */
  readonly onRecord: (record: TurnRecord) => void;
}

/**
 * The actor that carries one turn: capture -> ears -> mind -> mouth. It reports facts to the statechart and obeys
 * its commands; a turn that the button began listens as long as that is held. When it is stopped its signal aborts, and with it everything the turn has started.
 */
export function turnActor(parts: TurnParts) {
  return fromCallback<TurnCommand, TurnInput>(({ input, sendBack, receive }) => {
    const turn = new AbortController();
    const commit = new AbortController();
    const letGo = new AbortController();
    if (input.source.kind !== 'button') letGo.abort();
    receive(({ type }) => (type === 'commit' ? commit : letGo).abort());
    const control = { commit: commit.signal, letGo: letGo.signal };
    const report = (event: TurnReport) => sendBack(event);
    const record = newRecord(input, parts.clock);
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
  if (source.kind === 'repeat') {
    record.timeline.mark('speechEnd');
  } else if (source.kind === 'typed') {
    record.transcript = source.question.trim();
    record.timeline.mark('speechEnd');
  } else {
    record.transcript = await heard(parts, record, report, control, signal);
  }
  if (record.transcript === '') {
    report({ type: 'turn.nothingHeard' });
    return;
  }
  await committed(control.commit, signal);
  const { mind, mouth } = parts;
  const { transcript: question } = record;
  const answer = question === null ? repeated(mind, record) : reply(question, mind, record, report, signal);
  const events: SpeakingEvents = {
    audible: () => report({ type: 'turn.audible' }),
    // Within the abort, so that a turn that takes this one's place knows what was heard of it.
    over: () => {
      if (question === null) return; // a repetition that is interrupted can still be had from the beginning
      mind.conversation.add(question, record.heard, record.interrupted);
      mind.conversation.lastReply = [...record.chunks];
    },
  };
  await speak(readAhead(answer, CHUNKS_AHEAD), mouth, record, events, signal);
  report({ type: 'turn.replyEnded' });
}

async function heard(
  { capture, ears }: TurnParts,
  record: TurnRecord,
  report: (event: TurnReport) => void,
  control: HearingControl,
  signal: AbortSignal,
): Promise<string> {
  if (!capture || !ears) return '';
  // A microphone that gives no frame any more is closed too.
  const listened = new AbortController();
  const options = { preRollMs: record.source === 'followUp' ? 0 : PRE_ROLL_MS };
  const frames = capture.capture(options, AbortSignal.any([signal, listened.signal]))[Symbol.asyncIterator]();
  try {
    return await listen(frames, ears, record.timeline, report, control, signal);
  } finally {
    listened.abort();
    await frames.return?.();
  }
}

function newRecord({ turnId, source }: TurnInput, clock: Clock): TurnRecord {
  return {
    turnId,
    source: source.kind,
    timeline: new Timeline(clock),
    transcript: null,
    route: null,
    why: null,
    chunks: [],
    heard: '',
    interrupted: false,
    problem: null,
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
