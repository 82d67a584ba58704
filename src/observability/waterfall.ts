import { stageSpans } from './stageSpans.js';
import type { TimelineReport } from './timeline.js';

/** With the words and the figure before them, and the one column that the last stage has at least, 79 in a line. */
const BAR_COLUMNS = 33;

/** Where the time of a turn went, a line a stage from when it began; a stage that did not happen has none. */
export function waterfall(timeline: TimelineReport): string {
  const endMs = timeline.firstAudio ?? timeline.replyEnd ?? 0;
  const lines = stageSpans(timeline).map(({ label, to, fromMs, toMs }) => {
    const drawn = to === 'replyEnd' ? '' : bar(fromMs, toMs, endMs);
    return `  ${label.padEnd(32)}${`${Math.max(0, toMs - fromMs)} ms`.padStart(9)}  ${drawn}`.trimEnd();
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
