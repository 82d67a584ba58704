import type { Chunker } from '../speech/text/chunker.js';
import { SentenceChunker } from '../speech/text/sentenceChunker.js';

/**
 * Releases all that has arrived up to a mark that ends the text so far or has white space behind it, without a look at
 * what the mark is or what follows: the fastest cut there is, also through "3." and "14".
 */
export class MarkChunker implements Chunker {
  readonly #untilMark: RegExp;
  #text = '';

  /** @param marks the characters that end a chunk */
  constructor(marks: string) {
    const escaped = marks.replaceAll(/[\\\]^-]/g, '\\$&');
    this.#untilMark = new RegExp(`^.*[${escaped}](?=\\s|$)`, 's');
  }

  push(token: string): string[] {
    this.#text += token;
    const [chunk] = this.#untilMark.exec(this.#text) ?? [];
    if (chunk === undefined) return [];
    this.#text = this.#text.slice(chunk.length);
    return [chunk];
  }

  idle(): string[] {
    return [];
  }

  flush(): string[] {
    const rest = this.#text;
    this.clear();
    return rest === '' ? [] : [rest];
  }

  clear(): void {
    this.#text = '';
  }
}

/** Sentences that are released only when the next one has begun, however late that is, and joined while they are short. */
export class LookAheadChunker implements Chunker {
  readonly #sentences = new SentenceChunker();
  #short = '';

  /** @param minChars a chunk has at least so many characters, but for the last one */
  constructor(readonly minChars = 1) {}

  push(token: string): string[] {
    return this.#joined(this.#sentences.push(token));
  }

  idle(): string[] {
    return [];
  }

  flush(): string[] {
    const chunks = this.#joined(this.#sentences.flush());
    if (this.#short !== '') chunks.push(this.#short);
    this.clear();
    return chunks;
  }

  clear(): void {
    this.#sentences.clear();
    this.#short = '';
  }

  #joined(sentences: readonly string[]): string[] {
    const chunks: string[] = [];
    for (const sentence of sentences) {
      this.#short += sentence;
      if (this.#short.trim().length < this.minChars) continue;
      chunks.push(this.#short);
      this.#short = '';
    }
    return chunks;
  }
}
