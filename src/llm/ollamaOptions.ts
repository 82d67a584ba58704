import { type Clock, systemClock } from '../../hardware/clock.js';
import type { ChatUsage } from './chatUsage.js';

/** How to reach an Ollama server and how to run a model on it. */
export interface OllamaOptions {
  /** The server's address, as `parseServerUrl` reads it. Default "http://127.0.0.1:11434". */
  readonly url: string;
  /** The model, as `ollama list` shows it. Default "qwen2.5:0.5b". */
  readonly model: string;
  /** Shown to people and in `backends.llm`. Default "ollama:" and the model. */
  readonly name?: string;
  /** Whether tokens are sent as they are made; without it the reply comes whole, at its end. Default true. */
  readonly streaming: boolean;
  /** For a sign of life from the server, in ms. Default 2000. */
  readonly connectTimeoutMs: number;
  /** From the sign of life to the first token of a reply, in ms; includes reading the prompt. Default 60000. */
  readonly firstTokenTimeoutMs: number;
  /** From one token to the next, in ms. Time in which the consumer does not ask for one does not count. Default 10000. */
  readonly tokenTimeoutMs: number;
  /** The same for `warmUp`, which waits for the model to be read from the disk, in ms. Default 300000. */
  readonly loadTimeoutMs: number;
  /** Of a reply, in UTF-16 code units. Beyond it the server is cut off. Default 20000. */
  readonly maxReplyChars: number;
  /** How long the server keeps the model after a request: seconds, or a text such as "10m"; negative: forever. Default -1. */
  readonly keepAlive: number | string;
  /** At most so many tokens in a reply. Default 256, about two minutes of speech. */
  readonly numPredict: number;
  /** Length of the context in tokens; the server's memory grows with it. Default 2048. */
  readonly numCtx: number;
  /**
   * How many tokens of the prompt the server reads at once. An aborted request stops only between two such batches, so
   * a large batch makes the server deaf to barge-in for many seconds. Default 64.
   */
  readonly numBatch: number;
  /** Threads of the server's. Default: the server chooses. */
  readonly numThread?: number;
  /** Randomness of the reply, 0 to 2. Default 0.6: steady enough for facts, not always the same words. */
  readonly temperature: number;
  /** Timeouts and the backoff run on it. Default: the machine's. */
  readonly clock: Clock;
  /** Told what each exchange has cost, at its end. One that fails or is left before its end tells nothing. Default: nobody. */
  readonly onUsage?: (usage: ChatUsage) => void;
}

export const OLLAMA_DEFAULTS = {
  url: 'http://127.0.0.1:11434',
  model: 'qwen2.5:0.5b',
  streaming: true,
  connectTimeoutMs: 2_000,
  firstTokenTimeoutMs: 60_000,
  tokenTimeoutMs: 10_000,
  loadTimeoutMs: 300_000,
  maxReplyChars: 20_000,
  keepAlive: -1,
  numPredict: 256,
  numCtx: 2_048,
  numBatch: 64,
  temperature: 0.6,
  clock: systemClock,
} as const satisfies OllamaOptions;

/** The `options` of a request, in Ollama's names. */
export interface GenerationOptions {
  readonly num_ctx: number;
  readonly num_batch: number;
  readonly num_thread?: number;
  readonly temperature: number;
  readonly num_predict: number;
}

/**
 * The `options` of every request. The server compares those that it reads at load time (`num_ctx`, `num_batch`,
 * `num_thread`) with those that the model was loaded with, and loads it again when one differs: hence one frozen object.
 */
export function generationOptions(options: OllamaOptions): GenerationOptions {
  return Object.freeze({
    num_ctx: options.numCtx,
    num_batch: options.numBatch,
    ...(options.numThread === undefined ? {} : { num_thread: options.numThread }),
    temperature: options.temperature,
    num_predict: options.numPredict,
  });
}

/**
 * Without streaming nothing arrives before the whole reply, so the reply is given this long on top of the first token,
 * in ms a token: 2 tokens a second, the slowest pace at which a voice is still of use.
 */
export const WHOLE_REPLY_MS_PER_TOKEN = 500;

/**
 * A server sends nothing of a call before it is whole, and may hold back what comes before it, so a reply that may have
 * one is given this much longer for each of its pieces, in ms: a call takes up to 60 tokens.
 */
export const TOOL_CALL_MS = 60 * WHOLE_REPLY_MS_PER_TOKEN;

/** How long to wait for the first thing that a reply sends, in ms. */
export function firstAnswerTimeoutMs(options: OllamaOptions): number {
  const wholeReplyMs = options.streaming ? 0 : options.numPredict * WHOLE_REPLY_MS_PER_TOKEN;
  return options.firstTokenTimeoutMs + wholeReplyMs;
}
