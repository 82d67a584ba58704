import { closingBrackets, openingBrackets } from './characters.js';

/** A bracket that is still open after this many characters was a slip of the pen, or a smiley. */
const longestBracket = 300;

/** The brackets and quotes that are open in the sentence being read. */
export class OpenMarks {
  #brackets = 0;
  #sinceBracket = 0;
  #straight = false;
  #curly = false;
  #low = false;
  #guillemet: '«' | '»' | undefined;
  #bold = false;
  /** A bracket around whole sentences. */
  #whole = false;

  /** Inside brackets that were opened within the sentence: what ends in there does not end the sentence. */
  get insideBrackets(): boolean {
    return this.#brackets > 0 && this.#sinceBracket <= longestBracket;
  }

  /** Something is open that its partner may yet follow. */
  get anyOpen(): boolean {
    return (
      this.insideBrackets ||
      this.#whole ||
      this.#straight ||
      this.#curly ||
      this.#low ||
      this.#bold ||
      this.#guillemet !== undefined
    );
  }

  /**
   * Whether `ch`, after a terminator, closes what the sentence opened. German closes with the mark English opens with
   * and sets »guillemets« either way round; French puts a space before its own.
   */
  closes(ch: string, afterSpace: boolean): boolean {
    if (ch === '»' || ch === '«')
      return this.#guillemet !== undefined ? this.#guillemet !== ch : ch === '»' && !afterSpace;
    if (ch === '“' || ch === '‘') return this.#low && !afterSpace;
    if (closingBrackets.has(ch)) return true;
    return !afterSpace && (ch === '"' || ch === "'" || ch === '”' || ch === '’' || ch === '›' || ch === '‹');
  }

  /** Reads the next character. A round bracket that opens the chunk holds whole sentences and does not count. */
  read(ch: string, previous: string, chunkHasContent: boolean): void {
    if (this.#brackets > 0) this.#sinceBracket++;
    if (openingBrackets.has(ch)) {
      const smiley = ch === '(' && /[:;=-]/.test(previous);
      const whole = !chunkHasContent && ch !== '[' && this.#brackets === 0;
      if (whole) this.#whole = true;
      if (smiley || whole) return;
      if (!this.insideBrackets) this.#brackets = this.#sinceBracket = 0;
      this.#brackets++;
    } else if (closingBrackets.has(ch)) {
      if (this.#brackets === 0) this.#whole = false;
      else this.#brackets--;
    } else {
      this.#readQuote(ch, previous);
    }
  }

  #readQuote(ch: string, previous: string): void {
    if (ch === '"') this.#straight = !this.#straight;
    else if (ch === '„') this.#low = true;
    else if (ch === '“') [this.#low, this.#curly] = [false, !this.#low];
    else if (ch === '”') this.#curly = this.#low = false;
    else if (ch === '«' || ch === '»') this.#guillemet = this.#guillemet === undefined ? ch : undefined;
    else if (ch === '*' && previous === '*') this.#bold = !this.#bold;
  }
}
