import { spokenForm } from '../speech/text/spokenForm.js';

/**
 * Knows fixed phrases by their kind, and reads what consists of nothing else: "okay, no no, stop please". Whatever holds
 * one word more is not read at all: "stop" is a phrase, "stop the timer" a request.
 */
export class PhraseBook<Kind extends string> {
  readonly #kinds = new Map<string, Kind>();
  readonly #longest: number;

  /** @param phrases of each kind, separated by commas, in small letters without punctuation */
  constructor(phrases: Readonly<Record<Kind, string>>) {
    for (const kind of Object.keys(phrases) as Kind[])
      for (const phrase of phrases[kind].split(',')) this.#kinds.set(plainForm(phrase).join(' '), kind);
    this.#longest = Math.max(...[...this.#kinds.keys()].map((phrase) => phrase.split(' ').length));
  }

  /** The kinds of the phrases that a transcript consists of, the longest phrase first; undefined if not all is known. */
  kindsIn(transcript: string): ReadonlySet<Kind> | undefined {
    const words = plainForm(transcript);
    const kinds = new Set<Kind>();
    for (let at = 0; at < words.length; ) {
      const phrase = this.#phraseAt(words, at);
      if (!phrase) return undefined;
      kinds.add(phrase.kind);
      at += phrase.length;
    }
    return kinds;
  }

  /** Whether words that may follow, or the rest of its last word, would make it consist of phrases, the last one of `kind`. */
  mayBecome(kind: Kind, transcript: string): boolean {
    const words = plainForm(transcript);
    for (let at = 0; at < words.length; ) {
      const begun = words.slice(at).join(' ');
      for (const [phrase, itsKind] of this.#kinds) {
        if (itsKind === kind && phrase.length > begun.length && phrase.startsWith(begun)) return true;
      }
      const phrase = this.#phraseAt(words, at);
      if (!phrase) return false;
      at += phrase.length;
    }
    return false;
  }

  #phraseAt(words: readonly string[], at: number): { kind: Kind; length: number } | undefined {
    for (let length = Math.min(this.#longest, words.length - at); length > 0; length--) {
      const kind = this.#kinds.get(words.slice(at, at + length).join(' '));
      if (kind !== undefined) return { kind, length };
    }
    return undefined;
  }
}

/** The words as they are heard; drawn out letters are one ("nooo"). */
function plainForm(text: string): string[] {
  return spokenForm(text.normalize('NFKC')).map((word) => word.replace(/(\p{L})\1{2,}/gu, '$1'));
}
