import { isContent } from './characters.js';

/** No word that rules look at is longer. What is longer is an address or no word; its tail is not kept. */
const longestWord = 48;

/** Where the sentence being read stands: its words, its line, and whether it has said anything yet. */
export class ReadingPosition {
  /** The word being read. */
  word = '';
  /** The last character read. */
  last = '';
  /** The two whole words before, the nearer first; empty where the chunk began. */
  previous: readonly [string, string] = ['', ''];
  /** A letter, digit, picture or code stands in the chunk, in the line before this word. */
  hasContent = false;
  lineHasContent = false;
  /** Nothing but white space and the marks of a quote stand in the line. */
  lineIsBlank = true;
  lineIsTable = false;
  /** The last number that counted an item of a list, 0 before any. */
  lastItem: number;

  private constructor(lastItem: number) {
    this.lastItem = lastItem;
  }

  static atTextStart(): ReadingPosition {
    return new ReadingPosition(0);
  }

  /** The next line, in which a new chunk begins. Lists go on over lines. */
  atLineStart(): ReadingPosition {
    return new ReadingPosition(this.lastItem);
  }

  /** A new chunk in the same line. */
  atChunkStart(): ReadingPosition {
    const next = new ReadingPosition(this.lastItem);
    next.lineHasContent = true;
    next.lineIsBlank = false;
    return next;
  }

  readCharacter(ch: string): void {
    this.last = ch;
    if (!this.hasContent && isContent(ch)) this.hasContent = true;
  }

  readInWord(ch: string): void {
    if (this.lineIsBlank && ch === '|') this.lineIsTable = true;
    if (ch !== '>') this.lineIsBlank = false;
    this.extendWord(ch);
  }

  /** Code counts as a part of a word that no rule knows. */
  readCode(): void {
    this.hasContent = true;
    this.lineIsBlank = false;
    this.last = '`';
    this.extendWord('``');
  }

  endWord(): void {
    if (/[\p{L}\p{N}`]/u.test(this.word)) {
      this.previous = [this.word, this.previous[0]];
      this.lineHasContent = true;
    }
    this.word = '';
  }

  /** A terminator turned out to belong to the word: `written` is the word with it. */
  resumeWord(written: string, wordIsOver: boolean): void {
    this.word = written.slice(0, longestWord);
    if (!wordIsOver) return;
    const item = /^\W*(\d{1,3})\.$/.exec(written)?.[1];
    if (item !== undefined) this.lastItem = Number(item);
    this.endWord();
  }

  private extendWord(text: string): void {
    if (this.word.length < longestWord) this.word += text;
  }
}
