import type { AssistantTag } from '../../machines/assistantEvents.js';

/** What the assistant is doing, in the words of its statechart. */
export const STATES = ['starting', 'idle', 'listening', 'thinking', 'speaking', 'conversation', 'muted'] as const;
export type ReportedState = (typeof STATES)[number];

/** What is looked at of a snapshot of the assistant. */
export interface Observed {
  /** By region: the name of a state, or of one and those within it. */
  readonly value: Readonly<Record<string, unknown>>;
  hasTag(tag: AssistantTag): boolean;
}

/** The state of the region `turn`. */
export function reportedState({ value }: Observed): ReportedState {
  const turn = value['turn'];
  const name = typeof turn === 'object' && turn !== null ? Object.keys(turn)[0] : turn;
  return STATES.find((state) => state === name) ?? 'starting';
}

/** Why the assistant does not do what it should; null: it does. */
export type ReportedError =
  | 'microphone_lost'
  | 'speaker_lost'
  | 'model_unreachable'
  | 'start_failed'
  | 'turn_failed'
  | null;

/** Everything that is wrong, for the attributes of the state; `error` is the worst. */
export interface ReportedTroubles {
  readonly error: ReportedError;
  readonly microphone: 'ok' | 'lost';
  readonly speaker: 'ok' | 'lost';
  readonly model: 'ok' | 'unreachable';
}

export function reportedTroubles(snapshot: Observed): ReportedTroubles {
  const isLost = (tag: AssistantTag) => (snapshot.hasTag(tag) ? 'lost' : 'ok');
  return {
    error: worst(snapshot),
    microphone: isLost('microphoneLost'),
    speaker: isLost('speakerLost'),
    model: snapshot.hasTag('modelUnreachable') ? 'unreachable' : 'ok',
  };
}

function worst(snapshot: Observed): ReportedError {
  if (snapshot.hasTag('error')) return reportedState(snapshot) === 'starting' ? 'start_failed' : 'turn_failed';
  if (snapshot.hasTag('microphoneLost')) return 'microphone_lost';
  if (snapshot.hasTag('speakerLost')) return 'speaker_lost';
  return snapshot.hasTag('modelUnreachable') ? 'model_unreachable' : null;
}
