const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * How long to wait before trying to connect again: twice as long each time, half of it by chance, so that the pages of a
 * house do not all come back in the same moment.
 * @param attempt how many have failed in a row, from 1
 * @param chance 0 to 1
 */
export function reconnectDelayMs(attempt: number, chance: number): number {
  const wholeMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(wholeMs * (0.5 + 0.5 * chance));
}
