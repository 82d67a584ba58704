import { fromCallback } from 'xstate';
import type { CaptureDriver } from '../../hardware/audio/drivers.js';
import type { Clock } from '../../hardware/clock.js';
import type { TurnCommand, TurnInput, TurnReport } from '../../machines/assistantEvents.js';
import { messageOf } from '../failures/messageOf.js';
import { carryTurn } from './carryTurn.js';
import type { EchoMode } from './interruption/interruptions.js';
import type { Ears } from './listen.js';
import type { Mind } from './reply.js';
import type { Mouth } from './speak.js';
import type { SpeculationOptions } from './speculation.js';
import { TurnControl } from './turnControl.js';
import { newDraft, TurnError, type TurnRecord } from './turnRecord.js';

export interface TurnParts {
  /** What each listening turn hears; undefined where there is no microphone. */
  readonly capture: CaptureDriver | undefined;
  readonly ears: Ears | undefined;
  readonly mind: Mind;
  readonly mouth: Mouth;
  readonly clock: Clock;
  /** Whether and how replies are begun at a pause. Default: never. */
  readonly speculation?: SpeculationOptions;
  /** For so long after the end of what was said the user may go on, until the reply is audible (ms). Default: 0. */
  readonly reopenMs?: number;
  /** How the assistant is kept from hearing itself just now. Default: it does not listen while it speaks. */
  readonly echoMode?: () => EchoMode;
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
    const control = new TurnControl(input.source.kind === 'button');
    receive((command) => control.obey(command));
    const record = newRecord(input, parts.clock);
    const report = (event: TurnReport) => {
      if (event.type === 'transcript.partial') record.partials += 1;
      sendBack(event);
    };
    carryTurn(input, parts, record, report, control, turn.signal)
      .catch((error: unknown) => {
        if (turn.signal.aborted) return;
        const reason = error instanceof TurnError ? error.reason : 'internal';
        record.problem = { reason, message: messageOf(error) };
        report({ type: 'turn.failed', reason });
      })
      .finally(() => {
        turn.abort(new Error(`${input.turnId} is over`)); // after a failure, parts of it may still be at work
        parts.onRecord(record);
      });
    return () => turn.abort(new Error(`${input.turnId} was stopped`));
  });
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
