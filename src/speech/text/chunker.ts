/**
 * Cuts streamed text into chunks that can be spoken on their own. A chunk is the raw text with its white space:
 * all released chunks, joined, are the text that was pushed.
 */
export interface Chunker {
  /** Takes the next piece of text, of any length, and returns the chunks that it completed. */
  push(token: string): string[];
  /** The next token is late: returns what is certainly complete although nothing has followed it yet. */
  idle(): string[];
  /** The text is over: returns the rest (white space included, if that is all there is) and starts afresh. */
  flush(): string[];
  /** Forgets everything that was not released, and starts afresh. */
  clear(): void;
}
