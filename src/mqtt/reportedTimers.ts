import type { Timer } from '../timers/timer.js';

/** A timer as Home Assistant is shown it: when it rings, not how long that is, which would change every second. */
export interface ReportedTimer {
  readonly id: number;
  readonly kind: Timer['kind'];
  readonly name: string | null;
  readonly state: Timer['state'];
  /** ISO 8601, in UTC; null: it is paused. */
  readonly due: string | null;
}

/** Two readings of one timer differ by so much without its having been changed: each compares two clocks. */
const SAME_MS = 2000;

/**
 * @param before what was reported last: a timer that was not changed is reported as it was
 */
export function reportedTimers(timers: readonly Timer[], before: readonly ReportedTimer[] = []): ReportedTimer[] {
  return timers.map(({ id, kind, name = null, state, dueMs }) => {
    const due = state === 'paused' ? null : new Date(Math.round(dueMs / 1000) * 1000).toISOString();
    const was = before.find((other) => other.id === id);
    const isSame = was?.due && due !== null && Math.abs(Date.parse(was.due) - dueMs) < SAME_MS;
    return { id, kind, name, state, due: isSame ? was.due : due };
  });
}
