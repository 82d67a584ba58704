import type { Clock } from '../../hardware/clock.js';
import type { Chunker } from '../speech/text/chunker.js';
import { chunkStream } from '../speech/text/chunkStream.js';
import { HiddenTextFilter, type HiddenTextOptions } from '../speech/text/hiddenText.js';
import { speakable } from '../speech/text/speakableText.js';

export interface Chunking {
  /** Release a first clause before the first sentence is whole. */
  readonly firstClause: boolean;
  /** A finished-looking chunk is released when the next token is later than this (ms). */
  readonly idleFlushMs: number;
  /** Wait for the whole reply and speak it as one chunk: what an assistant without streaming does. For comparison. */
  readonly whole?: boolean;
  /** Cuts in its own way, whatever the rest says. For comparison. */
  readonly chunker?: () => Chunker;
}

/** tokens -> what is not meant to be heard removed -> chunks, as the model wrote them, that have something to say. */
export async function* spokenChunks(
  tokens: AsyncIterable<string>,
  chunking: Chunking,
  clock: Clock,
  signal: AbortSignal,
  hidden: HiddenTextOptions = {},
): AsyncGenerator<string, void, undefined> {
  const options = { ...chunking, clock, filter: new HiddenTextFilter(hidden) };
  const held: string[] = [];
  for await (const chunk of chunkStream(tokens, options, signal)) {
    if (speakable(chunk.text) === '') continue;
    if (chunking.whole) held.push(chunk.text);
    else yield chunk.text;
  }
  if (held.length > 0) yield held.join('');
}
