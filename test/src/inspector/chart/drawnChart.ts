import { textWidth } from '../../../../src/inspector/chart/textWidth.js';
import { elementsOf, parseSvg, type SvgElement } from './svgTree.js';

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface DrawnText extends Rectangle {
  readonly text: string;
}

/** Two points; either the heights or the sides are the same. */
export type Segment = Rectangle;

export interface DrawnArrow {
  readonly source: string;
  readonly targets: readonly string[];
  readonly kind: string;
  readonly transitions: readonly string[];
  readonly lines: readonly (readonly (readonly [number, number])[])[];
}

/** A chart as a reader of the SVG finds it. */
export function readChart(source: string) {
  const root = parseSvg(source);
  const elements = [...elementsOf(root)];
  const states = elements.filter(({ attributes }) => attributes['data-state'] !== undefined);
  const arrows = elements.filter(({ attributes }) => attributes['data-source'] !== undefined);
  return {
    elements,
    stateIds: states.map(({ attributes }) => attributes['data-state'] ?? ''),
    boxes: new Map(states.map((state) => [state.attributes['data-state'] ?? '', boxOf(state)])),
    transitionIds: elements.flatMap(({ attributes }) => attributes['data-transition'] ?? []),
    texts: elements.filter(({ name }) => name === 'text').map(textBox),
    arrows: arrows.map(arrowOf),
  };
}

export function segmentsOf(line: DrawnArrow['lines'][number]): Segment[] {
  return line.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = line[index] ?? [x, y];
    return {
      left: Math.min(x, fromX),
      top: Math.min(y, fromY),
      right: Math.max(x, fromX),
      bottom: Math.max(y, fromY),
    };
  });
}

export function overlap(one: Rectangle, other: Rectangle): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

export function isWithin(inner: Rectangle, outer: Rectangle): boolean {
  return (
    inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
  );
}

function boxOf(state: SvgElement): Rectangle {
  const attributes = state.children.find(({ name }) => name === 'rect')?.attributes ?? {};
  const [left, top] = [Number(attributes['x']), Number(attributes['y'])];
  return { left, top, right: left + Number(attributes['width']), bottom: top + Number(attributes['height']) };
}

function textBox({ attributes, text }: SvgElement): DrawnText {
  const size = Number(attributes['font-size'] ?? 10);
  const width = textWidth(text, size, attributes['font-weight'] !== undefined);
  const [x, y] = [Number(attributes['x']), Number(attributes['y'])];
  const left = attributes['text-anchor'] === 'end' ? x - width : x;
  return { text, left, right: left + width, top: y - 0.8 * size, bottom: y + 0.2 * size };
}

function arrowOf(group: SvgElement): DrawnArrow {
  const { attributes, children } = group;
  const lines = children.filter((child) => child.attributes['class'] === 'line');
  return {
    source: attributes['data-source'] ?? '',
    targets: attributes['data-target']?.split(' ') ?? [],
    kind: attributes['class']?.split(' ')[0] ?? '',
    transitions: children.flatMap((child) => child.attributes['data-transition'] ?? []),
    lines: lines.map((line) => pointsOf(line.attributes['d'] ?? '')),
  };
}

function pointsOf(path: string): [number, number][] {
  let [x, y] = [0, 0];
  return [...path.matchAll(/([MLHV])([-\d.]+)(?: ([-\d.]+))?/g)].map(([, command, first, second]) => {
    if (command !== 'V') x = Number(first);
    if (command !== 'H') y = Number(second ?? first);
    return [x, y];
  });
}
