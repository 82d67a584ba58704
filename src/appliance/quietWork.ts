import type { Clock } from '../../hardware/clock.js';

/** How long it must have been quiet before the work begins (ms): what was going on has really ended by then. */
const SETTLE_MS = 2_000;

export interface QuietWorkOptions {
  /** Done when it resolves; after an abort it is begun again in the next quiet time. */
  readonly work: (signal: AbortSignal) => Promise<void>;
  readonly clock: Clock;
  /** The work has failed. It is not tried again. */
  readonly onFailed: (error: unknown) => void;
}

/** Where it stands: it waits for a quiet time, for the end of what was before, for its end, or has none. */
type Stage =
  | { readonly is: 'waiting' | 'over' }
  | { readonly is: 'settling'; readonly timer: unknown }
  | { readonly is: 'working'; readonly stop: AbortController };

/** A piece of work that is done once, while nobody needs the computer; whoever does has it at once. */
export class QuietWork {
  #stage: Stage = { is: 'waiting' };

  constructor(private readonly options: QuietWorkOptions) {}

  /** Whether the computer has nothing else to do, told as often as one likes. */
  follow(isQuiet: boolean): void {
    if (!isQuiet) this.#interrupt();
    else if (this.#stage.is === 'waiting') this.#settle();
  }

  /** For good. */
  stop(): void {
    this.#interrupt();
    this.#stage = { is: 'over' };
  }

  #interrupt(): void {
    const stage = this.#stage;
    if (stage.is === 'over') return;
    this.#stage = { is: 'waiting' };
    if (stage.is === 'settling') this.options.clock.clearTimeout(stage.timer);
    if (stage.is === 'working') stage.stop.abort(new Error('the computer is needed for something else'));
  }

  #settle(): void {
    const timer = this.options.clock.setTimeout(() => this.#begin(), SETTLE_MS);
    this.#stage = { is: 'settling', timer };
  }

  #begin(): void {
    const stop = new AbortController();
    this.#stage = { is: 'working', stop };
    this.options.work(stop.signal).then(
      () => this.#ended(stop),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        this.#ended(stop);
        this.options.onFailed(error);
      },
    );
  }

  /** Work that was finished in spite of an abort counts as not done. */
  #ended({ signal }: AbortController): void {
    if (!signal.aborted) this.#stage = { is: 'over' };
  }
}
