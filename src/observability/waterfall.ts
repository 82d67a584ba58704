import type { Stage, TimelineReport } from './timeline.js';

interface Span {
  /** It begins when the last of these has been passed. */
  readonly from: readonly Stage[];
  readonly to: Stage;
  readonly label: string;
}

/** What happened between two stages, in words. What was begun early overlaps with what came before it. */
const SPANS: readonly Span[] = [
  { from: ['speechEnd'], to: 'endpoint', label: 'silence until the turn is over' },
  { from: ['recognition'], to: 'transcript', label: 'speech recognition' },
  { from: ['transcript'], to: 'llmRequest', label: 'until the model is asked' },
  { from: ['llmRequest'], to: 'firstToken', label: 'model: first token' },
  { from: ['firstToken'], to: 'firstChunk', label: 'first words to say' },
  { from: ['firstChunk'], to: 'firstPcm', label: 'voice: first sound' },
  { from: ['firstPcm'], to: 'gate', label: 'held until the turn is over' },
  { from: ['firstPcm', 'gate'], to: 'firstAudio', label: 'until it is audible' },
  { from: ['firstAudio'], to: 'replyEnd', label: 'reply is heard' },
];

const BAR_COLUMNS = 40;

/** Where the time of a turn went, a line a stage from when it began; a stage that did not happen has none. */
export function waterfall(timeline: TimelineReport): string {
  const endMs = timeline.firstAudio ?? timeline.replyEnd ?? 0;
  const lines = SPANS.flatMap(({ from, to, label }) => {
    const toMs = timeline[to];
    const fromMs = Math.max(...from.map((stage) => timeline[stage] ?? 0));
    if (toMs === null || (to === 'gate' && toMs <= fromMs)) return [];
    const drawn = to === 'replyEnd' ? '' : bar(fromMs, toMs, endMs);
    return [`  ${label.padEnd(32)}${`${Math.max(0, toMs - fromMs)} ms`.padStart(9)}  ${drawn}`.trimEnd()];
  });
  if (timeline.firstAudio !== null) {
    lines.push(`  ${'time to first audio'.padEnd(32)}${`${timeline.firstAudio} ms`.padStart(9)}`);
  }
  return `${lines.join('\n')}\n`;
}

function bar(fromMs: number, toMs: number, endMs: number): string {
  if (endMs <= 0) return '';
  const column = (ms: number) => Math.round((Math.max(0, Math.min(ms, endMs)) / endMs) * BAR_COLUMNS);
  return ' '.repeat(column(fromMs)) + '█'.repeat(Math.max(1, column(toMs) - column(fromMs)));
}
