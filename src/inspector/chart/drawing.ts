import type { AnyStateNode } from 'xstate';
import type { Bundle, BundlePlace, Card } from './card.js';

/** Pixels, right and down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A state's box. */
export interface Frame extends Box {
  readonly state: AnyStateNode;
}

export type Side = 'west' | 'east';

/** Where a card is written. */
export interface PlacedCard extends Box {
  readonly card: Card;
  readonly bundles: readonly (BundlePlace & { readonly side: Side })[];
}

/** The line from a bundle's row to one of the states that it leads to. */
export interface Arrow {
  readonly bundle: Bundle;
  readonly target: AnyStateNode;
  readonly points: readonly Point[];
  /** Arrows of one lane run together; those inside a state have none. */
  readonly lane?: number;
}

/** Where a state begins: a dot, and an arrow from it. */
export interface Start {
  readonly state: AnyStateNode;
  readonly target: AnyStateNode;
  readonly points: readonly Point[];
}

/** Part of the chart, from its own upper left corner. Frames stand before those that lie within them. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly Frame[];
  readonly cards: readonly PlacedCard[];
  readonly arrows: readonly Arrow[];
  readonly starts: readonly Start[];
  /** Where a line joins others with the same end. */
  readonly junctions: readonly (Point & { readonly lane?: number })[];
}

/** The same, `dx` further right and `dy` further down. */
export function moved<T extends Drawing>(drawing: T, dx: number, dy: number): T {
  const move = <P extends Point>(thing: P): P => ({ ...thing, x: thing.x + dx, y: thing.y + dy });
  const moveLine = <L extends { readonly points: readonly Point[] }>(line: L): L => ({
    ...line,
    points: line.points.map(move),
  });
  return {
    ...drawing,
    frames: drawing.frames.map(move),
    cards: drawing.cards.map(move),
    arrows: drawing.arrows.map(moveLine),
    starts: drawing.starts.map(moveLine),
    junctions: drawing.junctions.map(move),
  };
}

/** Several drawings on one sheet. */
export function together(drawings: readonly Drawing[], width: number, height: number): Drawing {
  return {
    width,
    height,
    frames: drawings.flatMap(({ frames }) => frames),
    cards: drawings.flatMap(({ cards }) => cards),
    arrows: drawings.flatMap(({ arrows }) => arrows),
    starts: drawings.flatMap(({ starts }) => starts),
    junctions: drawings.flatMap(({ junctions }) => junctions),
  };
}
