import type { Understood } from './intent.js';

/** Parts of an utterance by name: `{ level: "forty" }` of "volume forty". */
export type Slots = Readonly<Record<string, string>>;

/**
 * Understands utterances by patterns.
 * @param patterns each covers a whole utterance; the first that matches counts
 * @param argsOf the arguments, of what the named groups of that pattern matched; undefined where they make no sense
 */
export function understanding<Args>(
  patterns: readonly RegExp[],
  argsOf: (slots: Slots) => Args | undefined,
): (words: string) => Understood<Args> | undefined {
  return (words) => {
    for (const pattern of patterns) {
      const match = pattern.exec(words);
      if (!match) continue;
      const named = Object.entries(match.groups ?? {}).filter(([, value]) => value !== undefined);
      const args = argsOf(Object.fromEntries(named));
      if (args !== undefined) return { args, why: `"${words}" matches ${pattern.source}` };
    }
    return undefined;
  };
}
