import type { TimelineReport } from './timeline.js';

/** What happened between two stages, in words. */
const SPANS = [
  { from: 'speechEnd', to: 'endpoint', label: 'silence until the turn is over' },
  { from: 'endpoint', to: 'transcript', label: 'speech recognition' },
  { from: 'transcript', to: 'llmRequest', label: 'routing' },
  { from: 'llmRequest', to: 'firstToken', label: 'model: first token' },
  { from: 'firstToken', to: 'firstChunk', label: 'first words to say' },
  { from: 'firstChunk', to: 'firstPcm', label: 'voice: first sound' },
  { from: 'firstPcm', to: 'firstAudio', label: 'until it is audible' },
  { from: 'firstAudio', to: 'replyEnd', label: 'reply is heard' },
] as const;

const BAR_COLUMNS = 40;

/** Where the time of a turn went, a line a stage; a stage that did not happen has none. */
export function waterfall(timeline: TimelineReport): string {
  const endMs = timeline.firstAudio ?? timeline.replyEnd ?? 0;
  const lines: string[] = [];
  let reachedMs = 0;
  for (const { to, label } of SPANS) {
    const atMs = timeline[to];
    if (atMs === null) continue;
    const isReply = to === 'replyEnd';
    const drawn = isReply ? '' : bar(reachedMs, atMs, endMs);
    lines.push(`  ${label.padEnd(32)}${`${Math.max(0, atMs - reachedMs)} ms`.padStart(9)}  ${drawn}`.trimEnd());
    reachedMs = Math.max(reachedMs, atMs);
  }
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
