/**
 * Time as the program sees it. Shaped like XState's clock plus `now`, so that one `SimulatedClock` from `xstate`
 * drives the statechart and the streams together in tests.
 */
export interface Clock {
  /** Milliseconds on a monotonic scale; only differences mean anything. */
  now(): number;
  // biome-ignore lint/suspicious/noExplicitAny: the id is opaque, as in XState's own Clock type
  setTimeout(callback: () => void, delayMs: number): any;
  // biome-ignore lint/suspicious/noExplicitAny: see setTimeout
  clearTimeout(id: any): void;
}

/** The machine's monotonic clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (id) => clearTimeout(id),
};

/**
 * Resolves after `delayMs` on `clock`.
 * @throws the signal's reason as soon as it is aborted; the timer is then cancelled.
 */
export function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clock.clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = clock.setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, delayMs);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
