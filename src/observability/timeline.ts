import type { Clock } from '../../hardware/clock.js';

/**
 * The stages of a turn. Those of work that was begun early are passed before the end of speech, or between it and the
 * endpoint; the others in this order.
 */
export const STAGES = [
  /** The first transcript of what was said so far. Where nothing is recognised while the user speaks, it is the whole. */
  'firstPartial',
  /** The model is given the beginning of the question to read. */
  'prefill',
  'speechEnd',
  /** The recognition of all that was said begins. */
  'recognition',
  'endpoint',
  'transcript',
  'llmRequest',
  'firstToken',
  'firstChunk',
  'firstPcm',
  /** The reply may be heard. */
  'gate',
  /** "One moment" is audible: no part of the answer, and never the first audio. */
  'filler',
  'firstAudio',
  'replyEnd',
] as const;

export type Stage = (typeof STAGES)[number];

/** Milliseconds from the end of the user's speech; null for a stage that did not happen. */
export type TimelineReport = Record<Stage, number | null>;

/** When each stage of one turn was first passed. Always recorded; costs a few numbers. */
export class Timeline {
  readonly #atMs = new Map<Stage, number>();

  constructor(readonly clock: Clock) {}

  /** Marks `stage` as passed now, or at `atMs` on the clock. Only the first mark counts. */
  mark(stage: Stage, atMs: number = this.clock.now()): void {
    if (!this.#atMs.has(stage)) this.#atMs.set(stage, atMs);
  }

  /** The user goes on: what was passed does not count. */
  restart(): void {
    this.#atMs.clear();
  }

  /** Takes over the stages that another timeline of the same clock has passed, as far as they are missing here. */
  adopt(other: Timeline): void {
    for (const [stage, atMs] of other.#atMs) this.mark(stage, atMs);
  }

  /** Relative to `speechEnd`, rounded to whole milliseconds. All null before it. */
  report(): TimelineReport {
    const zero = this.#atMs.get('speechEnd');
    const relative = (stage: Stage) => {
      const atMs = this.#atMs.get(stage);
      return zero === undefined || atMs === undefined ? null : Math.round(atMs - zero);
    };
    return Object.fromEntries(STAGES.map((stage) => [stage, relative(stage)])) as TimelineReport;
  }
}
