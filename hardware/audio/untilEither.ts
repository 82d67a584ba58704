import { setMaxListeners } from 'node:events';

/**
 * Does `work` with a signal that aborts as soon as one of two does. `AbortSignal.any` would leave something of each
 * piece of work behind in the signal that lives longer: about 60 bytes in Node 20, for as long as a device is open.
 */
export async function untilEither<T>(
  one: AbortSignal,
  other: AbortSignal,
  work: (either: AbortSignal) => Promise<T>,
): Promise<T> {
  const either = new AbortController();
  const onOne = () => either.abort(one.reason);
  const onOther = () => either.abort(other.reason);
  if (one.aborted) onOne();
  else if (other.aborted) onOther();
  // Many pieces may wait at once; each takes its listener away again.
  setMaxListeners(0, one, other);
  one.addEventListener('abort', onOne);
  other.addEventListener('abort', onOther);
  try {
    return await work(either.signal);
  } finally {
    one.removeEventListener('abort', onOne);
    other.removeEventListener('abort', onOther);
  }
}
