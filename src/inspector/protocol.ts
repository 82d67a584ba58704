import type { LedPatterns } from '../../hardware/leds/ledPatterns.js';
import type { LedSignals } from '../../hardware/leds/signals.js';
import type { AssistantCommand, TurnOutcome, TurnSource } from '../../machines/assistantEvents.js';
import type { CheckedThing, Health as Wellness } from '../doctor/check.js';
import type { MeasuredSpeeds } from '../observability/measuredSpeeds.js';
import type { TimelineReport } from '../observability/timeline.js';
import type { TurnProblem } from '../turn/turnRecord.js';

/**
 * What the inspector and its page say to each other, over one WebSocket at `/live`: JSON texts, each an object with a
 * `type`. On connecting the page gets a `snapshot`, then what changes. It asks for nothing it already has; what is for one
 * view only (`trace`, `health`) it gets while it watches that. Whoever does not keep up is disconnected.
 *
 * What was said is hidden unless the page has asked for it (`watch.words`): every text marked "words" is null then.
 * Times are milliseconds since 1970 by the appliance's clock, durations milliseconds.
 */
export const PROTOCOL_VERSION = 1;

/** The WebSocket subprotocol: a page of another version is refused, and reloads itself. */
export const SUBPROTOCOL = `pressel.inspector.v${PROTOCOL_VERSION}`;

/** A state's place in the chart, from the root's regions on: "turn.idle.ready". */
export type StateId = string;

/** An arrow of the chart, as `transitionId` names it. */
export type TransitionId = string;

/** Something the statechart was told, and what it did. */
export interface LogEntry {
  /** Counts up from 1 since the start of the program; one that is missing was never sent. */
  readonly number: number;
  readonly at: number;
  /** The event's type, an `after` or the end of invoked work included, in XState's words. */
  readonly event: string;
  /** The rest of the event, as JSON text of at most 500 characters; words in it are hidden or not. Empty: nothing. */
  readonly detail: string;
  /** What it has taken, in order; empty: it was ignored. */
  readonly taken: readonly TransitionId[];
  /** Where it has led, such as "turn: idle.ready, model: ready"; null: nowhere else. */
  readonly state: string | null;
  /** The turn that it belongs to, as in `TurnRow.id`. */
  readonly turn: string | null;
}

/** A piece of the reply. */
export interface TurnChunk {
  /** Words. */
  readonly text: string | null;
  readonly chars: number;
  /** Sound that was still to be heard before it when it was handed to the speaker; null: it never was. */
  readonly queuedMs: number | null;
}

/** A turn that is over. */
export interface TurnRow {
  /** Unique since the start of the program; `/turns/<id>.jsonl` is what `pressel replay` reads. */
  readonly id: string;
  /** When it ended. */
  readonly at: number;
  readonly source: TurnSource['kind'];
  readonly outcome: TurnOutcome | null;
  readonly route: string | null;
  /** Why the router chose it; words. */
  readonly why: string | null;
  /** Words. */
  readonly transcript: string | null;
  readonly chunks: readonly TurnChunk[];
  /** So many characters of the chunks, joined by blanks, were heard. */
  readonly heardChars: number;
  readonly interrupted: boolean;
  /** Milliseconds from the last voiced sample on. */
  readonly timeline: TimelineReport;
  readonly problem: TurnProblem | null;
  readonly tools: readonly string[];
  readonly tokens: number;
  readonly wastedTokens: number;
  /** The reply was begun before it was known that the user had finished. */
  readonly anticipated: boolean;
}

/** What the panel shows, besides the states. */
export interface PanelState {
  readonly leds: {
    readonly signals: LedSignals;
    readonly patterns: LedPatterns;
    /** Of the real ones; 0: there are none. */
    readonly pixels: number;
    /** When these signals began to be shown: patterns are counted from then. */
    readonly since: number;
  };
  readonly volume: { readonly percent: number; readonly isMuted: boolean };
  /** Whether there is a real button beside the one on the page. */
  readonly hasButton: boolean;
  /** A question may not be longer (characters). */
  readonly maxQuestionChars: number;
}

/** A device as it is now. */
export interface DeviceHealth {
  /** Undefined: none is open. */
  readonly name?: string;
  readonly xruns: number;
}

/** How the appliance and its computer are. */
export interface HealthState {
  readonly microphone: DeviceHealth & { readonly lostFrames: number };
  readonly speaker: DeviceHealth;
  readonly server: { readonly url: string; readonly model: string; readonly state: string };
  readonly models: readonly { readonly purpose: 'asr' | 'tts' | 'llm'; readonly name: string }[];
  readonly speeds: MeasuredSpeeds;
  readonly memory: {
    /** Of the program, bytes. */
    readonly rssBytes: number;
    readonly heapBytes: number;
    readonly freeBytes: number | null;
    readonly totalBytes: number | null;
  };
  /** Beyond what it should have waited; null: not measured yet. */
  readonly eventLoopDelay: { readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number } | null;
  readonly temperatureCelsius: number | null;
  /** What the Pi's firmware reports: "under-voltage", "throttled", ...; null: this is no Pi. */
  readonly throttling: readonly string[] | null;
  readonly uptimeMs: number;
}

/** What `pressel doctor` says of a running appliance. */
export interface DoctorReport {
  readonly at: number;
  readonly checks: readonly CheckedThing[];
  readonly verdict: Wellness;
}

/** Everything, as it is now. */
export interface InspectorSnapshot {
  readonly type: 'snapshot';
  readonly version: number;
  /** The name of the assistant, for the title. */
  readonly name: string;
  readonly program: string;
  /** When the program was started. */
  readonly startedAt: number;
  /** By the appliance's clock. */
  readonly now: number;
  readonly active: readonly StateId[];
  /** How often each transition was taken since the start. */
  readonly taken: Readonly<Record<TransitionId, number>>;
  /** The last 200, oldest first. */
  readonly turns: readonly TurnRow[];
  /** The last 500, oldest first. */
  readonly log: readonly LogEntry[];
  readonly panel: PanelState;
}

/** What the appliance tells the page. */
export type ServerMessage =
  | InspectorSnapshot
  /** At most 20 times a second, with all that has happened since. */
  | { readonly type: 'log'; readonly entries: readonly LogEntry[]; readonly active: readonly StateId[] }
  | { readonly type: 'turn'; readonly turn: TurnRow }
  | { readonly type: 'panel'; readonly panel: PanelState }
  /** What the user is saying; words, so only for those who have asked. */
  | { readonly type: 'partial'; readonly text: string }
  /** 10 times a second while watched: two values each, 50 ms apart, the older first. Null: nobody listens. */
  | {
      readonly type: 'trace';
      readonly at: number;
      /** At the microphone, dB of full scale. */
      readonly levelDb: readonly (number | null)[];
      readonly speechProbability: readonly (number | null)[];
    }
  /** Every two seconds while watched. */
  | { readonly type: 'health'; readonly health: HealthState }
  | { readonly type: 'doctor'; readonly report: DoctorReport }
  /** A request that cannot be done, and why; for people. */
  | { readonly type: 'refused'; readonly reason: string };

/** What the page may have the appliance do; the same as the hardware's own events. */
export type PanelCommand = Extract<AssistantCommand, { type: 'mute' | 'unmute' | 'cancel' }>['type'];

/** What the page asks for. Everything else, and anything malformed, ends the connection. */
export type ClientMessage =
  /** What it shows from now on. `words`: the user wants to see what was said; changing that brings a new snapshot. */
  | { readonly type: 'watch'; readonly trace: boolean; readonly health: boolean; readonly words: boolean }
  /** The virtual talk button goes down or up. Whoever leaves lets go of it. */
  | { readonly type: 'button'; readonly pressed: boolean }
  | { readonly type: 'command'; readonly command: PanelCommand }
  | { readonly type: 'ask'; readonly question: string }
  | { readonly type: 'volume'; readonly percent?: number; readonly isMuted?: boolean }
  /** Answered by `doctor`; the last report is given again for half a minute. */
  | { readonly type: 'doctor' };
