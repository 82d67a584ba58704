import type { TurnFailure, TurnSource } from '../../machines/assistantEvents.js';
import type { Timeline } from '../observability/timeline.js';

/** Who answered: a skill by name, the chat model, or nobody because the model cannot be reached. */
export type Route = `intent:${string}` | 'llm' | 'offline';

/** What went wrong in a turn that went on nevertheless, or that it ended with. */
export interface TurnProblem {
  readonly reason: TurnFailure | 'modelFailed' | 'replyIncomplete' | 'nothingHeard';
  /** What happened, to what, and what the owner can do. */
  readonly message: string;
}

/** Everything known of one turn; filled in while it runs. */
export interface TurnRecord {
  readonly turnId: string;
  readonly source: TurnSource['kind'];
  readonly timeline: Timeline;
  transcript: string | null;
  route: Route | null;
  /** Why the router chose it. */
  why: string | null;
  /** What was synthesised, chunk by chunk, as it was to be spoken. */
  readonly chunks: string[];
  /** What the user has really heard of it. */
  heard: string;
  interrupted: boolean;
  problem: TurnProblem | null;
}

/** A stage of the turn failed; `reason` goes to the statechart. */
export class TurnError extends Error {
  override readonly name = 'TurnError';
  constructor(
    readonly reason: TurnFailure,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
