import type { PolicyFigures } from './turnFigures.js';
import { TURN_SPANS, type TurnSpan, turnSpans } from './turnSpans.js';
import { percent, whole } from './turnTable.js';

export interface TurnPictureText {
  readonly title: string;
  /** What was measured, and where. */
  readonly subtitle: string;
}

/** All lengths in user units; the picture scales. */
const WIDTH = 1_000;
const MARGIN = 24;
const BARS_LEFT = 150;
const BARS_RIGHT = 690;
const LEGEND_TOP = 92;
const LEGEND_COLUMNS = 6;
const BARS_TOP = 148;
const ROW = 46;
const BAR = 24;
const AXIS = 46;

/** Aimed at, so that the axis has about so many marks. */
const MARKS = 6;

/** One colour a span, told apart by people who see colours differently too, on light and on dark ground (after Okabe and Ito). */
const STYLE = `
  .ground { fill: #ffffff } text { fill: #24292f; font: 14px system-ui, sans-serif } .soft { fill: #57606a; font-size: 13px }
  .title { font-size: 19px; font-weight: 600 } .grid { stroke: #d0d7de } .reach { stroke: #57606a; stroke-width: 1.5 }
  .name { font-weight: 600 } .number { font-variant-numeric: tabular-nums }
  .span0 { fill: #8c959f } .span1 { fill: #56b4e9 } .span2 { fill: #e69f00 } .span3 { fill: #cc79a7 } .span4 { fill: #009e73 }
  .span5 { fill: #0072b2 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } text { fill: #e6edf3 } .soft { fill: #9198a1 } .grid { stroke: #30363d } .reach { stroke: #9198a1 }
    .span0 { fill: #6e7681 } .span5 { fill: #4493f8 }
  }`;

/** The policies side by side as an SVG picture: a bar each, of where the time of a median turn goes. */
export function turnPicture(policies: Readonly<Record<string, PolicyFigures>>, text: TurnPictureText): string {
  const rows = Object.entries(policies);
  const longestMs = Math.max(1, ...rows.flatMap(([, { p50, p95 }]) => [p50 ?? 0, p95 ?? 0]));
  const stepMs = roundStep(longestMs / MARKS);
  const endMs = longestMs * 1.04;
  const x = (ms: number) => BARS_LEFT + (ms / endMs) * (BARS_RIGHT - BARS_LEFT);
  const bottom = BARS_TOP + rows.length * ROW;
  const height = bottom + AXIS;
  const marks = Array.from({ length: Math.floor(endMs / stepMs) + 1 }, (_, i) => i * stepMs);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(text.title)}">`,
    `<style>${STYLE}\n</style>`,
    `<rect class="ground" width="${WIDTH}" height="${height}"/>`,
    label(MARGIN, 38, text.title, 'title'),
    label(MARGIN, 62, text.subtitle, 'soft'),
    ...legend(),
    ...marks.flatMap((ms) => [
      `<line class="grid" x1="${at(x(ms))}" x2="${at(x(ms))}" y1="${BARS_TOP - 8}" y2="${bottom}"/>`,
      label(x(ms), bottom + 20, `${ms}${ms === marks.at(-1) ? ' ms' : ''}`, 'soft number', 'middle'),
    ]),
    ...columnHeads(),
    ...rows.flatMap(([name, figures], i) => row(name, figures, BARS_TOP + i * ROW, x)),
    '</svg>',
  ].join('\n')}\n`;
}

const COLUMNS = [
  { head: 'p50', right: 760 },
  { head: 'p95', right: 830 },
  { head: 'cut off', right: 905 },
  { head: 'wasted', right: WIDTH - MARGIN },
] as const;

function columnHeads(): string[] {
  return COLUMNS.map(({ head, right }) => label(right, BARS_TOP - 14, head, 'soft', 'end'));
}

function row(name: string, figures: PolicyFigures, top: number, x: (ms: number) => number): string[] {
  const { p50, p95, falseCutoffRate, wastedTokensRatio, stages } = figures;
  const barTop = top + (ROW - BAR) / 2;
  const middle = top + ROW / 2;
  const bars = turnSpans(stages).flatMap(({ name: span, fromMs, toMs }) =>
    toMs <= fromMs
      ? []
      : [
          `<rect class="${spanClass(span)}" x="${at(x(fromMs))}" y="${barTop}" width="${at(x(toMs) - x(fromMs))}" height="${BAR}"><title>${escaped(`${name}, ${span}: ${whole(toMs - fromMs)} ms`)}</title></rect>`,
        ],
  );
  const reach =
    p50 === null || p95 === null
      ? []
      : [
          `<line class="reach" x1="${at(x(p50))}" x2="${at(x(p95))}" y1="${middle}" y2="${middle}"/>`,
          `<line class="reach" x1="${at(x(p95))}" x2="${at(x(p95))}" y1="${middle - 6}" y2="${middle + 6}"/>`,
        ];
  const numbers = [whole(p50), whole(p95), percent(falseCutoffRate), percent(wastedTokensRatio)];
  return [
    label(MARGIN, middle + 5, name, 'name'),
    ...reach,
    ...bars,
    ...COLUMNS.map(({ right }, i) => label(right, middle + 5, numbers[i] ?? '', 'number', 'end')),
  ];
}

function spanClass(span: TurnSpan['name']): string {
  return `span${TURN_SPANS.findIndex(({ name }) => name === span)}`;
}

function legend(): string[] {
  const column = (WIDTH - 2 * MARGIN) / LEGEND_COLUMNS;
  return TURN_SPANS.flatMap(({ name, meaning }, i) => {
    const left = MARGIN + i * column;
    return [
      `<rect class="${spanClass(name)}" x="${at(left)}" y="${LEGEND_TOP - 12}" width="14" height="14"><title>${escaped(meaning)}</title></rect>`,
      label(left + 21, LEGEND_TOP, name, ''),
    ];
  });
}

function label(x: number, y: number, text: string, classes: string, anchor: 'start' | 'middle' | 'end' = 'start') {
  const named = classes === '' ? '' : ` class="${classes}"`;
  return `<text x="${at(x)}" y="${at(y)}"${named} text-anchor="${anchor}">${escaped(text)}</text>`;
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((factor) => factor * power >= least) ?? 10);
}

function at(length: number): number {
  return Math.round(length * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
