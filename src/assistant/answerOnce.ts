import { createActor, type SnapshotFrom } from 'xstate';
import type { AssistantMachine } from '../../machines/assistant.js';
import type { AssistantNotice } from '../../machines/assistantEvents.js';
import type { Config } from '../config/config.js';
import type { Log } from '../observability/log.js';
import type { TurnParts } from '../turn/turnActor.js';
import type { TurnRecord } from '../turn/turnRecord.js';
import { assistantDelaysOf } from './assistantDelaysOf.js';
import { provideAssistant } from './provideAssistant.js';
import { supervise } from './supervisor.js';

/** One turn as it was asked for. */
export type Question = { readonly type: 'button.pressed' } | { readonly type: 'ask'; readonly question: string };

/** A turn that is over, and the states that the statechart passed on the way back to rest. */
export interface FinishedTurn {
  readonly record: TurnRecord;
  readonly states: readonly string[];
}

type Snapshot = SnapshotFrom<AssistantMachine>;

/**
 * Starts the assistant, lets it answer one question and stops it: the same statechart and data path as the appliance.
 * @throws the error that kept it from starting; the signal's reason
 */
export async function answerOnce(
  parts: Omit<TurnParts, 'onRecord'>,
  config: Config,
  question: Question,
  log: Log,
  signal: AbortSignal,
): Promise<FinishedTurn> {
  signal.throwIfAborted();
  const records: TurnRecord[] = [];
  const machine = provideAssistant(
    {
      ...parts,
      onRecord: (record) => {
        records.push(record);
        const { timeline, ...rest } = record;
        log.debug({ ...rest, timeline: timeline.report() }, 'turn record');
      },
    },
    assistantDelaysOf(config),
  );
  return new Promise((resolve, reject) => {
    const states: string[] = [];
    const assistant = supervise(() => createActor(machine, { clock: parts.clock }), {
      clock: parts.clock,
      onRestart: (error) => finish(() => reject(error)),
      onListenerError: (error) => finish(() => reject(error)),
    });
    const onAbort = () => finish(() => reject(signal.reason));
    const finish = (settle: () => void) => {
      signal.removeEventListener('abort', onAbort);
      assistant.stop();
      settle();
    };
    let asked = false;
    const follow = (snapshot: Snapshot) => {
      const state = turnState(snapshot);
      if (state !== 'starting' && states.at(-1) !== state) {
        states.push(state);
        log.debug({ state }, 'state');
      }
      const [record] = records;
      if (state === 'idle' && asked && record) finish(() => resolve({ record, states }));
      if (state !== 'idle' || asked) return;
      asked = true;
      // Not from within the snapshot that shows it: the statechart takes one event at a time.
      queueMicrotask(() => {
        assistant.send(question);
        // A tap: nobody holds the button, so silence ends what is said.
        if (question.type === 'button.pressed') assistant.send({ type: 'button.tapped' });
      });
    };
    assistant.onNotice((notice: AssistantNotice) => {
      log.debug(notice, 'notice');
      if (notice.type === 'startFailed') finish(() => reject(notice.error));
      // A turn's record is complete a moment after the statechart has left it.
      if (notice.type === 'turnEnded') setImmediate(() => follow(assistant.snapshot));
    });
    assistant.onSnapshot(follow);
    signal.addEventListener('abort', onAbort, { once: true });
    follow(assistant.snapshot);
  });
}

/** The name of the turn region's state, without what is inside it. */
function turnState(snapshot: Snapshot): string {
  const { turn } = snapshot.value;
  return typeof turn === 'string' ? turn : (Object.keys(turn)[0] ?? '');
}
