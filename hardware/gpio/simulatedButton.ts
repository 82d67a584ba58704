import type { Clock } from '../clock.js';
import type { ButtonDriver, ButtonEdge } from './drivers.js';
import { EdgeQueue } from './edgeQueue.js';

/** A button that the program presses itself: in tests, and from the web panel. Any number may listen at once. */
export class SimulatedButton implements ButtonDriver {
  readonly #clock: Clock;
  readonly #listeners = new Set<EdgeQueue>();
  #pressed = false;

  constructor(
    clock: Clock,
    readonly name = 'simulated button',
  ) {
    this.#clock = clock;
  }

  get pressed(): boolean {
    return this.#pressed;
  }

  /** How many listen now. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** Does nothing when the button is down already. */
  press(): void {
    this.#change(true);
  }

  /** Does nothing when the button is up already. */
  release(): void {
    this.#change(false);
  }

  async *edges(signal: AbortSignal): AsyncGenerator<ButtonEdge, void, void> {
    signal.throwIfAborted();
    const queue = new EdgeQueue();
    if (this.#pressed) queue.push({ pressed: true, atMs: this.#clock.now() });
    this.#listeners.add(queue);
    try {
      yield* queue.edges(signal);
    } finally {
      this.#listeners.delete(queue);
    }
  }

  #change(pressed: boolean): void {
    if (pressed === this.#pressed) return;
    this.#pressed = pressed;
    const edge = { pressed, atMs: this.#clock.now() };
    for (const listener of this.#listeners) listener.push(edge);
  }
}
