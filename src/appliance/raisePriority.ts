import os from 'node:os';

/** Between "above normal" and "normal": heard sooner than what else computes, and nothing is starved. */
export const RAISED_NICENESS = -5;

/**
 * Asks the system to prefer this process where cores are scarce: the voice's first sound must not wait for a chat model
 * that goes on writing. To be called before any thread is started, for each takes over the priority of the one that
 * starts it; so do child processes. A user needs the right to do so, which the service has ("LimitNICE=-5").
 *
 * @returns whether it is preferred now
 */
export function raisePriority(): boolean {
  if (os.getPriority() <= RAISED_NICENESS) return true;
  try {
    os.setPriority(RAISED_NICENESS);
    return true;
  } catch {
    return false; // not permitted: it works without
  }
}
