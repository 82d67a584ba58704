import type { ButtonEdge } from './drivers.js';

/**
 * Edges told by callbacks, for a consumer that takes them one by one. It keeps what is not taken yet: a person makes a
 * few edges a second at most.
 */
export class EdgeQueue {
  readonly #edges: ButtonEdge[] = [];
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => {};

  push(edge: ButtonEdge): void {
    this.#edges.push(edge);
    this.#wake();
  }

  /** Ends the iteration with `error`, after the edges that were pushed before. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  /**
   * The edges as they are pushed.
   * @throws the signal's reason when aborted; what `fail` was given
   */
  async *edges(signal: AbortSignal): AsyncGenerator<ButtonEdge, void, void> {
    const onAbort = () => this.#wake();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      for (;;) {
        signal.throwIfAborted();
        const edge = this.#edges.shift();
        if (edge !== undefined) yield edge;
        else if (this.#failure !== undefined) throw this.#failure.error;
        else
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
