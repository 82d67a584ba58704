import type { AnyStateNode } from 'xstate';
import { type ChartTransition, statesOf } from '../../observability/statechartTransitions.js';
import { type Bundle, type Card, cardOf, MARGIN, TITLE_HEIGHT } from './card.js';
import { type Arrow, type Drawing, moved, type PlacedCard, type Point } from './drawing.js';

/** The states of `outer`, itself included, with what is written in each. */
export interface Inside {
  readonly outer: AnyStateNode;
  readonly cards: ReadonlyMap<AnyStateNode, Card>;
  /** Arrows that begin inside and end outside. */
  readonly leaving: readonly { readonly bundle: Bundle; readonly target: AnyStateNode }[];
  /** Arrows that begin and end inside. */
  readonly staying: readonly { readonly bundle: Bundle; readonly target: AnyStateNode }[];
  /** States within `outer` that arrows from outside lead to. */
  readonly entered: readonly AnyStateNode[];
}

/** A drawn state with loose ends at its border, for the arrows that cross it. */
export interface Block extends Drawing {
  readonly state: AnyStateNode;
  /** Lines that end at the right border. */
  readonly exits: readonly Arrow[];
  /** Lines that begin at the left border and end at a state inside. */
  readonly entries: readonly { readonly target: AnyStateNode; readonly points: readonly Point[] }[];
}

export function insideOf(outer: AnyStateNode, transitions: readonly ChartTransition[]): Inside {
  const states = [...statesOf(outer)];
  const isWithin = (state: AnyStateNode) => states.includes(state);
  const cards = new Map<AnyStateNode, Card>();
  for (const state of states) {
    const card = cardOf(state, transitions, (target) => !isWithin(target));
    if (card !== undefined) cards.set(state, card);
  }
  const ends = [...cards.values()]
    .flatMap(({ bundles }) => bundles.filter(({ kind }) => kind === 'arrow'))
    .flatMap((bundle) => bundle.targets.map((target) => ({ bundle, target })));
  const fromOutside = transitions.filter(({ source }) => !isWithin(source)).flatMap(({ targets }) => targets);
  return {
    outer,
    cards,
    leaving: ends.filter(({ target }) => !isWithin(target)),
    staying: ends.filter(({ target }) => isWithin(target)),
    entered: states.filter((state) => state !== outer && fromOutside.includes(state)),
  };
}

/** The same without what is written in the outermost state itself. */
export function withoutOwnCard(inside: Inside): Inside {
  const isOwn = ({ bundle }: { readonly bundle: Bundle }) => bundle.source === inside.outer;
  return {
    ...inside,
    cards: new Map([...inside.cards].filter(([state]) => state !== inside.outer)),
    leaving: inside.leaving.filter((end) => !isOwn(end)),
    staying: inside.staying.filter((end) => !isOwn(end)),
  };
}

/** A state without states within: its card is all there is to see, and its arrows leave from its border at once. */
export function leafBlock(inside: Inside, card: PlacedCard): Block {
  const { width, height } = card;
  return {
    state: inside.outer,
    width,
    height,
    frames: [{ state: inside.outer, x: 0, y: 0, width, height }],
    cards: [card],
    arrows: [],
    starts: [],
    junctions: [],
    exits: exitsOf(inside, card, width),
    entries: [],
  };
}

/** `block`, drawn without the card of its state, with that card between its title and what is inside. */
export function underTitle(block: Block, inside: Inside, card: PlacedCard): Block {
  const placed = { ...card, y: TITLE_HEIGHT };
  const width = Math.max(block.width, card.width + MARGIN);
  const drop = card.height + MARGIN / 2;
  const height = block.height + drop;
  const lowered = moved(block, 0, drop);
  const lower = <L extends { readonly points: readonly Point[] }>(line: L): L => ({
    ...line,
    points: line.points.map(({ x, y }) => ({ x, y: y + drop })),
  });
  const toBorder = <L extends { readonly points: readonly Point[] }>(line: L): L => ({
    ...line,
    points: [...line.points, { x: width, y: line.points.at(-1)?.y ?? 0 }],
  });
  return {
    ...lowered,
    width,
    height,
    frames: lowered.frames.map((frame) => (frame.state === block.state ? { ...frame, y: 0, width, height } : frame)),
    cards: [placed, ...lowered.cards],
    exits: [...exitsOf(inside, placed, width), ...block.exits.map(lower).map(toBorder)],
    entries: block.entries.map(lower),
  };
}

/** From the rows of a card straight to the border at `right`. */
function exitsOf({ leaving }: Inside, { bundles, x, y, width }: PlacedCard, right: number): Arrow[] {
  return leaving.flatMap(({ bundle, target }) =>
    bundles
      .filter((place) => place.bundle === bundle)
      .map(({ middle }) => ({
        bundle,
        target,
        points: [
          { x: x + width, y: y + middle },
          { x: right, y: y + middle },
        ],
      })),
  );
}
