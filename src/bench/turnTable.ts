import type { PolicyFigures } from './turnFigures.js';
import { TURN_SPANS, turnSpans } from './turnSpans.js';

/** The policies side by side as text for a terminal; all times in ms. */
export function turnTable(policies: Readonly<Record<string, PolicyFigures>>): string {
  const heads = ['', 'turns', 'p50', 'p95', 'cut off', 'wasted', ...TURN_SPANS.map(({ name }) => name)];
  const rows = Object.entries(policies).map(([name, figures]) => [
    name,
    `${figures.turns}`,
    whole(figures.p50),
    whole(figures.p95),
    percent(figures.falseCutoffRate),
    percent(figures.wastedTokensRatio),
    ...spanLengths(figures),
  ]);
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return `${[heads, ...rows].map((row) => line(row).trimEnd()).join('\n')}\n`;
}

function spanLengths({ p50, stages }: PolicyFigures): string[] {
  const spans = turnSpans(stages);
  return TURN_SPANS.map(({ name }) => {
    const span = spans.find((one) => one.name === name);
    return p50 === null || !span ? '-' : whole(span.toMs - span.fromMs);
  });
}

/** What the columns mean. */
export const TURN_TABLE_NOTES = `p50, p95: from your last voiced sample to the first audible one of the reply (ms), over the turns that were not cut off.
cut off: turns taken from you while you were still speaking. wasted: tokens written and not heard, per token heard.
The columns after that are where the time of a median turn goes (ms), each up to where the one that ends before it ended.
`;

export function whole(ms: number | null): string {
  return ms === null ? '-' : `${Math.round(ms)}`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
