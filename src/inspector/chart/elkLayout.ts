import elkjs, { type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { AnyStateNode } from 'xstate';
import { type ChartTransition, childrenOf, statesOf } from '../../observability/statechartTransitions.js';
import { type Block, type Inside, insideOf, leafBlock, underTitle, withoutOwnCard } from './block.js';
import { type Card, placeBundles } from './card.js';
import type { Arrow, Box, Frame, PlacedCard, Point, Side, Start } from './drawing.js';
import { type CardSides, cardId, type Direction, elkGraph, type Hints, startId } from './elkGraph.js';

/**
 * Draws a state and all within it, once for each direction in which its arrows may mainly run. ELK lays it out twice:
 * freely, to learn in which order the arrows of each card cross least, then with the rows of the cards in that order and
 * each arrow at its row.
 */
export async function drawInside(
  outer: AnyStateNode,
  transitions: readonly ChartTransition[],
  directions: readonly Direction[],
): Promise<Block[]> {
  const whole = insideOf(outer, transitions);
  const card = whole.cards.get(outer);
  if (childrenOf(outer).length === 0 && card !== undefined) return [leafBlock(whole, cardAlone(card))];
  const leadsInside = whole.staying.some(({ bundle }) => bundle.source === outer);
  const inside = leadsInside ? whole : withoutOwnCard(whole);
  const elk = new elkjs.default();
  const variants: Block[] = [];
  for (const direction of directions) {
    const free = new Found(await elk.layout(elkGraph(inside, direction)));
    const hints = hintsOf(inside, free);
    const block = blockOf(inside, hints, new Found(await elk.layout(elkGraph(inside, direction, hints))));
    variants.push(card === undefined || leadsInside ? block : underTitle(block, whole, cardAlone(card)));
  }
  return variants;
}

/** A card on its own, all its arrows to the right. */
export function cardAlone(card: Card): PlacedCard {
  const bundles = placeBundles(card, card.bundles).map((place) => ({ ...place, side: 'east' as const }));
  return { card, bundles, x: 0, y: 0, width: card.width, height: card.height };
}

function hintsOf(inside: Inside, found: Found): Hints {
  const arrivals = new Map<string, Side>();
  for (const [id, points] of found.lines) {
    const target = [...inside.cards.values()].find(
      ({ state }) => id.endsWith(`>${state.id}`) && cardId(state) === state.id,
    );
    const end = points.at(-1);
    if (target !== undefined && end !== undefined) arrivals.set(id, sideOf(end, found.box(target.state.id)));
  }
  const cards = new Map<string, CardSides>();
  for (const card of inside.cards.values()) {
    const box = found.box(cardId(card.state));
    const begins = new Map(card.bundles.map(({ id }) => [id, found.ports.get(id)] as const));
    const height = (id: string) => begins.get(id)?.y ?? Number.MAX_VALUE;
    cards.set(cardId(card.state), {
      order: card.bundles.toSorted((a, b) => height(a.id) - height(b.id)),
      sides: new Map([...begins].map(([id, point]) => [id, point === undefined ? 'east' : sideOf(point, box)])),
      arrivals: new Set([...arrivals].filter(([id]) => id.endsWith(`>${card.state.id}`)).map(([, side]) => side)),
    });
  }
  return { cards, arrivals };
}

function blockOf(inside: Inside, hints: Hints, found: Found): Block {
  const { outer, cards, leaving, staying, entered } = inside;
  const states = [...statesOf(outer)];
  const line = (id: string) => found.lines.get(id) ?? [];
  const arrow = ({ bundle, target }: Inside['leaving'][number]): Arrow => ({
    bundle,
    target,
    points: line(`${bundle.id}>${target.id}`),
  });
  const placed = [...cards.values()].map((card): PlacedCard => {
    const known = hints.cards.get(cardId(card.state));
    const bundles = placeBundles(card, known?.order ?? card.bundles).map((place) => ({
      ...place,
      side: known?.sides.get(place.bundle.id) ?? ('east' as const),
    }));
    return { card, bundles, ...found.box(cardId(card.state)) };
  });
  const starts = states
    .filter(({ type }) => type === 'compound')
    .flatMap((state): Start[] =>
      state.initial.target.map((target) => ({ state, target, points: line(`${startId(state)}>${target.id}`) })),
    );
  return {
    state: outer,
    ...found.box(outer.id),
    frames: states.map((state): Frame => ({ state, ...found.box(state.id) })),
    cards: placed,
    arrows: staying.map(arrow),
    starts,
    junctions: found.junctions,
    exits: leaving.map(arrow),
    entries: entered.map((target) => ({ target, points: line(`in>${target.id}`) })),
  };
}

function sideOf(point: Point, box: Box): Side {
  return point.x < box.x + box.width / 2 ? 'west' : 'east';
}

/** ELK's answer by id, whatever the depth. */
class Found {
  readonly #boxes = new Map<string, Box>();
  readonly ports = new Map<string, Point>();
  readonly lines = new Map<string, readonly Point[]>();
  readonly junctions: Point[] = [];

  constructor(node: ElkNode) {
    this.#collect(node);
  }

  /** @throws {Error} when ELK has not placed it */
  box(id: string): Box {
    const box = this.#boxes.get(id);
    if (box === undefined) throw new Error(`the layout has no place for the state ${id}`);
    return box;
  }

  #collect({ id, x = 0, y = 0, width = 0, height = 0, children = [], ports = [], edges = [] }: ElkNode): void {
    this.#boxes.set(id, { x, y, width, height });
    for (const port of ports) this.ports.set(port.id, { x: port.x ?? 0, y: port.y ?? 0 });
    for (const { id: edgeId, sections = [], junctionPoints = [] } of edges) {
      this.junctions.push(...junctionPoints);
      const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
        startPoint,
        ...bendPoints,
        endPoint,
      ]);
      this.lines.set(edgeId, points);
    }
    for (const child of children) this.#collect(child);
  }
}
