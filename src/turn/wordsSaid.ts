/** A written word is looked for so far ahead in what was said: no number is said in more words, hardly. */
const FURTHEST_WORDS = 24;

/**
 * For each word of a text as it is written, how many words have been said when it is over: "3.5 kg" is two words, said in
 * four. Words that are the same in both tie the two together; those between them share what was said there.
 *
 * @param said the same text as the voice is given it
 */
export function wordsSaidBy(written: readonly string[], said: readonly string[]): number[] {
  const counts: number[] = [];
  const bare = said.map(bareWord);
  let tiedTo = 0;
  /** Shares the words said up to `until` out among the written words before `index` that have none yet. */
  const share = (index: number, until: number): void => {
    const shared = index - counts.length;
    for (let one = 1; one <= shared; one++) counts.push(tiedTo + Math.round(((until - tiedTo) * one) / shared));
  };
  written.forEach((word, index) => {
    const found = bare.slice(tiedTo, tiedTo + FURTHEST_WORDS).indexOf(bareWord(word));
    if (found < 0) return;
    share(index, tiedTo + found);
    tiedTo += found + 1;
    counts.push(tiedTo);
  });
  share(written.length, said.length);
  return counts;
}

/** Whether two words are the same but for their marks. */
export function sameWord(one: string, other: string): boolean {
  return bareWord(one) === bareWord(other);
}

/** Without marks, which may differ. */
const bareWord = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '') || word;
