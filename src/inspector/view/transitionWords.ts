import type { StateId, TransitionId } from '../protocol.js';

/** What a transition's id says; see `transitionId`. */
export interface TransitionWords {
  /** Empty: the whole chart, wherever it is. */
  readonly from: StateId;
  readonly event: string;
}

export function transitionWords(id: TransitionId): TransitionWords {
  const [from = '', event = ''] = id.split('|');
  return { from, event };
}

/** "12 times", for people. */
export function timesInWords(count: number): string {
  if (count === 0) return 'never';
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count.toLocaleString('en')} times`;
}

/** The transitions that were taken, the most often first. */
export function mostTaken(taken: Readonly<Record<TransitionId, number>>): readonly [id: TransitionId, count: number][] {
  return Object.entries(taken).sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1));
}
