import type { Check, CheckedThing, Finding, Health } from './check.js';

/**
 * Runs checks one behind the other: some share a device, and a later one may need what an earlier one has opened.
 * @param onChecked told of each as soon as it is done
 * @throws only the signal's reason
 */
export async function examine(
  checks: readonly Check[],
  onChecked: (checked: CheckedThing) => void,
  signal: AbortSignal,
): Promise<{ readonly checks: readonly CheckedThing[]; readonly verdict: Health }> {
  const done: CheckedThing[] = [];
  for (const check of checks) {
    const { group, name } = check;
    const checked = { group, name, ...(await found(check, signal)) };
    done.push(checked);
    onChecked(checked);
  }
  return { checks: done, verdict: healthOf(done) };
}

async function found(check: Check, signal: AbortSignal): Promise<Finding> {
  signal.throwIfAborted();
  try {
    return await check.run(signal);
  } catch (error) {
    signal.throwIfAborted();
    return { verdict: 'broken', reason: error instanceof Error ? error.message : String(error) };
  }
}

function healthOf(checks: readonly CheckedThing[]): Health {
  const has = (verdict: CheckedThing['verdict']) => checks.some((check) => check.verdict === verdict);
  return has('broken') ? 'broken' : has('degraded') ? 'degraded' : 'ok';
}
