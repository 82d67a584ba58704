import type { Clock } from '../../hardware/clock.js';

/** Who watches over its own time is given up so much later: it has something better to say about it (ms). */
export const OWN_WATCH_MS = 1_000;

/**
 * Waits for work only so long. Its signal is aborted when nobody waits any more: it took too long, `signal` was aborted, or it
 * is over and may have left something running.
 * @param late thrown when it takes longer
 * @throws what `work` throws; `late`; the signal's reason, at once
 */
export async function withinTime<T>(
  clock: Clock,
  timeoutMs: number,
  late: unknown,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const waitedFor = AbortSignal.any([signal, over.signal]);
  waitedFor.throwIfAborted();
  const timer = clock.setTimeout(() => over.abort(late), timeoutMs);
  const stopped = new Promise<never>((_, reject) => {
    waitedFor.addEventListener('abort', () => reject(waitedFor.reason), { once: true });
  });
  try {
    return await Promise.race([stopped, (async () => work(waitedFor))()]);
  } finally {
    clock.clearTimeout(timer);
    over.abort(new Error('it is over'));
  }
}
