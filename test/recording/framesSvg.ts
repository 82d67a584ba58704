import type { Frame, Row, Run } from './screenFrames.js';

export interface SvgOptions {
  readonly columns: number;
  readonly rows: number;
  /** For people who hear the page, and below the picture. */
  readonly title: string;
  /** How long the last picture stays before all begins anew. */
  readonly lastMs: number;
}

/** A character of 14 px in the usual fonts; each run is stretched to its columns, whatever the font. */
const CELL = { width: 8.4, height: 18 } as const;
const FONT_PX = 14;
const MARGIN = 14;

/** Readable on the dark ground of the terminal, which the picture brings along for light pages and dark ones. */
const STYLE = `
.ground { fill: #16181d; stroke: #5c6370; }
text { font: ${FONT_PX}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; fill: #d7dae0; white-space: pre; }
.block { fill: #82b1ff; }
.bold { font-weight: bold; } .dim { opacity: .7; }
.black, .bright-black { fill: #8b93a1; } .red, .bright-red { fill: #ff8087; } .green, .bright-green { fill: #8fd694; }
.yellow, .bright-yellow { fill: #f0c674; } .blue, .bright-blue { fill: #82b1ff; } .magenta, .bright-magenta { fill: #d9a0f0; }
.cyan, .bright-cyan { fill: #6fd3e3; } .white, .bright-white { fill: #ffffff; }
.past { visibility: hidden; }
`;

/** A row of the screen for as long as it stays the same. */
interface Stay {
  readonly row: Row;
  readonly place: number;
  readonly from: number;
  /** Index of the frame that shows something else there; the number of frames for what stays to the end. */
  readonly to: number;
}

/**
 * An animated picture of a terminal: text as text, no script, nothing from elsewhere. Whoever wants no motion sees the
 * last frame.
 */
export function framesSvg(frames: readonly Frame[], { columns, rows, title, lastMs }: SvgOptions): string {
  const wholeMs = (frames.at(-1)?.atMs ?? 0) + lastMs;
  const stays = Array.from({ length: rows }, (_, place) => staysAt(frames, place)).flat();
  const spans = [...new Set(stays.map(spanOf))];
  const percent = (frame: number) =>
    frame >= frames.length ? 100 : round((100 * (frames[frame]?.atMs ?? 0)) / wholeMs, 3);
  const keyframes = spans.map((span, index) => {
    const [from = 0, to = 0] = span.split('-').map(Number);
    const steps = [
      ...(from === 0 ? [] : ['0%{visibility:hidden}']),
      `${percent(from)}%{visibility:visible}`,
      to >= frames.length ? '100%{visibility:visible}' : `${percent(to)}%,100%{visibility:hidden}`,
    ];
    return `@keyframes k${index}{${steps.join('')}}.k${index}{animation-name:k${index}}`;
  });
  const motion = `.k{animation:${round(wholeMs / 1000, 3)}s step-end infinite}${keyframes.join('\n')}`;
  const [width, height] = [round(columns * CELL.width + 2 * MARGIN), rows * CELL.height + 2 * MARGIN];
  const shown = stays.map((stay) => {
    const classes = [`k k${spans.indexOf(spanOf(stay))}`, ...(stay.to < frames.length ? ['past'] : [])];
    const y = round(MARGIN + stay.place * CELL.height + FONT_PX);
    return `<g class="${classes.join(' ')}">${stay.row.map((run) => runText(run, y)).join('')}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">${escaped(title)}</title>
<style>${STYLE}@media (prefers-reduced-motion: no-preference) {
${motion}
}</style>
<rect class="ground" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>
${shown.join('\n')}
</svg>
`;
}

function staysAt(frames: readonly Frame[], place: number): Stay[] {
  const stays: Stay[] = [];
  let from = 0;
  for (let to = 1; to <= frames.length; to++) {
    const row = frames[from]?.rows[place] ?? [];
    if (to < frames.length && JSON.stringify(frames[to]?.rows[place]) === JSON.stringify(row)) continue;
    if (row.length > 0) stays.push({ row, place, from, to });
    from = to;
  }
  return stays;
}

function spanOf({ from, to }: Stay): string {
  return `${from}-${to}`;
}

function runText({ column, text, look }: Run, y: number): string {
  const x = round(MARGIN + column * CELL.width);
  const length = round(text.length * CELL.width);
  // Block by block there would be seams between them.
  if (/^█+$/.test(text)) {
    return `<rect class="${['block', look].join(' ').trim()}" x="${x}" y="${round(y - FONT_PX + 1)}" width="${length}" height="${CELL.height - 4}"/>`;
  }
  const classes = look === '' ? '' : ` class="${look}"`;
  return `<text x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${classes}>${escaped(text)}</text>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
