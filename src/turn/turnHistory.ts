import type { TimelineReport } from '../observability/timeline.js';
import type { TurnRecord } from './turnRecord.js';

/** What is known of a turn that is over. Plain data that nobody changes any more. */
export interface PastTurn extends Readonly<Omit<TurnRecord, 'timeline'>> {
  readonly timeline: TimelineReport;
}

/** About a day of use, in less than a megabyte. */
export const REMEMBERED_TURNS = 200;

/** The last turns, for whoever wants to see where the time went. In memory only: what was said is not kept on the disk. */
export class TurnHistory {
  #turns: PastTurn[] = [];

  /** Oldest first. */
  get turns(): readonly PastTurn[] {
    return this.#turns;
  }

  add({ timeline, ...record }: TurnRecord): void {
    const past = structuredClone({ ...record, timeline: timeline.report() });
    this.#turns = [...this.#turns.slice(-REMEMBERED_TURNS + 1), past];
  }
}
