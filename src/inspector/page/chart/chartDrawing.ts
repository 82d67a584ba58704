import type { StateId, TransitionId } from '../../protocol.js';
import { isActive } from '../../view/statusInWords.js';
import type { ViewBox } from '../../view/viewBox.js';

/** How long a transition stays lit after it was taken. */
const FLASH_MS = 700;

/** The statechart in the page: which parts of it are states and transitions, and lighting them. */
export class ChartDrawing {
  readonly #states = new Map<StateId, Element>();
  readonly #transitions = new Map<TransitionId, Element[]>();
  readonly #flashing = new Map<Element, number>();

  constructor(readonly svg: SVGSVGElement) {
    for (const element of svg.querySelectorAll('[data-state]')) {
      this.#states.set(element.getAttribute('data-state') ?? '', element);
    }
    for (const element of svg.querySelectorAll('[data-transition]')) {
      for (const id of transitionsAt(element)) {
        this.#transitions.set(id, [...(this.#transitions.get(id) ?? []), element]);
      }
    }
  }

  /** Lights the active states, those around them included. */
  light(active: readonly StateId[]): void {
    for (const [state, element] of this.#states) element.classList.toggle('active', isActive(state, active));
  }

  /** Where the turn's active state is, with all that is in it; undefined when it is not drawn. */
  placeOfTurn(active: readonly StateId[]): ViewBox | undefined {
    const [turn, state] = active.find((id) => id.startsWith('turn.'))?.split('.') ?? [];
    const element = this.#states.get(`${turn}.${state}`);
    return element instanceof SVGGraphicsElement ? element.getBBox() : undefined;
  }

  /** Lights transitions for a moment. */
  flash(transitions: readonly TransitionId[]): void {
    for (const element of this.#elementsOf(transitions)) {
      clearTimeout(this.#flashing.get(element));
      element.classList.remove('flash');
      // Being asked for its size restarts the animation of one that was flashing already.
      element.getBoundingClientRect();
      element.classList.add('flash');
      const timer = window.setTimeout(() => {
        this.#flashing.delete(element);
        element.classList.remove('flash');
      }, FLASH_MS);
      this.#flashing.set(element, timer);
    }
  }

  /** Marks those that are pointed at, and no others. */
  point(transitions: readonly TransitionId[]): void {
    const pointed = new Set(this.#elementsOf(transitions));
    for (const element of this.svg.querySelectorAll('.pointed')) {
      if (!pointed.has(element)) element.classList.remove('pointed');
    }
    for (const element of pointed) element.classList.add('pointed');
  }

  close(): void {
    for (const timer of this.#flashing.values()) clearTimeout(timer);
    this.#flashing.clear();
  }

  #elementsOf(transitions: readonly TransitionId[]): Element[] {
    return transitions.flatMap((id) => this.#transitions.get(id) ?? []);
  }
}

/** The transitions that are drawn at `element`: its own, or those of an arrow that several share. */
export function transitionsAt(element: Element | null): TransitionId[] {
  const drawn = element?.closest('[data-transition], .arrow, .loop');
  if (!drawn) return [];
  const own = drawn.getAttribute('data-transition');
  if (own !== null) return [own];
  return [...drawn.querySelectorAll('[data-transition]')].flatMap(transitionsAt);
}
