import { plainEvent } from '../../observability/eventWords.js';
import type { RecordedEvent, RecordedState } from '../../observability/flightRecorder.js';
import type { LogEntry, StateId } from '../protocol.js';
import type { WallTime } from './wallTime.js';

const MAX_DETAIL_CHARS = 500;

/** An event as the page is told of it. @param showWords whether what was said may be seen */
export function logEntry(recorded: RecordedEvent, time: WallTime, showWords: boolean): LogEntry {
  const { number, atMs, event, taken, before, after, turn = null } = recorded;
  const { type, ...rest } = plainEvent(event, showWords);
  const detail = Object.keys(rest).length === 0 ? '' : JSON.stringify(rest).slice(0, MAX_DETAIL_CHARS);
  return { number, at: time.of(atMs), event: type, detail, taken, state: wayTo(before, after), turn };
}

/** The states that are active and have none within them, from the root's regions on. */
export function activeStates(value: object): readonly StateId[] {
  return Object.entries(value).flatMap(([region, within]) => leavesOf(region, within));
}

/** "turn: idle.ready, model: ready", of the regions that are elsewhere now; of several states of a region "a + b". */
function wayTo(before: RecordedState | undefined, after: RecordedState): string | null {
  if (before?.value === after.value) return null;
  const stood = new Map<string, unknown>(Object.entries(before?.value ?? {}));
  const ways = Object.entries(after.value).flatMap(([region, value]) => {
    const states = namesIn(value);
    return stood.has(region) && namesIn(stood.get(region)) === states ? [] : [`${region}: ${states}`];
  });
  return ways.length === 0 ? null : ways.join(', ');
}

function namesIn(value: unknown): string {
  return typeof value === 'string' ? value : leavesWithin(value).join(' + ');
}

function leavesOf(name: string, value: unknown): readonly string[] {
  if (typeof value === 'string') return [`${name}.${value}`];
  const within = leavesWithin(value);
  return within.length === 0 ? [name] : within.map((leaf) => `${name}.${leaf}`);
}

/** The value of a state that has states within it: an object, whose keys are those that are active. */
function leavesWithin(value: unknown): readonly string[] {
  return Object.entries((value ?? {}) as Readonly<Record<string, unknown>>).flatMap(([name, inner]) =>
    leavesOf(name, inner),
  );
}
