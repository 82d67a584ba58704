import { isSpace } from './characters.js';
import type { Chunker } from './chunker.js';
import {
  breathesBefore,
  type ClauseSoFar,
  type FirstClauseOptions,
  firstClauseDefaults,
  mayBreatheBefore,
} from './clauseBreath.js';
import type { SentenceChunker } from './sentenceChunker.js';

/** The clause as far as it has been read. */
interface Clause extends ClauseSoFar {
  letters: number;
  readonly words: string[];
  /** The word being read, and the last whole one, which may be a mark alone. */
  word: string;
  lastWord: string;
  /** So far nothing but words and the marks between them. */
  isPlain: boolean;
}

const clauseStart = (): Clause => ({ letters: 0, words: [], word: '', lastWord: '', isPlain: true });

/**
 * Releases the first clause of a text on its own, so that speech can begin before the first sentence is complete;
 * after that, or if the first sentence is complete sooner, whatever the wrapped chunker releases. Never cuts within
 * numbers, addresses, abbreviations, quotes, brackets or code. Holds a word back only while it may become one before
 * which the clause would end.
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
    if (isSpace(ch) && this.#held !== '' && breathesBefore(this.#held, clause, this.#options))
      return this.#endClause(text);
    this.#held = '';
    for (const each of text) read(clause, each);
    const sentences = this.#watched(this.#sentences.push(text));
    return this.#clause && this.#endsAtMark(this.#clause) ? [...sentences, ...this.#endClause('')] : sentences;
  }

  /** A comma behind a letter ends a clause whatever follows it, where nothing is open that could be closed behind it. */
  #endsAtMark({ letters, word, isPlain }: Clause): boolean {
    return isPlain && letters >= this.#options.minLetters && /\p{L}[,;]$/u.test(word) && !this.#sentences.isInside;
  }

  #endClause(next: string): string[] {
    this.#clause = undefined;
    this.#held = '';
    return [...this.#sentences.cut(), ...this.#sentences.push(next)];
  }

  /** Asked before the first character of a word: has what stands before it come to a pause? */
  #endsBeforeWord({ letters, lastWord }: Clause, first: string): boolean {
    if (this.#sentences.isInside || /\p{N}/u.test(first) || /[.．]\W*$/u.test(lastWord)) return false;
    if (/[,;:—–]/.test(first) || /\.[,;:]$/.test(lastWord)) return false;
    return letters >= this.#options.minLetters && /(?:[,;:—–，、；：،؛][*_]*|^-)$/u.test(lastWord);
  }

  #mayHold(clause: Clause, text: string): boolean {
    return clause.word === '' && mayBreatheBefore(text, clause, this.#options) && !this.#sentences.isInside;
  }

  /** A whole sentence came first: no clause is needed any more, unless it was mere white space. */
  #watched(sentences: string[]): string[] {
    if (sentences.some((sentence) => sentence.trim() !== '')) this.#clause = undefined;
    return sentences;
  }
}

/** Words end at white space, at the commas of scripts without it, and at a dash. */
function read(clause: Clause, ch: string): void {
  if (!/[\p{L}\p{M}\p{N}\s,.;:!?'’-]/u.test(ch)) clause.isPlain = false;
  if (!isSpace(ch)) clause.word += ch;
  if (/[\p{L}\p{N}]/u.test(ch))
    clause.letters += /[\p{Ideographic}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(ch) ? 2 : 1;
  if (clause.word === '' || !(isSpace(ch) || /[，、；：—]/.test(ch))) return;
  if (/[\p{L}\p{N}]/u.test(clause.word)) clause.words.push(clause.word);
  clause.lastWord = clause.word;
  clause.word = '';
}
