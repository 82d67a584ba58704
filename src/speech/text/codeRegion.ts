import { isLineBreak, isSpace } from './characters.js';

/** What a character is to the code region that is being read. */
export type CodeStep =
  | 'inside' // part of it
  | 'outside' // the region ended before this character, which is text
  | 'chunkEndsAfter' // the line of the closing fence is over
  | 'chunkEndsBefore'; // text follows the closing fence on its line

/** A single backtick that finds no partner in this many characters was a slip of the pen. */
const longestSpan = 400;

/**
 * Code in markdown, from its first backtick (or tilde) on: a span closed by as many backticks as opened it, within
 * one line unless it was opened by three; or a block between fences, which must begin a line.
 */
export class CodeRegion {
  readonly #mark: string;
  readonly #atLineStart: boolean;
  #part: 'opening' | 'span' | 'info' | 'block' = 'opening';
  #size = 1;
  /** Marks in the run being read; in a block, -1 once the line cannot be a closing fence. */
  #run = 0;
  #length = 0;
  #afterFence = false;

  constructor(mark: '`' | '~', atLineStart: boolean) {
    this.#mark = mark;
    this.#atLineStart = atLineStart;
  }

  /** The closing fence has been read; only more of its line could follow. */
  get isClosedBlock(): boolean {
    return this.#part === 'block' && this.#run >= this.#size;
  }

  take(ch: string): CodeStep {
    switch (this.#part) {
      case 'opening':
        return this.#takeOpening(ch);
      case 'info':
        return this.#takeInfo(ch);
      case 'span':
        return this.#takeSpan(ch);
      case 'block':
        return this.#takeBlock(ch);
    }
  }

  #takeOpening(ch: string): CodeStep {
    if (ch === this.#mark) {
      this.#size++;
      return 'inside';
    }
    if (this.#size >= 3 && this.#atLineStart) {
      this.#part = 'info';
      return this.#takeInfo(ch);
    }
    if (this.#mark === '~') return 'outside';
    this.#part = 'span';
    return this.#takeSpan(ch);
  }

  #takeInfo(ch: string): CodeStep {
    if (isLineBreak(ch)) {
      this.#part = 'block';
      this.#run = 0;
    } else if (ch === '`' && this.#mark === '`') {
      this.#part = 'span'; // a fence's own line has no backticks: this is a span in three of them
      this.#run = 1;
    }
    return 'inside';
  }

  #takeSpan(ch: string): CodeStep {
    if (ch === this.#mark) {
      this.#run++;
      return 'inside';
    }
    if (this.#closesSpan()) return 'outside';
    this.#run = 0;
    if (this.#size < 3 && (isLineBreak(ch) || ++this.#length > longestSpan)) return 'outside';
    return 'inside';
  }

  #closesSpan(): boolean {
    return this.#size < 3 ? this.#run === this.#size : this.#run >= this.#size;
  }

  #takeBlock(ch: string): CodeStep {
    if (isLineBreak(ch)) {
      if (this.#run >= this.#size) return 'chunkEndsAfter';
      this.#run = 0;
      this.#afterFence = false;
    } else if (this.#run >= this.#size && isSpace(ch)) {
      this.#afterFence = true;
    } else if (this.#afterFence) {
      return 'chunkEndsBefore';
    } else if (this.#run >= 0 && ch === this.#mark) {
      this.#run++;
    } else if (this.#run !== 0 || !(isSpace(ch) || ch === '>')) {
      this.#run = -1;
    }
    return 'inside';
  }
}
