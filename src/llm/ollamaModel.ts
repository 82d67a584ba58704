import type { ChatRequest, ChatResponse, Ollama } from 'ollama';
import { sleep } from '../../hardware/clock.js';
import { byteLimits, chatLines } from './chatLines.js';
import { type ChatMessage, type ChatModel, LlmError, type ModelStatus } from './chatModel.js';
import { type ChatOccasion, chatUsage } from './chatUsage.js';
import { Exchange } from './exchange.js';
import { llmError } from './ollamaErrors.js';
import {
  firstAnswerTimeoutMs,
  type GenerationOptions,
  generationOptions,
  OLLAMA_DEFAULTS,
  type OllamaOptions,
} from './ollamaOptions.js';
import { isInMemory, probeServer, readCapabilities } from './ollamaServer.js';
import { parseServerUrl, type ServerUrl } from './serverUrl.js';

/** Before the one retry after `busy`, in ms: long enough for a queued request to finish, short enough not to be felt. */
const BUSY_BACKOFF_MS = 500;

/** What makes one chat request differ from another. */
interface ChatPlan {
  readonly messages: readonly ChatMessage[];
  readonly options: GenerationOptions;
  readonly streaming: boolean;
  /** For the first thing that arrives, in ms. */
  readonly firstTokenTimeoutMs: number;
  readonly occasion: ChatOccasion;
}

/** A chat model on an Ollama server, local or in the house. */
export class OllamaModel implements ChatModel {
  readonly name: string;
  readonly #options: OllamaOptions;
  readonly #server: ServerUrl;
  readonly #generation: GenerationOptions;
  /** The same, for a request of which only the reading counts. */
  readonly #readingOnly: GenerationOptions;
  /** As far as its last answer tells. */
  #isLoaded = false;
  /** Whether the model can think aloud, once the server said. */
  #thinks: boolean | undefined;

  /**
   * Connects to nothing yet.
   * @param options what is left out takes its value from `OLLAMA_DEFAULTS`
   * @throws {TypeError} when the address is none
   */
  constructor(options: Partial<OllamaOptions> = {}) {
    this.#options = { ...OLLAMA_DEFAULTS, ...options };
    this.#server = parseServerUrl(this.#options.url);
    this.#generation = generationOptions(this.#options);
    // Not 0: to most versions of the server that means "without limit".
    this.#readingOnly = Object.freeze({ ...this.#generation, num_predict: 1 });
    this.name = this.#options.name ?? `ollama:${this.#options.model}`;
  }

  probe(signal: AbortSignal): Promise<ModelStatus> {
    return probeServer(this.#server, this.#options, signal);
  }

  /**
   * A request of its own: the server drops a model that it is still loading when the request that asked for it goes away,
   * so `signal` should be the program's, not a turn's.
   */
  async warmUp(prefix: readonly ChatMessage[], signal: AbortSignal): Promise<void> {
    this.#thinks = undefined;
    const plan: ChatPlan = {
      messages: prefix,
      options: this.#readingOnly,
      streaming: true,
      firstTokenTimeoutMs: this.#options.loadTimeoutMs,
      occasion: { purpose: 'warmUp', promptIsNew: await this.#willLoad(signal) },
    };
    for await (const _token of this.#withRetry(plan, signal));
  }

  /** Does nothing before the model has answered once: a request that is aborted while the model loads stops the loading. */
  async prefill(messages: readonly ChatMessage[], signal: AbortSignal): Promise<void> {
    if (!this.#isLoaded) return;
    const plan: ChatPlan = {
      messages,
      options: this.#readingOnly,
      streaming: true,
      firstTokenTimeoutMs: this.#options.firstTokenTimeoutMs,
      occasion: { purpose: 'prefill', promptIsNew: false },
    };
    for await (const _token of this.#chat(plan, signal));
  }

  reply(messages: readonly ChatMessage[], signal: AbortSignal): AsyncGenerator<string, void, undefined> {
    return this.#withRetry(
      {
        messages,
        options: this.#generation,
        streaming: this.#options.streaming,
        firstTokenTimeoutMs: firstAnswerTimeoutMs(this.#options),
        // Its beginning has been read in the warm-up.
        occasion: { purpose: 'reply', promptIsNew: false },
      },
      signal,
    );
  }

  /** `busy` comes instead of the first token and never after it, so a second attempt repeats nothing. */
  async *#withRetry(plan: ChatPlan, signal: AbortSignal): AsyncGenerator<string, void, undefined> {
    try {
      yield* this.#chat(plan, signal);
      return;
    } catch (error) {
      if (!(error instanceof LlmError) || error.reason !== 'busy') throw error;
    }
    await sleep(this.#options.clock, BUSY_BACKOFF_MS, signal);
    yield* this.#chat(plan, signal);
  }

  async *#chat(plan: ChatPlan, signal: AbortSignal): AsyncGenerator<string, void, undefined> {
    const request = await this.#request(plan, signal);
    const { model, clock, connectTimeoutMs, tokenTimeoutMs, maxReplyChars } = this.#options;
    const limits = byteLimits(maxReplyChars);
    const exchange = new Exchange(
      { server: this.#server, model, clock, readBody: (body, target) => chatLines(body, limits, target) },
      signal,
    );
    let roomChars = maxReplyChars;
    let last: ChatResponse | undefined;
    try {
      exchange.expectAnswer(connectTimeoutMs, plan.firstTokenTimeoutMs);
      for await (const chunk of chunks(exchange.client, request, plan.streaming)) {
        const { message } = chunk;
        // While the consumer is busy with a token nobody waits for the server.
        exchange.watchdog.calm();
        // Tokens that were read ahead of the abort belong to a turn that is over.
        signal.throwIfAborted();
        const text = fitting(message.content, roomChars);
        if (text !== '') yield text;
        if (text.length < message.content.length) {
          throw llmError('tooLong', exchange.target, `over ${maxReplyChars} characters`);
        }
        roomChars -= text.length;
        exchange.watchdog.watch('stalled', tokenTimeoutMs);
        last = chunk;
        this.#isLoaded = true;
      }
    } catch (error) {
      if (!signal.aborted) this.#isLoaded = false;
      throw exchange.failure(error);
    } finally {
      exchange.close();
    }
    if (last?.done) this.#options.onUsage?.(chatUsage(last, plan.occasion));
  }

  /** Whether the server reads the model from the disk for the next request: then it knows of no prompt. */
  async #willLoad(signal: AbortSignal): Promise<boolean> {
    if (!this.#options.onUsage) return false; // nobody wants to know
    return (await isInMemory(this.#server, this.#options, signal)) === false;
  }

  async #request({ messages, options }: ChatPlan, signal: AbortSignal): Promise<ChatRequest> {
    this.#thinks ??= (await readCapabilities(this.#server, this.#options, signal))?.includes('thinking');
    return {
      model: this.#options.model,
      messages: messages.map(({ role, content }) => ({ role, content })),
      keep_alive: this.#options.keepAlive,
      options,
      // Left out, the server lets a thinking model think; the other models need not hear of it.
      ...(this.#thinks === true ? { think: false } : {}),
    };
  }
}

async function* chunks(client: Ollama, request: ChatRequest, streaming: boolean): AsyncGenerator<ChatResponse, void> {
  if (streaming) yield* await client.chat({ ...request, stream: true });
  else yield await client.chat({ ...request, stream: false });
}

/** The beginning of `text` that has room, without half of a surrogate pair at its end. */
function fitting(text: string, roomChars: number): string {
  if (text.length <= roomChars) return text;
  const cut = text.slice(0, roomChars);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}
