import type { Clock } from '../../hardware/clock.js';

export interface HeartbeatOptions {
  /** So long the manager waits for a sign of life before it kills (WATCHDOG_USEC). */
  readonly patienceMs: number;
  readonly clock: Clock;
  /** @returns why the program counts as dead; undefined while it lives */
  readonly whyDead: () => string | undefined;
  readonly beat: () => void;
  /** It was found dead, or alive again (undefined). Told once for each reason. */
  readonly onChange: (why: string | undefined) => void;
}

/** How often it is looked again whether what was dead has come back, as long as the manager has patience. */
const SECOND_LOOK_MS = 1_000;

/**
 * Gives a sign of life at half the manager's patience, as sd_watchdog_enabled(3) advises, for as long as the event loop
 * turns, whose timer this is, and the program counts as alive. One that is found dead may recover until the patience is
 * over: after a time in which the whole process stood still, what devices have sent is read only after the timers ran.
 *
 * @returns ends it
 */
export function startHeartbeat({ patienceMs, clock, whyDead, beat, onChange }: HeartbeatOptions): () => void {
  let told: string | undefined;
  let timer: unknown;
  const look = () => {
    const why = whyDead();
    if (why !== told) onChange(why);
    told = why;
    if (why === undefined) beat();
    const waitMs = why === undefined ? patienceMs / 2 : Math.min(SECOND_LOOK_MS, patienceMs / 4);
    timer = clock.setTimeout(look, waitMs);
  };
  look();
  return () => clock.clearTimeout(timer);
}
