import type { Stage, TimelineReport } from '../observability/timeline.js';

/** Where the time to the first sound goes, in the order in which it passes. */
export const TURN_SPANS = [
  { to: 'endpoint', name: 'silence', meaning: 'until the turn counts as over' },
  { to: 'transcript', name: 'recognition', meaning: 'until all of it is text' },
  { to: 'firstToken', name: 'first token', meaning: 'of the model' },
  { to: 'firstChunk', name: 'first words', meaning: 'enough of them to be spoken' },
  { to: 'firstPcm', name: 'voice', meaning: 'until there is a sound' },
  { to: 'firstAudio', name: 'output', meaning: 'until that is heard' },
] as const satisfies readonly { to: Stage; name: string; meaning: string }[];

export interface TurnSpan {
  readonly name: (typeof TURN_SPANS)[number]['name'];
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The spans of a turn, from the end of the user's speech on, in the order in which they ended: what is done during the
 * silence that decides whether the turn is over comes before that silence, of which only the rest was waited for.
 */
export function turnSpans(stages: TimelineReport): TurnSpan[] {
  const inOrder = TURN_SPANS.map(({ to, name }) => ({ name, atMs: stages[to] ?? 0 })).sort((a, b) => a.atMs - b.atMs);
  let reachedMs = 0;
  return inOrder.map(({ name, atMs }) => {
    const fromMs = reachedMs;
    reachedMs = Math.max(reachedMs, atMs);
    return { name, fromMs, toMs: reachedMs };
  });
}
