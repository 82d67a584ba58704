import type { Understood } from './intent.js';

/** Parts of an utterance by name: `{ level: "forty" }` of "volume forty". */
export type Slots = Readonly<Record<string, string>>;

/**
 * Understands utterances by patterns.
 * @param patterns each covers a whole utterance; the first that matches counts
 * @param asks what such utterances are about, for the owner who wants to know why: "asks what time it is"
 * @param argsOf the arguments, of what the named groups of that pattern matched; undefined where they make no sense
 */
export function understanding<Args>(
  patterns: readonly RegExp[],
  asks: string,
  argsOf: (slots: Slots) => Args | undefined,
): (words: string) => Understood<Args> | undefined {
  return (words) => {
    for (const pattern of patterns) {
      const match = pattern.exec(words);
      if (!match) continue;
      const named = Object.entries(match.groups ?? {}).filter(([, value]) => value !== undefined);
      const args = argsOf(Object.fromEntries(named));
      if (args !== undefined) return { args, why: `"${words}" ${asks}${readAs(named, words)}` };
    }
    return undefined;
  };
}

/** Which words were read as what, where they are not all of them: ` ("a bit" as bit)`. */
function readAs(named: readonly (readonly [string, string])[], words: string): string {
  const parts = named.filter(([, value]) => value !== words).map(([name, value]) => `"${value}" as ${name}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
