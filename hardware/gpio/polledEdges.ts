import { type Clock, sleep } from '../clock.js';
import { Debouncer } from './debouncer.js';
import type { ButtonEdge } from './drivers.js';

export interface PollOptions {
  readonly clock: Clock;
  readonly pollMs: number;
  readonly debounceMs: number;
}

/**
 * Makes edges of a contact that can only be looked at: `down` is asked at once and then every `pollMs`.
 * @throws the signal's reason when aborted; what `down` throws
 */
export async function* polledEdges(
  down: () => boolean,
  { clock, pollMs, debounceMs }: PollOptions,
  signal: AbortSignal,
): AsyncGenerator<ButtonEdge, void, void> {
  signal.throwIfAborted();
  const initial = down();
  const debouncer = new Debouncer(debounceMs, initial);
  if (initial) yield { pressed: true, atMs: clock.now() };
  for (;;) {
    await sleep(clock, pollMs, signal);
    const atMs = clock.now();
    const pressed = debouncer.sample(down(), atMs);
    if (pressed !== undefined) yield { pressed, atMs };
  }
}
