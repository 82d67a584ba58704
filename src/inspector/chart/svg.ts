import type { AnyStateNode } from 'xstate';
import { childrenOf } from '../../observability/statechartTransitions.js';
import { BEFORE_DESTINATION, type Bundle, LOOP_WIDTH, MARGIN, ROW_FONT, ROW_HEIGHT, TITLE_FONT } from './card.js';
import type { Arrow, Drawing, Frame, PlacedCard, Point, Start } from './drawing.js';
import { textWidth } from './textWidth.js';

/** From a text's upper edge to the line it stands on. */
const ROW_BASELINE = 10;
const TITLE_BASELINE = 16;
const START_RADIUS = 4;
const JUNCTION_RADIUS = 2;
const HEAD_LENGTH = 6;
const HEAD_HALF_WIDTH = 3;
/** Around everything, so that no border is cut in half. */
const EDGE = 2;

/**
 * The drawing as SVG, coloured by a stylesheet alone: no style, no script. Each state is a `g[data-state]`, each
 * transition a `g[data-transition]` with its words. Those of a state that lead to the same place stand in one group with
 * their line: a `g.arrow`, a `g.loop`, or a `g.stay` without any, with `data-source` and `data-target`.
 */
export function svgOf(drawing: Drawing, name: string): string {
  const size = [-EDGE, -EDGE, drawing.width + 2 * EDGE, drawing.height + 2 * EDGE].map(number).join(' ');
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="statechart" viewBox="${size}" role="img" aria-label="${escaped(name)}" font-size="${ROW_FONT}">`,
    ...drawing.frames.map(stateOf),
    ...drawing.starts.map(startOf),
    ...drawing.cards.flatMap((card) => bundlesOf(card, drawing.arrows)),
    ...new Set(drawing.junctions.map(junctionOf)),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

/** A state's place in the chart, from the root's regions on. */
export function stateId(state: AnyStateNode): string {
  return state.path.join('.');
}

function stateOf({ state, x, y, width, height }: Frame): string {
  const kinds = ['state', childrenOf(state).length > 0 && 'compound', state.parent?.type === 'parallel' && 'region'];
  const rect = `<rect ${at('x', x, 'y', y)} ${at('width', width, 'height', height)} rx="6"/>`;
  const title = `<text class="title" ${at('x', x + MARGIN, 'y', y + TITLE_BASELINE)} font-size="${TITLE_FONT}" font-weight="600">${escaped(state.key)}</text>`;
  return `<g class="${kinds.filter(Boolean).join(' ')}" data-state="${escaped(stateId(state))}">${rect}${title}</g>`;
}

function startOf({ state, target, points }: Start): string {
  const [from = { x: 0, y: 0 }] = points;
  const dot = `<circle ${at('cx', from.x, 'cy', from.y)} r="${START_RADIUS}"/>`;
  return `<g class="initial" data-source="${escaped(stateId(state))}" data-target="${escaped(stateId(target))}">${dot}${arrowTo(points)}</g>`;
}

function junctionOf({ x, y, lane }: Drawing['junctions'][number]): string {
  return `<circle class="junction${laneClass(lane)}" ${at('cx', x, 'cy', y)} r="${JUNCTION_RADIUS}"/>`;
}

/** The stylesheet gives each lane its colour. */
function laneClass(lane: number | undefined): string {
  return lane === undefined ? '' : ` lane-${lane}`;
}

function bundlesOf(placed: PlacedCard, arrows: readonly Arrow[]): string[] {
  const left = placed.x + MARGIN;
  const right = placed.x + placed.width - MARGIN;
  return placed.bundles.map(({ bundle, top, middle, side }) => {
    const { kind, destination, rows } = bundle;
    const own = arrows.filter((arrow) => arrow.bundle === bundle);
    const indent = side === 'west' && destination !== '' ? textWidth(destination, ROW_FONT) + BEFORE_DESTINATION : 0;
    const baseline = placed.y + top + ROW_BASELINE;
    const words = rows.map(
      ({ id, text }, index) =>
        `<g data-transition="${escaped(id)}"><text class="label" ${at('x', left + indent, 'y', baseline + index * ROW_HEIGHT)}>${escaped(text)}</text></g>`,
    );
    const towards =
      destination === ''
        ? ''
        : `<text class="to" ${at('x', side === 'west' ? left : right, 'y', placed.y + middle + ROW_BASELINE - ROW_HEIGHT / 2)}${side === 'west' ? '' : ' text-anchor="end"'}>${escaped(destination)}</text>`;
    const loop = kind === 'loop' ? arrowTo(loopAt(right, placed.y + middle)) : '';
    const lines = own.length > 0 ? own.map(({ points }) => arrowTo(points)).join('') : loop;
    return `<g ${classesOf(bundle, own)}>${lines}${towards}${words.join('')}</g>`;
  });
}

function classesOf({ kind, source, targets }: Bundle, [arrow]: readonly Arrow[]): string {
  const from = `class="${kind}${laneClass(arrow?.lane)}" data-source="${escaped(stateId(source))}"`;
  return targets.length === 0 ? from : `${from} data-target="${escaped(targets.map(stateId).join(' '))}"`;
}

/** Out of the row and back to it. */
function loopAt(right: number, middle: number): Point[] {
  const left = right - LOOP_WIDTH;
  const [up, down] = [middle - 4, middle + 4];
  return [
    { x: left, y: up },
    { x: right, y: up },
    { x: right, y: down },
    { x: left, y: down },
  ];
}

/** A line with a head at its end. */
function arrowTo(points: readonly Point[]): string {
  const end = points.at(-1) ?? { x: 0, y: 0 };
  const before = points.findLast(({ x, y }) => x !== end.x || y !== end.y) ?? end;
  const [dx, dy] = [Math.sign(end.x - before.x), Math.sign(end.y - before.y)];
  const back = { x: end.x - dx * HEAD_LENGTH, y: end.y - dy * HEAD_LENGTH };
  const [wx, wy] = [dy * HEAD_HALF_WIDTH, dx * HEAD_HALF_WIDTH];
  const corners = [end, { x: back.x + wx, y: back.y + wy }, { x: back.x - wx, y: back.y - wy }];
  const head = `M${corners.map(({ x, y }) => `${number(x)} ${number(y)}`).join('L')}Z`;
  return `<path class="line" d="${lineThrough(points)}"/><path class="head" d="${head}"/>`;
}

function lineThrough(points: readonly Point[]): string {
  let [x, y] = ['', ''];
  return points
    .map((point, index) => {
      const [nextX, nextY] = [number(point.x), number(point.y)];
      const step =
        index === 0
          ? `M${nextX} ${nextY}`
          : nextX === x && nextY === y
            ? ''
            : nextY === y
              ? `H${nextX}`
              : nextX === x
                ? `V${nextY}`
                : `L${nextX} ${nextY}`;
      [x, y] = [nextX, nextY];
      return step;
    })
    .join('');
}

function at(first: string, one: number, second: string, other: number): string {
  return `${first}="${number(one)}" ${second}="${number(other)}"`;
}

/** Half pixels are exact enough. */
function number(value: number): string {
  return String(Math.round(value * 2) / 2);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
