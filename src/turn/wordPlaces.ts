interface PlacedWord {
  /** Where it stands in the text. */
  readonly index: number;
  readonly end: number;
  /** Letters of the text before it, and up to its end. */
  readonly lettersBefore: number;
  readonly lettersUntil: number;
}

/** Sums of fractions of a millisecond are equal within this. */
const SAME_MS = 1e-3;

/** Where in the sound of a text its words are: each has the share of the sound that it has of the letters. */
export class WordPlaces {
  readonly letters: number;
  readonly #words: readonly PlacedWord[];

  /** @param text as the voice says it */
  constructor(readonly text: string) {
    let letters = 0;
    this.#words = [...text.matchAll(/\S+/g)].map(({ index, 0: word }) => {
      const lettersBefore = letters;
      letters += word.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
      return { index, end: index + word.length, lettersBefore, lettersUntil: letters };
    });
    this.letters = letters;
  }

  /** Where the word begins that `soundMs` is in; `soundMs` itself where all words are over. @param wholeMs of the sound */
  wordBeginMs(soundMs: number, wholeMs: number): number {
    if (this.letters === 0 || soundMs + SAME_MS >= wholeMs) return soundMs;
    const begins = this.#words.map(({ lettersBefore }) => this.#placeMs(lettersBefore, wholeMs));
    return Math.min(soundMs, begins.findLast((beginMs) => beginMs <= soundMs + SAME_MS) ?? soundMs);
  }

  /** The words of a stretch of the sound: those of which most comes after its beginning, and some before its end. */
  between(fromMs: number, untilMs: number, wholeMs: number): string {
    const within = this.#words.filter(({ lettersBefore, lettersUntil }) => {
      const middleMs = this.#placeMs((lettersBefore + lettersUntil) / 2, wholeMs);
      return middleMs + SAME_MS >= fromMs && this.#placeMs(lettersBefore, wholeMs) + SAME_MS < untilMs;
    });
    return this.text.slice(within[0]?.index ?? 0, within.at(-1)?.end ?? 0);
  }

  #placeMs(letters: number, wholeMs: number): number {
    return (letters / Math.max(1, this.letters)) * wholeMs;
  }
}
