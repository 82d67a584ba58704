import type { TurnOutcome } from '../../machines/assistantEvents.js';
import type { TimelineReport } from '../observability/timeline.js';
import type { TurnRecord } from './turnRecord.js';

/** How a turn ended, as the statechart has it. */
export interface TurnEnd {
  /** Unique since the start of the program, as `RecordedEvent.turn`: "1-12". */
  readonly recordedAs: string;
  /** Null: the statechart did not get so far. */
  readonly outcome: TurnOutcome | null;
  /** On the clock. */
  readonly endedAtMs: number;
}

/** What is known of a turn that is over. Plain data that nobody changes any more. */
export interface PastTurn extends Readonly<Omit<TurnRecord, 'timeline'>>, TurnEnd {
  readonly timeline: TimelineReport;
}

/** About a day of use, in less than a megabyte. */
export const REMEMBERED_TURNS = 200;

/** The last turns, for whoever wants to see where the time went. In memory only: what was said is not kept on the disk. */
export class TurnHistory {
  #turns: PastTurn[] = [];
  /** Of turns that the statechart has ended, and that still put their things away. */
  readonly #ends = new Map<string, TurnEnd>();
  readonly #listeners = new Set<(turn: PastTurn) => void>();

  /** Oldest first. */
  get turns(): readonly PastTurn[] {
    return this.#turns;
  }

  /** Tells each turn that is over. Returns how to stop listening. */
  onTurn(listener: (turn: PastTurn) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The statechart has ended a turn; its record will follow. */
  ended(turnId: string, end: TurnEnd): void {
    this.#ends.set(turnId, end);
  }

  /** @param otherwise its end where the statechart has told none */
  add({ timeline, ...record }: TurnRecord, otherwise: TurnEnd): void {
    const end = this.#ends.get(record.turnId) ?? otherwise;
    this.#ends.delete(record.turnId);
    const past = structuredClone({ ...record, ...end, timeline: timeline.report() });
    this.#turns = [...this.#turns.slice(-REMEMBERED_TURNS + 1), past];
    for (const listener of [...this.#listeners]) listener(past);
  }
}
