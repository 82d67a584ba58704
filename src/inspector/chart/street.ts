import type { AnyStateNode } from 'xstate';
import type { Block } from './block.js';
import { TITLE_HEIGHT } from './card.js';
import { type Arrow, type Drawing, moved, type Point, type Start, together } from './drawing.js';
import { fewestCrossings, type Stub } from './trackOrder.js';

/** Between two lines that run beside each other, pixels. */
const TRACK = 10;
const MARGIN = 15;
/** Left of a state: the dot from which the first one is entered. */
const START_LENGTH = 20;

interface Way {
  readonly target: AnyStateNode;
  /** Of the block. */
  readonly height: number;
  readonly x: number;
}

/** A block at its place, with the lines that lead from it to the street and from there to it. */
interface House {
  readonly block: Block;
  readonly x: number;
  readonly y: number;
  readonly from: Stub['from'];
  /** Where lines come to the street; those that leave the block at one height for one target are one. */
  readonly ways: readonly Way[];
  /** By state: where the line from the street goes to it; the block's own state, and those inside that are entered. */
  readonly doors: ReadonlyMap<AnyStateNode, number>;
  /** Where the next one may begin. */
  readonly end: number;
}

/** A drawing that is not made before it is chosen. */
export interface Plan {
  readonly width: number;
  readonly height: number;
  draw(): Drawing;
}

/**
 * Plans for drawing a state whose states lead to one another in every direction: they stand in two rows, and between them
 * runs a street with one lane for each state that is led to. Every arrow enters the lane of its target and leaves it there.
 * The rows keep the order in which the states are written; each plan breaks it elsewhere.
 *
 * Drawing one throws an `Error` where a state leads to the region itself, which has no door.
 */
export function streetPlans(region: AnyStateNode, blocks: readonly Block[]): Plan[] {
  return blocks.map((_, index) => streetPlan(region, blocks.slice(0, index + 1), blocks.slice(index + 1)));
}

function streetPlan(region: AnyStateNode, upper: readonly Block[], lower: readonly Block[]): Plan {
  const targets = [...new Set([...upper, ...lower].flatMap(({ exits }) => exits.map(({ target }) => target)))];
  const top = TITLE_HEIGHT + MARGIN + tallest(upper);
  const bottom = top + (targets.length + 2) * TRACK;
  const houses = [
    ...inARow(region, upper, targets, 'above', (block) => top - block.height),
    ...inARow(region, lower, targets, 'below', () => bottom),
  ];
  const width = Math.max(...houses.map(({ end }) => end)) + MARGIN;
  const height = bottom + tallest(lower) + MARGIN;
  return {
    width,
    height,
    draw() {
      const frame = { state: region, x: 0, y: 0, width, height };
      const inside = houses.map(({ block, x, y }) => moved(block, x, y));
      const street = { ...lanes(houses, targets, top), frames: [frame], cards: [], starts: startsOf(region, houses) };
      return together([{ ...street, width, height }, ...inside], width, height);
    },
  };
}

function tallest(row: readonly Block[]): number {
  return Math.max(0, ...row.map(({ height }) => height));
}

function lanes(
  houses: readonly House[],
  targets: readonly AnyStateNode[],
  top: number,
): Pick<Drawing, 'arrows' | 'junctions'> {
  const stubs = houses.flatMap(({ ways, doors, from }) =>
    [...ways.map(({ target, x }) => [target, x] as const), ...doors].map(
      ([target, x]): Stub => ({ lane: targets.indexOf(target), x, from }),
    ),
  );
  const order = fewestCrossings(targets.length, stubs);
  const trackOf = (lane: number) => top + (order.indexOf(lane) + 1.5) * TRACK;
  const arrows = houses.flatMap((house) =>
    house.block.exits.map((exit) => {
      const lane = targets.indexOf(exit.target);
      const goal = houses.find(({ doors }) => doors.has(exit.target));
      if (goal === undefined)
        throw new Error(`no arrow can be drawn from ${exit.bundle.source.id} to ${exit.target.id}`);
      return { ...exit, lane, points: route(house, exit, goal, trackOf(lane)) };
    }),
  );
  return { arrows, junctions: junctionsOf(stubs, trackOf) };
}

/** Lines from above and from below the street stand on different pixels, so that none hides another. */
function inARow(
  region: AnyStateNode,
  row: readonly Block[],
  targets: readonly AnyStateNode[],
  from: Stub['from'],
  top: (block: Block) => number,
): House[] {
  let left = MARGIN + (from === 'above' ? 0 : TRACK / 2);
  return row.map((block) => {
    const nearestFirst = (a: number, b: number) => (from === 'above' ? b - a : a - b);
    const doorsInside = block.entries
      .filter(({ target }) => targets.includes(target))
      .toSorted((a, b) => nearestFirst(a.points[0]?.y ?? 0, b.points[0]?.y ?? 0));
    const room = isFirst(region, block) ? START_LENGTH : 0;
    const x = left + Math.max(room, doorsInside.length * TRACK);
    const doors = new Map(doorsInside.map(({ target }, index) => [target, x - (index + 1) * TRACK]));
    if (targets.includes(block.state)) doors.set(block.state, x + 2 * TRACK);
    const right = x + Math.ceil(block.width / TRACK) * TRACK;
    const ways = endsOf(block)
      .toSorted((a, b) => nearestFirst(a.height, b.height))
      .map((end, index) => ({ ...end, x: right + (index + 1) * TRACK }));
    const end = right + ways.length * TRACK;
    left = end + 2 * TRACK;
    return { block, x, y: top(block), from, ways, doors, end };
  });
}

/** Where lines leave a block. */
function endsOf({ exits }: Block): Omit<Way, 'x'>[] {
  const ends = exits.map(({ target, points }) => ({ target, height: points.at(-1)?.y ?? 0 }));
  return ends.filter(
    (end, index) => ends.findIndex(({ target, height }) => target === end.target && height === end.height) === index,
  );
}

function route(house: House, exit: Arrow, goal: House, track: number): Point[] {
  const height = exit.points.at(-1)?.y ?? 0;
  const way = house.ways.find((candidate) => candidate.target === exit.target && candidate.height === height)?.x ?? 0;
  const door = goal.doors.get(exit.target) ?? 0;
  const begin = exit.points.map(({ x, y }) => ({ x: x + house.x, y: y + house.y }));
  const entry = goal.block.entries.find(({ target }) => target === exit.target)?.points ?? [];
  const inside = entry.map(({ x, y }) => ({ x: x + goal.x, y: y + goal.y }));
  const border = { x: door, y: goal.from === 'above' ? goal.y + goal.block.height : goal.y };
  const end = inside[0] === undefined ? [border] : [{ x: door, y: inside[0].y }, ...inside];
  return [...begin, { x: way, y: height + house.y }, { x: way, y: track }, { x: door, y: track }, ...end];
}

function startsOf(region: AnyStateNode, houses: readonly House[]): Start[] {
  if (region.type === 'parallel') return [];
  return houses
    .filter(({ block }) => isFirst(region, block))
    .map(({ block, x, y }) => {
      const height = y + TITLE_HEIGHT / 2;
      return {
        state: region,
        target: block.state,
        points: [
          { x: x - START_LENGTH + 4, y: height },
          { x, y: height },
        ],
      };
    });
}

function isFirst(region: AnyStateNode, block: Block): boolean {
  return region.type !== 'parallel' && region.initial.target.includes(block.state);
}

/** Where a stub meets its lane between the lane's ends. */
function junctionsOf(stubs: readonly Stub[], trackOf: (lane: number) => number): Drawing['junctions'] {
  return stubs.flatMap(({ lane, x }) => {
    const places = stubs.filter((stub) => stub.lane === lane).map((stub) => stub.x);
    const isBetween = Math.min(...places) < x && x < Math.max(...places);
    return isBetween ? [{ x, y: trackOf(lane), lane }] : [];
  });
}
