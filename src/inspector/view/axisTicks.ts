const STEPS_MS = [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000];

/** Not more lines than a phone has room for. */
const MAX_TICKS = 5;

/** Round times from 0 to `endMs`, a handful of them. */
export function axisTicks(endMs: number): number[] {
  const stepMs = STEPS_MS.find((step) => endMs / step < MAX_TICKS) ?? endMs;
  return Array.from({ length: Math.floor(endMs / stepMs) + 1 }, (_, index) => index * stepMs);
}
