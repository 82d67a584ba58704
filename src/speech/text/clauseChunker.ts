import { isSpace } from './characters.js';
import type { Chunker } from './chunker.js';
import type { SentenceChunker } from './sentenceChunker.js';
import { conjunctions, joiningWords, leaningWords } from './sentenceWords.js';

/** When the first clause is worth speaking on its own. */
export interface FirstClauseOptions {
  /** Letters and digits that a clause needs at a comma, semicolon, colon or dash. Less sounds clipped. */
  readonly minLetters: number;
  /** The same before a word that begins a clause of its own ("… because"). */
  readonly minLettersBeforeConjunction: number;
  /** The same before "and" and "or", which join single words as often ("salt and pepper"). */
  readonly minLettersBeforeAnd: number;
  /** Without any boundary, the clause ends after this many words. */
  readonly maxWords: number;
}

/** 10 letters are said in about half a second, 15 words in about six. */
export const firstClauseDefaults = {
  minLetters: 10,
  minLettersBeforeConjunction: 12,
  minLettersBeforeAnd: 20,
  maxWords: 15,
} as const satisfies FirstClauseOptions;

/** The clause as far as it has been read. */
interface Clause {
  letters: number;
  words: number;
  /** The word being read, and the last whole one. */
  word: string;
  lastWord: string;
}

const clauseStart = (): Clause => ({ letters: 0, words: 0, word: '', lastWord: '' });

/**
 * Releases the first clause of a text on its own, so that speech can begin before the first sentence is complete;
 * after that, or if the first sentence is complete sooner, whatever the wrapped chunker releases. Never cuts within
 * numbers, addresses, abbreviations, quotes, brackets or code. Holds a word back only while it may become a
 * conjunction before which the clause would end.
 */
export class ClauseChunker implements Chunker {
  readonly #sentences: SentenceChunker;
  readonly #options: FirstClauseOptions;
  /** Undefined once the first chunk is out. */
  #clause: Clause | undefined = clauseStart();
  #held = '';

  constructor(sentences: SentenceChunker, options: Partial<FirstClauseOptions> = {}) {
    this.#sentences = sentences;
    this.#options = { ...firstClauseDefaults, ...options };
  }

  push(token: string): string[] {
    const chunks: string[] = [];
    for (let at = 0; at < token.length; at++) {
      if (this.#clause === undefined) {
        chunks.push(...this.#sentences.push(token.slice(at)));
        break;
      }
      chunks.push(...this.#readCharacter(this.#clause, token.charAt(at)));
    }
    return chunks;
  }

  idle(): string[] {
    return this.#held === '' ? this.#watched(this.#sentences.idle()) : [];
  }

  flush(): string[] {
    const chunks = [...this.#sentences.push(this.#held), ...this.#sentences.flush()];
    this.#startAfresh();
    return chunks;
  }

  clear(): void {
    this.#sentences.clear();
    this.#startAfresh();
  }

  #startAfresh(): void {
    this.#clause = clauseStart();
    this.#held = '';
  }

  #readCharacter(clause: Clause, ch: string): string[] {
    if (this.#held === '' && clause.word === '' && !isSpace(ch) && this.#endsBeforeWord(clause, ch)) {
      return this.#endClause(ch);
    }
    const text = this.#held + ch;
    if (this.#mayHold(clause, text)) {
      this.#held = text;
      return [];
    }
    if (isSpace(ch) && this.#endsBefore(clause, this.#held)) return this.#endClause(text);
    this.#held = '';
    for (const each of text) read(clause, each);
    return this.#watched(this.#sentences.push(text));
  }

  #endClause(next: string): string[] {
    this.#clause = undefined;
    this.#held = '';
    return [...this.#sentences.cut(), ...this.#sentences.push(next)];
  }

  /** Asked before the first character of a word: has what stands before it come to a pause? */
  #endsBeforeWord({ letters, words, lastWord }: Clause, first: string): boolean {
    if (this.#sentences.isInside || /\p{N}/u.test(first) || /[.．]\W*$/u.test(lastWord)) return false;
    if (/[,;:—–]/.test(first) || /\.[,;:]$/.test(lastWord)) return false;
    if (letters >= this.#options.minLetters && /(?:[,;:—–，、；：،؛][*_]*|^-)$/u.test(lastWord)) return true;
    return words >= this.#options.maxWords && !leaningWords.has(lastWord);
  }

  /** Asked of a whole word: does it begin a new clause? */
  #endsBefore(clause: Clause, word: string): boolean {
    if (!conjunctions.has(word)) return false;
    return clause.letters >= this.#options.minLettersBeforeAnd || !joiningWords.has(word);
  }

  #mayHold(clause: Clause, text: string): boolean {
    if (clause.word !== '' || clause.letters < this.#options.minLettersBeforeConjunction) return false;
    return conjunctions.mayBecome(text) && !this.#sentences.isInside;
  }

  /** A whole sentence came first: no clause is needed any more, unless it was mere white space. */
  #watched(sentences: string[]): string[] {
    if (sentences.some((sentence) => sentence.trim() !== '')) this.#clause = undefined;
    return sentences;
  }
}

/** Words end at white space, at the commas of scripts without it, and at a dash. */
function read(clause: Clause, ch: string): void {
  if (!isSpace(ch)) clause.word += ch;
  if (/[\p{L}\p{N}]/u.test(ch))
    clause.letters += /[\p{Ideographic}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(ch) ? 2 : 1;
  if (clause.word === '' || !(isSpace(ch) || /[，、；：—]/.test(ch))) return;
  if (/[\p{L}\p{N}]/u.test(clause.word)) clause.words++;
  clause.lastWord = clause.word;
  clause.word = '';
}
