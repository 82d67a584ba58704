import { isDeepStrictEqual } from 'node:util';
import { createActor, fromCallback, initialTransition, type SnapshotFrom, transition } from 'xstate';
import { type AssistantMachine, createAssistantMachine } from '../../machines/assistant.js';
import { messageOf } from '../failures/messageOf.js';
import type { EventLog, EventLogLine } from './eventLog.js';

/** Where the statechart of today goes another way than the one that was recorded. */
export interface ReplayDifference {
  /** Of the file, from 1. */
  readonly line: number;
  readonly ms: number;
  readonly event: string;
  /** In the recording; null: nothing was there before it. */
  readonly recorded: EventLogLine['after'] | null;
  /** Here; null: it cannot even take the event, for the reason given. */
  readonly replayed: EventLogLine['after'] | null;
  readonly reason: string;
}

type AssistantSnapshot = SnapshotFrom<AssistantMachine>;

/** The first line of a file is its header. */
const FIRST_LINE = 2;

/**
 * Gives the statechart the recorded events one after the other and compares where each leads. Nothing is heard, said or
 * waited for: what the events came from is recorded with them, the ends of its waits included.
 * @returns the first difference; undefined: there is none
 */
export function replay({ header, lines }: EventLog): ReplayDifference | undefined {
  const machine = createAssistantMachine();
  let snapshot: AssistantSnapshot | undefined;
  try {
    snapshot = header.from === null ? undefined : standing(machine, header.from);
  } catch (error) {
    const reason = `the statechart cannot stand there: ${messageOf(error)}`;
    return { line: 1, ms: 0, event: 'the beginning', recorded: header.from, replayed: null, reason };
  }
  for (const [index, { ms, event, after: recorded }] of lines.entries()) {
    const differs = (replayed: EventLogLine['after'] | null, reason: string): ReplayDifference => ({
      line: index + FIRST_LINE,
      ms,
      event: event.type,
      recorded,
      replayed,
      reason,
    });
    try {
      snapshot = snapshot === undefined ? initialTransition(machine)[0] : next(machine, snapshot, event);
    } catch (error) {
      return differs(null, `the event cannot be taken: ${messageOf(error)}`);
    }
    const replayed = { value: snapshot.value, context: { ...snapshot.context } };
    if (!isDeepStrictEqual(plain(replayed.value), recorded.value))
      return differs(replayed, 'it leads to another state');
    if (!isDeepStrictEqual(plain(replayed.context), recorded.context)) {
      return differs(replayed, 'it leaves another context');
    }
  }
  return undefined;
}

/** The recording holds any event that there was; one that this statechart does not know it ignores, as a live one does. */
function next(machine: AssistantMachine, snapshot: AssistantSnapshot, event: { readonly type: string }) {
  return transition(machine, snapshot, event as Parameters<typeof transition<AssistantMachine>>[2])[0];
}

/** The statechart as it stood, with a turn that does nothing where one was running: it must be there to be told things. */
function standing(machine: AssistantMachine, from: EventLogLine['after']): AssistantSnapshot {
  const { value, context } = from as Record<keyof typeof from, unknown> as Pick<AssistantSnapshot, 'value' | 'context'>;
  const snapshot = machine.resolveState({ value, context });
  if (context.turnRunning) Object.assign(snapshot.children, { turn: createActor(fromCallback(() => {})) });
  return snapshot;
}

/** As it would be read back from a file. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
