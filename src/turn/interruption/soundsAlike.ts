import { distance } from 'fastest-levenshtein';

/** Share of the letters that a recogniser may get wrong in a word that it heard. */
const WRONG_LETTERS = 0.3;
/** The same where the consonants that are heard are the same: "their" and "there", but not "quiet" and "cat". */
const WRONG_VOWELS = 1 / 2;
/** From so many letters on. Shorter words are too much alike: "what" and "that". */
const LONG_WORD = 5;

/** Whether one may be what a recogniser made of the other. Both in small letters; merged words as one. */
export function soundsAlike(one: string, other: string): boolean {
  if (one === other) return true;
  const longer = Math.max(one.length, other.length);
  const wrong = distance(one, other) / longer;
  if (wrong > WRONG_VOWELS) return false;
  if (soundKey(one) === soundKey(other)) return true;
  return wrong <= WRONG_LETTERS && (longer >= LONG_WORD || (longer === LONG_WORD - 1 && one[0] === other[0]));
}

/** English letters that are not heard, or are heard as others. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:kn|gn)/, 'n'],
  [/^wr/, 'r'],
  [/^wh/, 'w'],
  [/gh(?=t|$)/g, ''],
  [/mb$/, 'm'],
  [/ph/g, 'f'],
  [/c(?=[eiy])/g, 's'],
  [/ck|[cq]/g, 'k'],
  [/z/g, 's'],
  [/th/g, 't'],
  [/(?<=[aeiou])r(?=$|[^aeiouy])|(?<!^)h/g, ''],
  [/le$/, 'al'],
  [/e$/, ''],
  [/[aeiouyw]+/g, 'a'],
  [/(.)\1+/g, '$1'],
];

/** A word by its consonants as they are spoken, all vowels alike. */
function soundKey(word: string): string {
  return SPELLINGS.reduce((key, [letters, sound]) => key.replace(letters, sound), word);
}

/**
 * How much of `heard` differs from the stretch of `said` that is most like it, 0 (the same) to 1: edit distance in letters
 * to any substring (Sellers, "The theory and computation of evolutionary distances", 1980), as a share of `heard`.
 */
export function differenceWithin(heard: string, said: string): number {
  if (heard === '') return 0;
  let row = new Array<number>(said.length + 1).fill(0);
  for (const [i, letter] of [...heard].entries()) {
    const next = [i + 1];
    for (let j = 0; j < said.length; j++) {
      const substituted = (row[j] ?? 0) + (letter === said[j] ? 0 : 1);
      next.push(Math.min(substituted, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return Math.min(...row) / heard.length;
}
