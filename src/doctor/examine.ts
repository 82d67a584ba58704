import { type Clock, systemClock } from '../../hardware/clock.js';
import { messageOf } from '../failures/messageOf.js';
import type { Check, CheckedThing, Finding, Health } from './check.js';

/** Of a check that says nothing else (ms). */
const PATIENCE_MS = 15_000;

/**
 * Runs checks: those that stand side by side, of one group, at once, and one that is `alone` by itself, as it shares a
 * device with the next or measures a speed.
 * @param onChecked told of each as soon as it and all before it are done
 * @throws only the signal's reason
 */
export async function examine(
  checks: readonly Check[],
  onChecked: (checked: CheckedThing) => void,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<{ readonly checks: readonly CheckedThing[]; readonly verdict: Health }> {
  const done: CheckedThing[] = [];
  for (const together of atOnce(checks)) {
    const running = together.map((check) => examined(check, clock, signal));
    // One that fails while another is waited for is not forgotten: it is waited for next.
    for (const one of running) one.catch(() => {});
    for (const one of running) {
      const checked = await one;
      done.push(checked);
      onChecked(checked);
    }
  }
  return { checks: done, verdict: healthOf(done) };
}

/** Neighbours that can be looked at together. */
function atOnce(checks: readonly Check[]): Check[][] {
  const parts: Check[][] = [];
  for (const check of checks) {
    const last = parts.at(-1);
    const [neighbour] = last ?? [];
    if (last && neighbour?.group === check.group && !neighbour.alone && !check.alone) last.push(check);
    else parts.push([check]);
  }
  return parts;
}

async function examined(check: Check, clock: Clock, signal: AbortSignal): Promise<CheckedThing> {
  const { group, name } = check;
  return { group, name, ...(await found(check, clock, signal)) };
}

async function found(check: Check, clock: Clock, signal: AbortSignal): Promise<Finding> {
  signal.throwIfAborted();
  const { patienceMs = PATIENCE_MS } = check;
  const late = new AbortController();
  const over = AbortSignal.any([signal, late.signal]);
  let timer: unknown;
  // A check that does not listen to its signal is left behind.
  const end = new Promise<never>((_, reject) => {
    over.addEventListener('abort', () => reject(over.reason), { once: true });
    timer = clock.setTimeout(() => late.abort(new Error('too late')), patienceMs);
  });
  try {
    return await Promise.race([check.run(over), end]);
  } catch (error) {
    signal.throwIfAborted();
    if (late.signal.aborted) return tooLate(check, patienceMs);
    return { verdict: 'broken', reason: messageOf(error) };
  } finally {
    clock.clearTimeout(timer);
  }
}

function tooLate({ group }: Check, patienceMs: number): Finding {
  return {
    verdict: 'degraded',
    reason: `it was not done within ${Math.round(patienceMs / 1000)} s`,
    remedy: `pressel doctor --group ${group}; if it stays so, see with "top" what keeps the computer busy`,
  };
}

function healthOf(checks: readonly CheckedThing[]): Health {
  const has = (verdict: CheckedThing['verdict']) => checks.some((check) => check.verdict === verdict);
  return has('broken') ? 'broken' : has('degraded') ? 'degraded' : 'ok';
}
