import type { Clock } from '../../hardware/clock.js';
import { type Filler, ONE_MOMENT } from './filler.js';

/** Whoever waits longer for a skill wonders whether they were heard. */
const FILLER_AFTER_MS = 1_500;

/** Bridges a long wait for what is being done with words, once in a reply. */
export class LongWait {
  #isBridged = false;

  constructor(private readonly clock: Clock) {}

  /** What comes of `work`, and before it the filler where it takes long. @throws what `work` throws */
  async *bridged<Result>(work: Promise<Result>): AsyncGenerator<Filler, Result, undefined> {
    work.catch(() => {}); // whoever is left to wait for it hears of it
    if (this.#isBridged) return await work;
    let timer: unknown;
    const late = new Promise<'late'>((resolve) => {
      timer = this.clock.setTimeout(() => resolve('late'), FILLER_AFTER_MS);
    });
    try {
      if ((await Promise.race([work, late])) === 'late') {
        this.#isBridged = true;
        yield ONE_MOMENT;
      }
      return await work;
    } finally {
      this.clock.clearTimeout(timer);
    }
  }
}
