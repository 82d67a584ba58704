import { spokenList } from './spokenList.js';
import { numberWords } from './spokenTime.js';

const UNITS: readonly (readonly [string, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** A duration to the second: "one hour and twenty minutes", "ninety seconds" as "one minute and thirty seconds". */
export function spokenDuration(durationMs: number): string {
  let restS = Math.round(durationMs / 1000);
  const parts: string[] = [];
  for (const [unit, seconds] of UNITS) {
    const count = Math.floor(restS / seconds);
    restS -= count * seconds;
    if (count > 0) parts.push(`${count < 60 ? numberWords(count) : count} ${unit}${count === 1 ? '' : 's'}`);
  }
  return parts.length === 0 ? 'no time' : spokenList(parts);
}

/** A duration as exactly as anybody wants it who waits for its end: above ten minutes without seconds. */
export function spokenRemainder(durationMs: number): string {
  if (durationMs < 1000) return 'less than a second';
  const stepMs = durationMs > 86_400_000 ? 3_600_000 : durationMs > 600_000 ? 60_000 : 1000;
  return spokenDuration(Math.ceil(durationMs / stepMs) * stepMs);
}
