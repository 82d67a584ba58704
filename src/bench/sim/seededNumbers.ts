/** Gives the next number from 0 (included) to 1 (not included). */
export type SeededNumbers = () => number;

/** Numbers that look random and are the same for the same seed (mulberry32, Tommy Ettinger, public domain). */
export function seededNumbers(seed: number): SeededNumbers {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `from` to `to`, both included. */
export function wholeBetween(random: SeededNumbers, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}

/** The same items in an order that the seed decides (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[], random: SeededNumbers): Item[] {
  const left = [...items];
  const drawn: Item[] = [];
  while (left.length > 0) drawn.push(...left.splice(wholeBetween(random, 0, left.length - 1), 1));
  return drawn;
}

/** A 32-bit number of a text (FNV-1a, Fowler, Noll and Vo). */
export function hashOf(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
