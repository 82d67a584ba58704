import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { type ChartTransition, childrenOf, statesOf, transitionsOf } from './statechartTransitions.js';

/**
 * The statechart as a Mermaid `stateDiagram-v2`. Parallel regions stand side by side. Arrows with the same ends are one
 * arrow; what leads to a state from anywhere around it, and what acts without leaving it, is written into the state.
 */
export function mermaidOf(machine: AnyStateMachine): string {
  const transitions = [...transitionsOf(machine.root)];
  const lines = ['stateDiagram-v2', ...drawState(machine.root, transitions, 1)];
  return `${lines.join('\n')}\n`;
}

/** The machine's definition as plain JSON, with the `always` transitions that XState leaves out of it. */
export function definitionOf(machine: AnyStateMachine): unknown {
  return withAlways(JSON.parse(JSON.stringify(machine)), machine.root);
}

function withAlways(definition: Record<string, unknown>, node: AnyStateNode): Record<string, unknown> {
  const states = Object.entries((definition['states'] ?? {}) as Record<string, Record<string, unknown>>).map(
    ([key, child]) => {
      const childNode = node.states[key];
      return [key, childNode === undefined ? child : withAlways(child, childNode)];
    },
  );
  const always = (node.always ?? []).map((transition) => JSON.parse(JSON.stringify(transition)));
  return { ...definition, states: Object.fromEntries(states), ...(always.length > 0 && { always }) };
}

function drawState(node: AnyStateNode, transitions: readonly ChartTransition[], depth: number): string[] {
  const pad = '  '.repeat(depth);
  const named = `${pad}state "${node.key}" as ${idOf(node)}`;
  const children = childrenOf(node);
  if (children.length === 0) return [named, ...inWords(node, transitions).map((line) => `${pad}${line}`)];
  const drawn = children.map((child) => drawState(child, transitions, depth + 1));
  const inside =
    node.type === 'parallel'
      ? drawn.flatMap((region, index) => (index === 0 ? region : [`${pad}  --`, ...region]))
      : [...drawn.flat(), ...[initialArrow(node), ...arrowsWithin(node, transitions)].map((line) => `${pad}  ${line}`)];
  return [`${named} {`, ...inside, `${pad}}`];
}

function initialArrow(node: AnyStateNode): string {
  return `[*] --> ${node.initial.target.map(idOf).join()}`;
}

/**
 * Arrows between the states of `node`. One that starts or ends deeper inside them is drawn from or to the composite
 * state and says where in its label: Mermaid tears composite states apart when arrows cross their border.
 */
function arrowsWithin(node: AnyStateNode, transitions: readonly ChartTransition[]): string[] {
  const labels = new Map<string, Set<string>>();
  for (const transition of transitions) {
    for (const target of transition.targets) {
      const [from, to] = [childAround(node, transition.source), childAround(node, target)];
      if (from === undefined || to === undefined || (from === to && transition.source !== target)) continue;
      const start = from === transition.source ? '' : `${transition.source.key}: `;
      const end = to === target ? '' : ` to ${target.key}`;
      const arrow = `${idOf(from)} --> ${idOf(to)}`;
      labels.set(arrow, (labels.get(arrow) ?? new Set()).add(start + label(transition) + end));
    }
  }
  return [...labels].map(([arrow, texts]) => `${arrow} : ${[...texts].join(' / ')}`);
}

/** What no arrow shows well: transitions from anywhere in a composite state to a state within it, and actions that stay. */
function inWords(state: AnyStateNode, transitions: readonly ChartTransition[]): string[] {
  const entries = transitions.filter(({ source, targets }) => targets.includes(state) && isInside(state, source));
  const stays = transitions.filter(
    ({ source, targets }) => targets.length === 0 && (source === state || isInside(state, source)),
  );
  const lines = [
    ...[...new Set(entries.map(({ source }) => source))].map((around) => {
      const events = entries.filter(({ source }) => source === around).map(label);
      return `from any ${around.key} state by ${events.join(' / ')}`;
    }),
    ...stays.map((transition) => `${label(transition)} does ${transition.actions.join(', ') || 'nothing'}`),
  ];
  return lines.map((line) => `${idOf(state)} : ${line}`);
}

function label({ event, guard }: ChartTransition): string {
  return guard === undefined ? event : `${event} [${guard}]`;
}

function idOf(node: AnyStateNode): string {
  return node.path.length === 0 ? node.id : node.path.join('_');
}

function isInside(node: AnyStateNode, outer: AnyStateNode): boolean {
  return node !== outer && [...statesOf(outer)].includes(node);
}

/** The state of `node` that is `inner` or contains it. */
function childAround(node: AnyStateNode, inner: AnyStateNode): AnyStateNode | undefined {
  return childrenOf(node).find((child) => child === inner || isInside(inner, child));
}
