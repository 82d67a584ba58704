import { closest, distance } from 'fastest-levenshtein';

/**
 * The valid name that the owner most likely meant, or undefined when none is close: at most a third of its letters
 * (and at least two) may differ. Letter case does not count.
 */
export function nearestName(name: string, validNames: readonly string[]): string | undefined {
  if (validNames.length === 0) return undefined;
  const byLowerCase = new Map(validNames.map((valid) => [valid.toLowerCase(), valid]));
  const wanted = name.toLowerCase();
  const best = closest(wanted, [...byLowerCase.keys()]);
  if (distance(wanted, best) > Math.max(2, Math.floor(best.length / 3))) return undefined;
  return byLowerCase.get(best);
}

/** `; did you mean "x"?`, to be put after a complaint about `name`, or nothing when no valid name is close. */
export function didYouMean(name: string, validNames: readonly string[]): string {
  const nearest = nearestName(name, validNames);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}
