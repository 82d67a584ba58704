import type { CheckedThing } from './check.js';

/** The one thing to do first. */
export interface FirstRemedy {
  readonly group: string;
  readonly name: string;
  readonly remedy: string;
}

/**
 * What to begin with: of what is broken, else of what is degraded, the first, as each check builds on those before it.
 * Undefined where nothing is to be done.
 */
export function firstRemedy(checks: readonly CheckedThing[]): FirstRemedy | undefined {
  for (const wanted of ['broken', 'degraded'] as const) {
    for (const { verdict, group, name, remedy } of checks) {
      if (verdict === wanted && remedy !== undefined) return { group, name, remedy };
    }
  }
  return undefined;
}
