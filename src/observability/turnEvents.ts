import type { RecordedEvent } from './flightRecorder.js';

/**
 * All events of one turn, from the one that began it to the one that ended it, without a gap; empty: they are not
 * remembered any more, or not all of them.
 */
export function turnEvents(entries: readonly RecordedEvent[], turn: string): readonly RecordedEvent[] {
  const first = entries.findIndex((entry) => entry.turn === turn);
  const isWhole = first > 0 || entries[first]?.number === 1;
  if (first < 0 || !isWhole) return [];
  let end = first;
  while (entries[end]?.turn === turn) end += 1;
  const last = entries[end - 1]?.after;
  // The event that ends a turn may begin the next one, and belongs to that.
  const isEnded = last?.context.turnRunning === true && entries[end]?.before === last;
  return entries.slice(first, isEnded ? end + 1 : end);
}
