import { type Clock, sleep } from '../../hardware/clock.js';
import type { Service } from './service.js';

/** Loading the models from an SD card counts. */
const READY_LIMIT_MS = 60_000;
/** What ends right after it was ready is not ready. */
const STEADY_MS = 5_000;
const POLL_MS = 500;

/** Whether the service has come up; `why` says what is known when it has not. */
export type Readiness =
  | { readonly ready: true; readonly tookMs: number }
  | { readonly ready: false; readonly why: string };

/**
 * Waits until the service is ready and has stayed so for 5 s, at most 60 s after the call.
 * @throws the signal's reason when aborted
 */
export async function awaitReady(service: Service, clock: Clock, signal: AbortSignal): Promise<Readiness> {
  const startedAtMs = clock.now();
  let steady: { pid: number; sinceMs: number } | undefined;
  for (;;) {
    const { active, pid, result, status } = await service.state(signal);
    const nowMs = clock.now();
    if (active === 'failed') return { ready: false, why: `it ended (${result})` };
    if (active !== 'active') steady = undefined;
    else if (steady?.pid !== pid) steady = { pid, sinceMs: nowMs };
    if (steady && nowMs - steady.sinceMs >= STEADY_MS) return { ready: true, tookMs: steady.sinceMs - startedAtMs };
    const limitMs = READY_LIMIT_MS + (steady ? STEADY_MS : 0);
    if (nowMs - startedAtMs >= limitMs) {
      const said = status === '' ? '' : `, and says "${status}"`;
      return { ready: false, why: `it was not ready within ${READY_LIMIT_MS / 1000} s: it is ${active}${said}` };
    }
    await sleep(clock, POLL_MS, signal);
  }
}
