/** `1.2.3` or `1.2.3-rc.1` (Semantic Versioning 2.0.0, without build metadata). Never a path. */
const VERSION = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/** Negative where `a` comes before `b` (Semantic Versioning 2.0.0, clause 11). @throws RangeError for what is no version */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (const place of [0, 1, 2] as const) {
    if (left.numbers[place] !== right.numbers[place]) return left.numbers[place] - right.numbers[place];
  }
  // What comes before a version is less than the version.
  if (left.before.length === 0 || right.before.length === 0) return right.before.length - left.before.length;
  for (let place = 0; ; place++) {
    const [one, other] = [left.before[place], right.before[place]];
    if (one === undefined || other === undefined) return left.before.length - right.before.length;
    const order = compareIdentifiers(one, other);
    if (order !== 0) return order;
  }
}

function partsOf(version: string): { numbers: readonly [number, number, number]; before: readonly string[] } {
  const match = VERSION.exec(version);
  if (!match) throw new RangeError(`"${version}" is not a version`);
  return {
    numbers: [Number(match[1]), Number(match[2]), Number(match[3])],
    before: match[4]?.split('.') ?? [],
  };
}

function compareIdentifiers(one: string, other: string): number {
  const areNumbers = [/^\d+$/.test(one), /^\d+$/.test(other)];
  if (areNumbers[0] && areNumbers[1]) return Number(one) - Number(other);
  if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] ? -1 : 1;
  return one < other ? -1 : one > other ? 1 : 0;
}
