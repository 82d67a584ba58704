import { useEffect, useState } from 'preact/hooks';
import { NOTHING_KNOWN, nextView, type ViewChange, type ViewState } from '../view/viewState.js';

/** Holds the one view and tells whoever shows it that it has changed. */
export class ViewStore {
  #view = NOTHING_KNOWN;
  readonly #listeners = new Set<() => void>();

  get view(): ViewState {
    return this.#view;
  }

  readonly change = (change: ViewChange): void => {
    this.#view = nextView(this.#view, change);
    for (const listener of [...this.#listeners]) listener();
  };

  /** Returns how to stop listening. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** A part of the view; what shows it is drawn again when that part is another one. */
export function usePart<Part>(store: ViewStore, select: (view: ViewState) => Part): Part {
  const part = select(store.view);
  const [, redraw] = useState({});
  useEffect(() => {
    let shown = part;
    const check = () => {
      const now = select(store.view);
      if (Object.is(now, shown)) return;
      shown = now;
      redraw({});
    };
    check();
    return store.onChange(check);
  });
  return part;
}
