import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { type ChartTransition, childrenOf, transitionsOf } from '../../observability/statechartTransitions.js';
import type { Block } from './block.js';
import { cardOf } from './card.js';
import type { Drawing } from './drawing.js';
import { cardAlone, drawInside } from './elkLayout.js';
import { combinations, onOneSheet } from './sheet.js';
import { type Plan, streetPlans } from './street.js';

/**
 * Draws the regions of a machine on one sheet.
 * @throws {Error} when the machine is not parallel, or has transitions outside its regions or between them: there is no
 * place for those
 */
export async function drawChart(machine: AnyStateMachine): Promise<Drawing> {
  const { root } = machine;
  const transitions = [...transitionsOf(root)];
  const staysInRegion = ({ source, targets }: ChartTransition) =>
    source !== root && targets.every(({ path }) => path[0] === source.path[0]);
  if (root.type !== 'parallel' || !transitions.every(staysInRegion)) {
    throw new Error(`the chart of "${machine.id}" cannot be drawn: all must happen within parallel regions`);
  }
  const regions: Plan[][] = [];
  for (const region of childrenOf(root)) regions.push(await drawRegion(region, transitions));
  return onOneSheet(regions);
}

/**
 * In all its variants. States without states within lie well in layers; larger ones lead everywhere, and stand along a
 * street.
 */
async function drawRegion(region: AnyStateNode, transitions: readonly ChartTransition[]): Promise<Plan[]> {
  const children = childrenOf(region);
  if (children.every((child) => childrenOf(child).length === 0)) {
    return (await drawInside(region, transitions, ['RIGHT'])).map((block) => ({ ...block, draw: () => block }));
  }
  const blocks: Block[][] = [];
  for (const child of children) blocks.push(await drawInside(child, transitions, ['RIGHT', 'DOWN']));
  const own = ownBlock(region, transitions);
  return combinations(blocks).flatMap((chosen) => streetPlans(region, [...own, ...chosen]));
}

/** What is listened to in every state of the region. */
function ownBlock(region: AnyStateNode, transitions: readonly ChartTransition[]): Block[] {
  const card = cardOf(region, transitions, () => true);
  if (card === undefined) return [];
  const { width, height } = card;
  const placed = cardAlone(card);
  const exits = placed.bundles
    .filter(({ bundle }) => bundle.kind === 'arrow')
    .flatMap(({ bundle, middle }) =>
      bundle.targets.map((target) => ({ bundle, target, points: [{ x: width, y: middle }] })),
    );
  return [
    {
      state: region,
      width,
      height,
      frames: [],
      cards: [placed],
      arrows: [],
      starts: [],
      junctions: [],
      exits,
      entries: [],
    },
  ];
}
