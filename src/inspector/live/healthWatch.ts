import type { Clock } from '../../../hardware/clock.js';
import type { HealthState } from '../protocol.js';

const EVERY_MS = 2_000;

/** Where the health is read off. */
export interface HealthSource {
  read(): Promise<HealthState>;
  /** From now on what takes time to be known is measured. Returns how to stop. */
  watch(): () => void;
}

/** Tells how the appliance is, at once and every two seconds, while somebody watches; does nothing otherwise. */
export class HealthWatch {
  #due: unknown;
  #unwatch: (() => void) | undefined;

  constructor(
    private readonly source: HealthSource,
    private readonly clock: Clock,
    private readonly tell: (health: HealthState) => void,
  ) {}

  /** Whoever watches already is told at once, too. */
  start(): void {
    this.#unwatch ??= this.source.watch();
    this.clock.clearTimeout(this.#due);
    this.#read();
  }

  stop(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.clock.clearTimeout(this.#due);
  }

  #read(): void {
    const watching = this.#unwatch;
    this.#due = this.clock.setTimeout(() => this.#read(), EVERY_MS);
    this.source.read().then(
      (health) => {
        if (watching === this.#unwatch) this.tell(health);
      },
      () => {}, // it is read again
    );
  }
}
