import type { ElkExtendedEdge, ElkNode, ElkPort } from 'elkjs';
import type { AnyStateNode } from 'xstate';
import { childrenOf } from '../../observability/statechartTransitions.js';
import type { Inside } from './block.js';
import { type Card, placeBundles, TITLE_HEIGHT, titleWidth } from './card.js';
import type { Side } from './drawing.js';

/** What the first layout has shown: in which order, and on which sides, the arrows of a card leave with fewest crossings. */
export interface CardSides {
  readonly order: Card['bundles'];
  readonly sides: ReadonlyMap<string, Side>;
  /** Sides on which arrows arrive. */
  readonly arrivals: ReadonlySet<Side>;
}

export type Direction = 'RIGHT' | 'DOWN';

export interface Hints {
  readonly cards: ReadonlyMap<string, CardSides>;
  /** By edge: where it arrives. */
  readonly arrivals: ReadonlyMap<string, Side>;
}

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.mergeEdges': 'true',
  'elk.json.edgeCoords': 'ROOT',
  'elk.json.shapeCoords': 'ROOT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '22',
  'elk.spacing.nodeNode': '14',
  'elk.spacing.edgeNode': '8',
  'elk.spacing.edgeEdge': '8',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
  'elk.layered.spacing.edgeNodeBetweenLayers': '10',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
} as const;

export const START_SIZE = 8;

export function cardId(state: AnyStateNode): string {
  return childrenOf(state).length === 0 ? state.id : `${state.id}#card`;
}

export function startId(state: AnyStateNode): string {
  return `${state.id}#start`;
}

/** ELK's graph of what is inside a state; ports of the outermost one are for arrows that cross its border. */
export function elkGraph(inside: Inside, direction: Direction, hints?: Hints): ElkNode {
  const { outer, leaving, staying, entered } = inside;
  const edges: ElkExtendedEdge[] = [
    ...leaving.map(({ bundle, target }) => edge(`${bundle.id}>${target.id}`, bundle.id, `out:${target.id}`)),
    ...staying.map(({ bundle, target }) => arrival(`${bundle.id}>${target.id}`, bundle.id, target, hints)),
    ...entered.map((target) => arrival(`in>${target.id}`, `in:${target.id}`, target, hints)),
  ];
  const top = stateNode(outer, inside, hints, edges);
  const ports: ElkPort[] = [
    ...[...new Set(leaving.map(({ target }) => `out:${target.id}`))].map((id) => borderPort(id, 'EAST')),
    ...entered.map((target) => borderPort(`in:${target.id}`, 'WEST')),
  ];
  const framed = { ...top, ports, layoutOptions: { ...top.layoutOptions, 'elk.portConstraints': 'FIXED_SIDE' } };
  return { id: '', children: [{ ...framed, edges }], layoutOptions: { ...OPTIONS, 'elk.direction': direction } };
}

function stateNode(state: AnyStateNode, inside: Inside, hints: Hints | undefined, edges: ElkExtendedEdge[]): ElkNode {
  const card = inside.cards.get(state);
  const written = card === undefined ? [] : [cardNode(card, hints)];
  const children = childrenOf(state);
  const [own] = written;
  if (children.length === 0 && own !== undefined) return own;
  const starts = state.type === 'parallel' ? [] : [{ id: startId(state), width: START_SIZE, height: START_SIZE }];
  for (const { id } of starts) {
    for (const target of state.initial.target) edges.push(arrival(`${id}>${target.id}`, id, target, hints));
  }
  return {
    id: state.id,
    children: [...starts, ...written, ...children.map((child) => stateNode(child, inside, hints, edges))],
    layoutOptions: {
      'elk.padding': `[top=${TITLE_HEIGHT + 2},left=12,bottom=10,right=12]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${titleWidth(state.key) + 20},${TITLE_HEIGHT})`,
    },
  };
}

function cardNode(card: Card, hints: Hints | undefined): ElkNode {
  const { state, width, height, bundles } = card;
  const id = cardId(state);
  const node = { id, width, height };
  const known = hints?.cards.get(id);
  const arrows = bundles.filter(({ kind }) => kind === 'arrow');
  if (known === undefined) return { ...node, ports: arrows.map((bundle) => ({ id: bundle.id })) };
  const port = (portId: string, side: Side, y: number): ElkPort => ({
    id: portId,
    x: side === 'west' ? 0 : width,
    y,
    width: 0,
    height: 0,
    layoutOptions: { 'elk.port.side': side.toUpperCase() },
  });
  const ports = [
    ...placeBundles(card, known.order)
      .filter(({ bundle }) => bundle.kind === 'arrow')
      .map(({ bundle, middle }) => port(bundle.id, known.sides.get(bundle.id) ?? 'east', middle)),
    ...[...known.arrivals].map((side) => port(`${id}#${side}`, side, TITLE_HEIGHT / 2)),
  ];
  return { ...node, ports, layoutOptions: { 'elk.portConstraints': 'FIXED_POS' } };
}

function borderPort(id: string, side: string): ElkPort {
  return { id, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } };
}

/** Into a state with a card of its own the arrow leads beside its title, once it is known on which side. */
function arrival(id: string, source: string, target: AnyStateNode, hints: Hints | undefined): ElkExtendedEdge {
  const side = childrenOf(target).length === 0 ? hints?.arrivals.get(id) : undefined;
  return edge(id, source, side === undefined ? target.id : `${target.id}#${side}`);
}

function edge(id: string, source: string, target: string): ElkExtendedEdge {
  return { id, sources: [source], targets: [target] };
}
