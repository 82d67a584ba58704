import { type Clock, sleep } from '../../hardware/clock.js';
import { type Part, troublesIn } from '../service/statusTroubles.js';
import type { Service, ServiceState } from './service.js';

/** Loading the models from an SD card counts. */
const READY_LIMIT_MS = 60_000;
/** What ends right after it was ready is not ready. */
const STEADY_MS = 5_000;
const POLL_MS = 500;

/** Whether the service has come up; `why` says what is known when it has not. */
export type Readiness =
  | { readonly ready: true; readonly tookMs: number }
  | { readonly ready: false; readonly why: string };

/** What of the version before was in trouble; null: it was not up at all, or could not start. */
export type TroublesBefore = readonly Part[] | null;

/** What a new version will be measured by. */
export function troublesBefore({ active, status }: Pick<ServiceState, 'active' | 'status'>): TroublesBefore {
  const troubles = troublesIn(status);
  return active !== 'active' || troubles.includes('start') ? null : troubles;
}

/**
 * Waits until the service works as well as the version before did, at most 60 s after the call.
 *
 * READY alone does not tell: a service that cannot start for lack of a model or of a server says READY, too, and tries
 * again, so that it is not restarted without end. So what worked before must work again within the 60 s, by what the service
 * says of itself, and for 5 s without a restart. What was wrong before (a model server that is down, no microphone) is not
 * the new version's fault. Of one that follows a version that could not start, or that follows none, READY is enough.
 * @throws the signal's reason when aborted
 */
export async function awaitReady(
  service: Service,
  before: TroublesBefore,
  clock: Clock,
  signal: AbortSignal,
): Promise<Readiness> {
  const startedAtMs = clock.now();
  let steady: { pid: number; sinceMs: number } | undefined;
  for (;;) {
    const { active, pid, result, status } = await service.state(signal);
    const nowMs = clock.now();
    if (active === 'failed') return { ready: false, why: `it ended (${result})` };
    const isWorse = before !== null && troublesIn(status).some((part) => !before.includes(part));
    if (active !== 'active' || isWorse) steady = undefined;
    else if (steady?.pid !== pid) steady = { pid, sinceMs: nowMs };
    if (steady && nowMs - steady.sinceMs >= STEADY_MS) return { ready: true, tookMs: steady.sinceMs - startedAtMs };
    const limitMs = READY_LIMIT_MS + (steady ? STEADY_MS : 0);
    if (nowMs - startedAtMs >= limitMs) {
      const said = status === '' ? '' : `, and says "${status}"`;
      const why =
        active === 'active' && isWorse
          ? `what worked before did not within ${READY_LIMIT_MS / 1000} s: it says "${status}"`
          : `it was not ready within ${READY_LIMIT_MS / 1000} s: it is ${active}${said}`;
      return { ready: false, why };
    }
    await sleep(clock, POLL_MS, signal);
  }
}
