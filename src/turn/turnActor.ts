import { fromCallback } from 'xstate';
import type { CaptureDriver } from '../../hardware/audio/drivers.js';
import type { Clock } from '../../hardware/clock.js';
import type { TurnCommand, TurnInput, TurnReport } from '../../machines/assistantEvents.js';
import { Timeline } from '../observability/timeline.js';
import { readAhead } from '../streams/readAhead.js';
import { type Ears, listen } from './listen.js';
import { type Mind, reply } from './reply.js';
import { type Mouth, speak } from './speak.js';
import { TurnError, type TurnRecord } from './turnRecord.js';

/** Chunks made while earlier ones are spoken: enough that the model is never slowed down by the voice. */
const CHUNKS_AHEAD = 32;

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
 * `commit`. When it is stopped its signal aborts, and with it everything the turn has started.
 */
export function turnActor(parts: TurnParts) {
  return fromCallback<TurnCommand, TurnInput>(({ input, sendBack, receive }) => {
    const turn = new AbortController();
    const commit = new AbortController();
    receive(() => commit.abort());
    const report = (event: TurnReport) => sendBack(event);
    const record = newRecord(input, parts.clock);
    carry(input, parts, record, report, commit.signal, turn.signal)
      .catch((error: unknown) => {
        if (turn.signal.aborted) return;
        const reason = error instanceof TurnError ? error.reason : 'internal';
        record.problem = { reason, message: error instanceof Error ? error.message : String(error) };
        report({ type: 'turn.failed', reason });
      })
      .finally(() => parts.onRecord(record));
    return () => turn.abort(new Error(`${input.turnId} was stopped`));
  });
}

async function carry(
  { source }: TurnInput,
  parts: TurnParts,
  record: TurnRecord,
  report: (event: TurnReport) => void,
  commit: AbortSignal,
  signal: AbortSignal,
): Promise<void> {
  if (source.kind === 'typed') {
    record.transcript = source.question;
    record.timeline.mark('speechEnd');
  } else {
    record.transcript = await heard(parts, record, report, commit, signal);
  }
  if (record.transcript === '') {
    report({ type: 'turn.nothingHeard' });
    return;
  }
  await aborted(commit);
  const question = record.transcript;
  const chunks = readAhead(reply(question, parts.mind, record, report, signal), CHUNKS_AHEAD);
  try {
    await speak(chunks, parts.mouth, record, () => report({ type: 'turn.audible' }), signal);
  } finally {
    parts.mind.conversation.add(question, record.heard, record.interrupted);
  }
  report({ type: 'turn.replyEnded' });
}

async function heard(
  { capture, ears }: TurnParts,
  record: TurnRecord,
  report: (event: TurnReport) => void,
  commit: AbortSignal,
  signal: AbortSignal,
): Promise<string> {
  if (!capture || !ears) return '';
  const frames = capture.capture(signal)[Symbol.asyncIterator]();
  try {
    return await listen(frames, ears, record.timeline, report, commit, signal);
  } finally {
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

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
