import type { Timer, TimerKind } from './timer.js';
import type { KeptTimer } from './timerState.js';
import { instantOf, type LocalTime } from './zonedTime.js';

/** How an entry knows when it is due. */
export type Due =
  | { readonly by: 'elapsed'; readonly deadlineMs: number }
  | { readonly by: 'paused'; readonly leftMs: number }
  | { readonly by: 'wall'; readonly local: LocalTime; readonly zone: string; readonly atMs: number };

/** A line of the book. */
export interface Entry {
  readonly id: number;
  readonly kind: TimerKind;
  readonly name?: string | undefined;
  readonly lengthMs?: number | undefined;
  due: Due;
  /** Since when it rings, by the monotonic clock; undefined: it does not. */
  ringingSinceMs?: number | undefined;
}

/** Both clocks at one moment. */
export interface Moment {
  /** Monotonic (ms). */
  readonly elapsedMs: number;
  /** On the wall (ms since 1970). */
  readonly wallMs: number;
}

/** Until an entry is due; negative: since. Infinite while it is paused. */
export function untilDueMs({ due }: Entry, { elapsedMs, wallMs }: Moment): number {
  if (due.by === 'paused') return Infinity;
  return due.by === 'elapsed' ? due.deadlineMs - elapsedMs : due.atMs - wallMs;
}

/**
 * It rings until somebody stops it. After an hour nobody is at home: then it would ring on for days, and the next one could
 * not be told from it.
 */
export const RINGS_FOR_MS = 60 * 60_000;

/** Until something is to be done about an entry: it is to ring, or to ring no longer. */
export function untilNextMs(entry: Entry, moment: Moment): number {
  const { ringingSinceMs } = entry;
  return ringingSinceMs === undefined ? untilDueMs(entry, moment) : ringingSinceMs + RINGS_FOR_MS - moment.elapsedMs;
}

/** As others see it. */
export function timerOf(entry: Entry, moment: Moment): Timer {
  const { id, kind, name, lengthMs, due, ringingSinceMs } = entry;
  const leftMs = due.by === 'paused' ? due.leftMs : untilDueMs(entry, moment);
  const state = ringingSinceMs !== undefined ? 'ringing' : due.by === 'paused' ? 'paused' : 'running';
  return {
    id,
    kind,
    ...(name !== undefined && { name }),
    ...(lengthMs !== undefined && { lengthMs }),
    state,
    leftMs: Math.max(0, leftMs),
    dueMs: Math.round(moment.wallMs + leftMs),
  };
}

/** As the disk holds it. */
export function keptOf(entry: Entry, moment: Moment): KeptTimer {
  const { kind, name, lengthMs, due } = entry;
  return { kind, name, lengthMs, due: keptDue(due, moment) };
}

function keptDue(due: Due, { elapsedMs, wallMs }: Moment): KeptTimer['due'] {
  switch (due.by) {
    case 'elapsed':
      return { by: 'elapsed', atMs: Math.round(wallMs + due.deadlineMs - elapsedMs) };
    case 'paused':
      return due;
    case 'wall':
      return { by: 'wall', local: due.local, zone: due.zone };
  }
}

/**
 * Read again after a restart. Many boards start with the time of their last shutdown: where the clock is even behind the
 * moment at which the book was written, no time has passed as far as anybody knows.
 */
export function entryOf(id: number, kept: KeptTimer, savedAtMs: number, { elapsedMs, wallMs }: Moment): Entry {
  const { due, ...of } = kept;
  const rest = { id, ...of };
  switch (due.by) {
    case 'elapsed':
      return { ...rest, due: { by: 'elapsed', deadlineMs: elapsedMs + due.atMs - Math.max(wallMs, savedAtMs) } };
    case 'paused':
      return { ...rest, due };
    case 'wall':
      return { ...rest, due: { ...due, atMs: instantOf(due.local, due.zone) } };
  }
}
