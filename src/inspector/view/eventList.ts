import type { LogEntry } from '../protocol.js';

/** What of the log is shown. */
export interface EventListState {
  /** The log as it was when it was paused; null: it goes on. */
  readonly pausedLog: readonly LogEntry[] | null;
  /** Entries up to this number are cleared away. */
  readonly clearedUpTo: number;
  /** Only entries with these words, in any place, are shown. */
  readonly filter: string;
}

export const WHOLE_LOG: EventListState = { pausedLog: null, clearedUpTo: 0, filter: '' };

/** What is shown of `log`, oldest first. */
export function shownEntries(
  log: readonly LogEntry[],
  { pausedLog, clearedUpTo, filter }: EventListState,
): readonly LogEntry[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return (pausedLog ?? log).filter(
    (entry) => entry.number > clearedUpTo && (words.length === 0 || hasAll(searchable(entry), words)),
  );
}

/** How many entries have come since the list was paused. */
export function heldBack(log: readonly LogEntry[], { pausedLog }: EventListState): number {
  if (pausedLog === null) return 0;
  return Math.max(0, (log.at(-1)?.number ?? 0) - (pausedLog.at(-1)?.number ?? 0));
}

/** The list as text, a line an entry, with tabs between its parts. */
export function entriesAsText(entries: readonly LogEntry[]): string {
  return entries
    .map(({ at, event, detail, taken, state }) =>
      [new Date(at).toISOString(), event, detail, taken.join(' '), state ?? ''].join('\t').trimEnd(),
    )
    .join('\n');
}

function searchable({ event, detail, taken, state, turn }: LogEntry): string {
  return [event, detail, ...taken, state ?? '', turn ?? ''].join('\n').toLowerCase();
}

function hasAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}
