/** Whether a version such as "0.14.3-rc1" is not before another, number by number; what stands behind a hyphen is left out. */
export function isAtLeast(version: string, other: string): boolean {
  const [mine, theirs] = [numbers(version), numbers(other)];
  for (const [index, wanted] of theirs.entries()) {
    const had = mine[index] ?? 0;
    if (had !== wanted) return had > wanted;
  }
  return true;
}

function numbers(version: string): number[] {
  return (version.split('-')[0] ?? '').split('.').map((part) => Number.parseInt(part, 10) || 0);
}
