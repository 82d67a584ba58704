import type { Check, Finding } from './check.js';

/** The same checks, none of which looks at anything. */
export function skipped(checks: readonly Check[], why: Pick<Finding, 'reason' | 'remedy'>): Check[] {
  return checks.map(({ group, name }) => ({ group, name, run: async () => ({ verdict: 'skipped', ...why }) }));
}
