import type { Clock } from '../../hardware/clock.js';
import { messageOf } from '../failures/messageOf.js';
import type { Log } from '../observability/log.js';
import { patiently } from '../streams/patiently.js';

/** It is tried again after this; the wait doubles up to the longest. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** Something that others can reach. */
export interface Listening {
  /** Where. */
  readonly addresses: readonly string[];
  close(): Promise<void>;
}

export interface KeepListeningOptions {
  /** @throws when it cannot: the message says why, and what the owner can do */
  readonly open: () => Promise<Listening>;
  /** Told where it is open. */
  readonly onOpen?: ((addresses: readonly string[]) => void) | undefined;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

/**
 * Opens the inspector as soon as that is possible: a port that is taken may be free later, a token may be made. What keeps
 * it shut is told once. Returns how to close it.
 */
export function keepListening({ open, onOpen, clock, log }: KeepListeningOptions): () => Promise<void> {
  const stop = new AbortController();
  let told = '';
  const opening = patiently(open, {
    clock,
    signal: stop.signal,
    firstWaitMs: FIRST_WAIT_MS,
    longestWaitMs: LONGEST_WAIT_MS,
    isWorthAnother: () => true,
    onFailed: (error) => {
      const why = messageOf(error);
      if (why !== told) log.warn(`The inspector is shut: ${why}`);
      told = why;
    },
  }).then(
    (listening) => {
      log.info({ addresses: listening.addresses }, 'the inspector is open');
      onOpen?.(listening.addresses);
      return listening;
    },
    () => undefined, // it is no longer wanted
  );

  return async () => {
    stop.abort(new Error('the inspector is no longer wanted'));
    await (await opening)?.close();
  };
}
