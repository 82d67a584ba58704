import type { Clock } from '../../hardware/clock.js';
import type { TurnFailure, TurnSource } from '../../machines/assistantEvents.js';
import { messageOf } from '../failures/messageOf.js';
import { Timeline } from '../observability/timeline.js';

/** Who answered: a skill by name, the chat model, or nobody because the model cannot be reached. */
export type Route = `intent:${string}` | 'llm' | 'offline';

/** What went wrong in a turn that went on nevertheless, or that it ended with. */
export interface TurnProblem {
  readonly reason: TurnFailure | 'modelFailed' | 'replyIncomplete' | 'nothingHeard';
  /** What happened, to what, and what the owner can do. */
  readonly message: string;
}

/** What is known of a reply; filled in while it is made. */
export interface ReplyDraft {
  readonly timeline: Timeline;
  route: Route | null;
  /** Why the router chose it. */
  why: string | null;
  /** What was synthesised, chunk by chunk, as it was to be spoken. */
  chunks: string[];
  /** Pieces of it that the chat model has sent. */
  tokens: number;
  /** The tools that the chat model has used, in order, those that failed included. */
  tools: string[];
  problem: TurnProblem | null;
  /** Neither the question nor this becomes part of the conversation, and the last reply stays the one before. */
  isAside: boolean;
  /** Nobody is listened to after it. */
  isLast: boolean;
}

/** Everything known of one turn; filled in while it runs. */
export interface TurnRecord extends ReplyDraft {
  readonly turnId: string;
  readonly source: TurnSource['kind'];
  transcript: string | null;
  /** Transcripts of what had been said so far, the one of the whole included. */
  partials: number;
  /** Requests that had the chat model read the question so far. */
  prefills: number;
  /** Replies begun at a pause, before it was known that the user had finished. */
  attempts: number;
  /** Tokens of those that were for nothing. */
  wastedTokens: number;
  /** Whether the reply is one of them. */
  anticipated: boolean;
  /** For each chunk that was handed to the speaker: how much sound was still to be heard before it (ms). */
  queuedMs: number[];
  /** What the user has really heard of it. */
  heard: string;
  interrupted: boolean;
}

/** Nothing is known yet. */
export function newDraft(clock: Clock): ReplyDraft {
  return {
    timeline: new Timeline(clock),
    route: null,
    why: null,
    chunks: [],
    tokens: 0,
    tools: [],
    problem: null,
    isAside: false,
    isLast: false,
  };
}

/** What is known of a reply that was begun early becomes part of the turn that it belongs to. */
export function adoptDraft(record: TurnRecord, draft: ReplyDraft): void {
  const { timeline, ...rest } = draft;
  record.timeline.adopt(timeline);
  Object.assign(record, rest);
}

/** A stage of the turn failed; `reason` goes to the statechart. */
export class TurnError extends Error {
  override readonly name = 'TurnError';
  constructor(
    readonly reason: TurnFailure,
    cause: unknown,
  ) {
    super(messageOf(cause), { cause });
  }
}
