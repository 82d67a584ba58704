import { type Clock, sleep } from '../../hardware/clock.js';

/** Wait after the first failure; it doubles with each one up to the longest. */
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 60_000;

export interface Patience {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether what has failed with this may succeed another time. */
  readonly isWorthAnother: (error: unknown) => boolean;
  readonly onFailed: (error: unknown, waitMs: number) => void;
}

/** Does `work` until it succeeds, with longer and longer waits. @throws what is not worth another try; the signal's reason */
export async function patiently<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  const { clock, signal, isWorthAnother, onFailed } = patience;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, 2 * waitMs)) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !isWorthAnother(error)) throw error;
      onFailed(error, waitMs);
    }
    await sleep(clock, waitMs, signal);
  }
}
