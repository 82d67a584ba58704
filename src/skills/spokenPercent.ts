const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** What `percentOf` reads, as part of a pattern. Without a group. */
export const PERCENT = `(?:\\d{1,3}|(?:a |one )?hundred|(?:${TENS.join('|')})(?: (?:${ONES.slice(1, 10).join('|')}))?|${[...ONES].reverse().join('|')}|half)(?: (?:percent|per cent))?`;

/** A level from 0 to 100, said in figures or in words; what is beyond counts as 100. */
export function percentOf(words: string): number {
  const figures = /^\d+/.exec(words)?.[0];
  if (figures !== undefined) return Math.min(100, Number(figures));
  if (words.includes('hundred')) return 100;
  if (words.startsWith('half')) return 50;
  return words.split(' ').reduce((sum, word) => sum + tens(word) + Math.max(0, ONES.indexOf(word)), 0);
}

function tens(word: string): number {
  const at = TENS.indexOf(word);
  return at < 0 ? 0 : 10 * (at + 2);
}
