import { type Clock, sleep } from '../../hardware/clock.js';

export interface Patience {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Wait after the first failure; it doubles with each one up to the longest. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Whether what has failed with this may succeed another time. */
  readonly isWorthAnother: (error: unknown) => boolean;
  readonly onFailed: (error: unknown, waitMs: number) => void;
}

/** Does `work` until it succeeds, with longer and longer waits. @throws what is not worth another try; the signal's reason */
export async function patiently<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  const { clock, signal, firstWaitMs, longestWaitMs, isWorthAnother, onFailed } = patience;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, 2 * waitMs)) {
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
