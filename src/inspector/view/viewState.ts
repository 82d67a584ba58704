import type { TimelineReport } from '../../observability/timeline.js';
import type {
  DoctorReport,
  HealthState,
  LogEntry,
  PanelState,
  ServerMessage,
  StateId,
  TransitionId,
  TurnRow,
} from '../protocol.js';
import { latestTrace, type TraceSample, traceSamples } from './trace.js';

/** So many entries of the log are kept; the oldest go first. */
export const MAX_LOG_ENTRIES = 2000;

/** So many turns are kept, as the appliance itself does. */
export const MAX_TURNS = 200;

/**
 * "signedOut": the appliance wants a token. "outdated": it speaks another version of the protocol, even after the page was
 * loaded again.
 */
export type Connection = 'connecting' | 'live' | 'lost' | 'signedOut' | 'outdated';

/** What has happened in one message: transitions that light up for a moment. */
export interface Flash {
  readonly transitions: readonly TransitionId[];
}

/** Everything that the page shows. */
export interface ViewState {
  readonly connection: Connection;
  /** The name of the assistant; empty until it is known. */
  readonly name: string;
  readonly program: string;
  readonly startedAt: number;
  /** The appliance's clock less that of the browser (ms). */
  readonly clockAheadMs: number;
  readonly active: readonly StateId[];
  readonly taken: Readonly<Record<TransitionId, number>>;
  readonly flash: Flash;
  /** Oldest first. */
  readonly turns: readonly TurnRow[];
  /** Oldest first. */
  readonly log: readonly LogEntry[];
  /** Null until it is known. */
  readonly panel: PanelState | null;
  /** What the user is saying; empty: nothing, or it is hidden. */
  readonly partial: string;
  readonly trace: readonly TraceSample[];
  readonly health: HealthState | null;
  readonly doctor: DoctorReport | null;
  /** The doctor was asked and has not answered. */
  readonly isExamining: boolean;
  /** Why the last request could not be done; empty: it could. */
  readonly refusal: string;
}

export const NOTHING_KNOWN: ViewState = {
  connection: 'connecting',
  name: '',
  program: '',
  startedAt: 0,
  clockAheadMs: 0,
  active: [],
  taken: {},
  flash: { transitions: [] },
  turns: [],
  log: [],
  panel: null,
  partial: '',
  trace: [],
  health: null,
  doctor: null,
  isExamining: false,
  refusal: '',
};

/** What changes the view. */
export type ViewChange =
  | { readonly type: 'received'; readonly message: ServerMessage; readonly receivedAt: number }
  | { readonly type: 'connection'; readonly connection: Connection }
  | { readonly type: 'examining' }
  | { readonly type: 'refusalRead' };

/** The view after `change`. Pure. */
export function nextView(view: ViewState, change: ViewChange): ViewState {
  switch (change.type) {
    case 'received':
      return afterMessage(view, change.message, change.receivedAt);
    case 'connection':
      return { ...view, connection: change.connection, partial: '', isExamining: false };
    case 'examining':
      return { ...view, isExamining: true, refusal: '' };
    case 'refusalRead':
      return { ...view, refusal: '' };
  }
}

function afterMessage(view: ViewState, message: ServerMessage, receivedAt: number): ViewState {
  switch (message.type) {
    case 'snapshot': {
      const { type: _, version: __, now, turns, log, ...known } = message;
      // What is measured goes on where the same program does; a new one has measured nothing yet.
      const kept = view.startedAt === message.startedAt ? view : NOTHING_KNOWN;
      return {
        ...kept,
        ...known,
        connection: 'live',
        clockAheadMs: now - receivedAt,
        turns: turns.slice(-MAX_TURNS),
        log: log.slice(-MAX_LOG_ENTRIES),
        flash: { transitions: [] },
        partial: '',
        refusal: '',
        isExamining: false,
      };
    }
    case 'log': {
      const transitions = message.entries.flatMap(({ taken }) => taken);
      return {
        ...view,
        active: message.active,
        log: [...view.log, ...message.entries].slice(-MAX_LOG_ENTRIES),
        taken: transitions.length === 0 ? view.taken : counted(view.taken, transitions),
        flash: transitions.length === 0 ? view.flash : { transitions },
        partial: isListening(message.active) ? view.partial : '',
      };
    }
    case 'turn':
      return { ...view, partial: '', turns: [...view.turns, message.turn].slice(-MAX_TURNS) };
    case 'panel':
      return { ...view, panel: message.panel };
    case 'partial':
      return { ...view, partial: message.text };
    case 'trace':
      return { ...view, trace: latestTrace([...view.trace, ...traceSamples(message)]) };
    case 'health':
      return { ...view, health: message.health };
    case 'doctor':
      return { ...view, doctor: message.report, isExamining: false };
    case 'refused':
      return { ...view, refusal: message.reason, isExamining: false };
    default:
      // A newer appliance of the same protocol may say more than this page knows.
      return view;
  }
}

function counted(
  before: Readonly<Record<TransitionId, number>>,
  transitions: readonly TransitionId[],
): Readonly<Record<TransitionId, number>> {
  const taken = { ...before };
  for (const id of transitions) taken[id] = (taken[id] ?? 0) + 1;
  return taken;
}

/** What was recognised stays to be seen until the reply begins. */
function isListening(active: readonly StateId[]): boolean {
  return active.some((id) => /^turn\.(listening|thinking)(\.|$)/.test(id));
}

/** The time to first audio of each turn that had one, in their order (ms). */
export function firstAudioTimes(turns: readonly { readonly timeline: TimelineReport }[]): number[] {
  return turns.map(({ timeline }) => timeline.firstAudio).filter((ms) => ms !== null);
}
