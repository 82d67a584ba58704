import type { Stage, TimelineReport } from './timeline.js';

/** What happened between two stages, in words. */
interface SpanOfStages {
  /** It begins when the last of these has been passed. */
  readonly from: readonly Stage[];
  /** Where none of them was: no model is asked for a skill's words. */
  readonly orFrom?: Stage;
  readonly to: Stage;
  readonly label: string;
}

/** One of them in a certain turn. */
export interface StageSpan {
  readonly label: string;
  readonly to: Stage;
  /** Milliseconds from the last voiced sample on; below 0: it was begun early. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** In the order in which a turn passes them. What was begun early overlaps with what came before it. */
export const STAGE_SPANS: readonly SpanOfStages[] = [
  { from: ['speechEnd'], to: 'endpoint', label: 'silence until the turn is over' },
  { from: ['recognition'], to: 'transcript', label: 'speech recognition' },
  { from: ['transcript'], to: 'llmRequest', label: 'until the model is asked' },
  { from: ['llmRequest'], to: 'firstToken', label: 'model: first token' },
  { from: ['firstToken'], orFrom: 'transcript', to: 'firstChunk', label: 'first words to say' },
  { from: ['firstChunk'], to: 'firstPcm', label: 'voice: first sound' },
  { from: ['firstPcm'], to: 'gate', label: 'held until the turn is over' },
  { from: ['firstPcm', 'gate'], to: 'firstAudio', label: 'until it is audible' },
  { from: ['firstAudio'], to: 'replyEnd', label: 'reply is heard' },
];

/** Where the time of a turn went; a stage that did not happen, or held nothing up, has no span. */
export function stageSpans(timeline: TimelineReport): StageSpan[] {
  return STAGE_SPANS.flatMap(({ from, orFrom, to, label }) => {
    const toMs = timeline[to];
    const passed = from.filter((stage) => timeline[stage] !== null);
    const begins = passed.length === 0 && orFrom ? [orFrom] : from;
    const fromMs = Math.max(...begins.map((stage) => timeline[stage] ?? 0));
    return toMs === null || (to === 'gate' && toMs <= fromMs) ? [] : [{ label, to, fromMs, toMs }];
  });
}
