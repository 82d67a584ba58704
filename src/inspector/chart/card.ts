import type { AnyStateNode } from 'xstate';
import { type ChartTransition, childrenOf } from '../../observability/statechartTransitions.js';
import { textWidth } from './textWidth.js';

/** Pixels. */
export const TITLE_FONT = 13;
export const ROW_FONT = 10;
export const TITLE_HEIGHT = 24;
export const ROW_HEIGHT = 13;
export const MARGIN = 9;
const BETWEEN_BUNDLES = 7;
export const BEFORE_DESTINATION = 12;
/** The arrow that comes back to its own state, right of the words. */
export const LOOP_WIDTH = 12;

/** How the transitions of a bundle are drawn: as one arrow, as a loop to the state itself, or as words, for they stay. */
export type BundleKind = 'arrow' | 'loop' | 'stay';

/** The transitions of a state that lead to the same place: one arrow, one line of text each. */
export interface Bundle {
  readonly id: string;
  readonly kind: BundleKind;
  readonly source: AnyStateNode;
  readonly targets: readonly AnyStateNode[];
  readonly rows: readonly { readonly id: string; readonly text: string }[];
  /** Where it leads, for those who lose sight of a long line; empty where it is short. */
  readonly destination: string;
}

/** The written part of a state: what it listens to, and where that leads. */
export interface Card {
  readonly state: AnyStateNode;
  /** A state without states within has its title on the card; the others have it on their frame. */
  readonly title: string | undefined;
  readonly bundles: readonly Bundle[];
  readonly width: number;
  readonly height: number;
}

/** A bundle's place on its card, from the card's upper left corner. */
export interface BundlePlace {
  readonly bundle: Bundle;
  readonly top: number;
  /** Where its arrow begins. */
  readonly middle: number;
}

/** The card of `state`; undefined where there is nothing to write. Arrows to what is not far are followed without names. */
export function cardOf(
  state: AnyStateNode,
  transitions: readonly ChartTransition[],
  isFar: (target: AnyStateNode) => boolean,
): Card | undefined {
  const title = childrenOf(state).length === 0 ? state.key : undefined;
  const bundles = bundlesOf(state, transitions, isFar);
  if (title === undefined && bundles.length === 0) return undefined;
  const widths = bundles.map(bundleWidth);
  const rows = bundles.flatMap((bundle) => bundle.rows).length;
  const gaps = Math.max(0, bundles.length - 1) * BETWEEN_BUNDLES;
  return {
    state,
    title,
    bundles,
    width: Math.max(titleWidth(title ?? ''), ...widths) + 2 * MARGIN,
    height: (title === undefined ? MARGIN / 2 : TITLE_HEIGHT) + rows * ROW_HEIGHT + gaps + MARGIN / 2,
  };
}

export function titleWidth(title: string): number {
  return textWidth(title, TITLE_FONT, true);
}

/** Where each bundle stands when they are written in this order. */
export function placeBundles(card: Card, order: readonly Bundle[]): BundlePlace[] {
  let top = card.title === undefined ? MARGIN / 2 : TITLE_HEIGHT;
  return order.map((bundle) => {
    const height = bundle.rows.length * ROW_HEIGHT;
    const place = { bundle, top, middle: top + height / 2 };
    top += height + BETWEEN_BUNDLES;
    return place;
  });
}

function bundlesOf(
  state: AnyStateNode,
  transitions: readonly ChartTransition[],
  isFar: (target: AnyStateNode) => boolean,
): Bundle[] {
  const bundles = new Map<string, ChartTransition[]>();
  for (const transition of transitions.filter(({ source }) => source === state)) {
    const key = transition.targets.map(({ id }) => id).join();
    bundles.set(key, [...(bundles.get(key) ?? []), transition]);
  }
  return [...bundles.values()].map((members, index) => {
    const targets = members[0]?.targets ?? [];
    const kind = targets.length === 0 ? 'stay' : targets.every((target) => target === state) ? 'loop' : 'arrow';
    const rows = members.map((transition) => ({ id: transition.id, text: inWords(transition) }));
    const destination = targets
      .filter(isFar)
      .map(({ key }) => key)
      .join(', ');
    return { id: `${state.id}#${index}`, kind, source: state, targets, rows, destination };
  });
}

function inWords({ event, guard, targets, actions }: ChartTransition): string {
  const label = guard === undefined ? event : `${event} [${guard}]`;
  return targets.length > 0 ? label : `${label} does ${actions.join(', ') || 'nothing'}`;
}

function bundleWidth({ rows, destination, kind }: Bundle): number {
  const named = destination === '' ? 0 : BEFORE_DESTINATION + textWidth(destination, ROW_FONT);
  const beside = kind === 'loop' ? LOOP_WIDTH + 6 : named;
  return Math.max(...rows.map(({ text }) => textWidth(text, ROW_FONT))) + beside;
}
