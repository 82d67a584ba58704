/** Words in small letters. Also answers whether a word that is still arriving could become one of them. */
export class WordSet {
  readonly #words: ReadonlySet<string>;
  readonly #beginnings = new Set<string>();

  constructor(...words: string[]) {
    this.#words = new Set(words.flatMap((list) => list.split(' ')));
    for (const word of this.#words)
      for (let end = 1; end <= word.length; end++) this.#beginnings.add(word.slice(0, end));
  }

  has(word: string): boolean {
    return this.#words.has(word.toLowerCase());
  }

  mayBecome(beginning: string): boolean {
    return this.#beginnings.has(beginning.toLowerCase());
  }
}
