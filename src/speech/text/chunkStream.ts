import type { Clock } from '../../../hardware/clock.js';
import type { Chunker } from './chunker.js';
import type { FirstClauseOptions } from './clauseBreath.js';
import { ClauseChunker } from './clauseChunker.js';
import { SentenceChunker } from './sentenceChunker.js';
import { TokenReader } from './tokenReader.js';

/** A piece of the reply to be spoken. */
export interface Chunk {
  /** The raw text, markdown and white space included. Never white space alone. */
  readonly text: string;
  /** Index, from 0, of the token whose arrival released it; at the end of input, of the last token; -1 without any. */
  readonly afterToken: number;
}

/** Takes text out of the stream before it is cut, for example `HiddenTextFilter`. */
export interface TextFilter {
  push(token: string): string;
  flush(): string;
}

export interface ChunkStreamOptions {
  readonly clock: Clock;
  /** The next token is late after this time, or after 1.5 times the usual time between tokens if that is longer. */
  readonly idleFlushMs?: number;
  /** Release the first clause on its own: true for the defaults. */
  readonly firstClause?: boolean | Partial<FirstClauseOptions>;
  readonly filter?: TextFilter;
  /** Cuts instead of the sentence chunker, first clause included. */
  readonly chunker?: () => Chunker;
}

/** Shorter than the pause that a listener notices between sentences. */
const defaultIdleFlushMs = 150;
/** A token that takes this many times the median is late, not merely slow. */
const lateness = 1.5;

/**
 * Cuts a stream of tokens into chunks as early as it can do so well. Reads at most one token ahead of its consumer.
 * When the consumer leaves or `signal` aborts, the token stream is returned.
 *
 * @throws the token stream's error, after the whole words that had arrived were yielded
 * @throws the signal's reason as soon as it is aborted; nothing is yielded any more
 */
export async function* chunkStream(
  tokens: AsyncIterable<string>,
  options: ChunkStreamOptions,
  signal: AbortSignal,
): AsyncGenerator<Chunk, void, undefined> {
  const { clock, idleFlushMs = defaultIdleFlushMs, filter } = options;
  const chunker = options.chunker?.() ?? chunkerFor(options.firstClause ?? false);
  const reader = new TokenReader(tokens, clock, signal);
  let afterToken = -1;
  function* release(texts: readonly string[]): Generator<Chunk> {
    for (const text of texts) {
      signal.throwIfAborted();
      if (text.trim() !== '') yield { text, afterToken };
    }
  }
  try {
    for (;;) {
      const lateMs = Math.max(idleFlushMs, lateness * reader.medianWaitMs);
      let read = await reader.read(lateMs);
      if (read.kind === 'late') {
        yield* release(chunker.idle());
        read = await reader.read();
      }
      if (read.kind === 'token') {
        afterToken++;
        yield* release(chunker.push(filter ? filter.push(read.token) : read.token));
        continue;
      }
      const rest = [...chunker.push(filter?.flush() ?? ''), ...chunker.flush()];
      yield* release(read.kind === 'failed' ? [...rest.slice(0, -1), wholeWords(rest.at(-1) ?? '')] : rest);
      if (read.kind === 'failed') throw read.error;
      return;
    }
  } finally {
    await reader.close();
  }
}

/**
 * The text without the word at its very end: more of it may have been to come, and "mathemat" sounds broken, "it costs 20"
 * for 2000 wrong.
 */
function wholeWords(text: string): string {
  const words = new Intl.Segmenter('en', { granularity: 'word' }).segment(text.replace(/['’]$/, ''));
  const last = [...words].at(-1);
  return last?.isWordLike ? text.slice(0, last.index) : text;
}

function chunkerFor(firstClause: boolean | Partial<FirstClauseOptions>): Chunker {
  if (firstClause === false) return new SentenceChunker();
  return new ClauseChunker(new SentenceChunker(), firstClause === true ? {} : firstClause);
}
