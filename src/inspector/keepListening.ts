import { type Clock, sleep } from '../../hardware/clock.js';
import type { Log } from '../observability/log.js';

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
  const opening = untilOpen();

  async function untilOpen(): Promise<Listening | undefined> {
    let told = '';
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, 2 * waitMs)) {
      try {
        const listening = await open();
        log.info({ addresses: listening.addresses }, 'the inspector is open');
        onOpen?.(listening.addresses);
        return listening;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (why !== told) log.warn(`The inspector is shut: ${why}`);
        told = why;
      }
      await sleep(clock, waitMs, stop.signal).catch(() => {});
      if (stop.signal.aborted) return undefined;
    }
  }

  return async () => {
    stop.abort(new Error('the inspector is no longer wanted'));
    await (await opening)?.close();
  };
}
