import { setMaxListeners } from 'node:events';

/**
 * Does `work` under a signal that aborts when one of `signals` does, and leaves nothing behind on them. For calls that
 * are made again and again under a signal that lives long: `AbortSignal.any` leaves a reference on it for each.
 * @throws what `work` throws
 */
export async function withAnySignal<Result>(
  signals: readonly AbortSignal[],
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const any = new AbortController();
  const onAbort = ({ target }: { readonly target: EventTarget | null }) => {
    any.abort(target instanceof AbortSignal ? target.reason : undefined);
  };
  setMaxListeners(0, ...signals); // many pieces may wait at once; each takes its listener away again
  for (const signal of signals) {
    if (signal.aborted) any.abort(signal.reason);
    else signal.addEventListener('abort', onAbort, { once: true });
  }
  try {
    return await work(any.signal);
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', onAbort);
  }
}
