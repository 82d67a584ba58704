/** What a terminal showed, as it came. */
export interface Cast {
  readonly columns: number;
  readonly rows: number;
  /** In the order of their times (ms from the beginning). */
  readonly events: readonly CastEvent[];
}

export interface CastEvent {
  readonly atMs: number;
  readonly text: string;
}

/** The same with no pause longer than `longestPauseMs`: whoever watches need not wait for a model to load. */
export function withShortPauses({ events, ...size }: Cast, longestPauseMs: number): Cast {
  let cutMs = 0;
  let lastMs = 0;
  const shortened = events.map(({ atMs, text }) => {
    cutMs += Math.max(0, atMs - lastMs - longestPauseMs);
    lastMs = atMs;
    return { atMs: atMs - cutMs, text };
  });
  return { ...size, events: shortened };
}
