import type { ChatRequest, ChatResponse, Ollama } from 'ollama';
import { sleep } from '../../hardware/clock.js';
import { byteLimits, chatLines } from './chatLines.js';
import {
  type ChatMessage,
  type ChatModel,
  LlmError,
  type ModelStatus,
  type ReplyPiece,
  type Tool,
  type ToolPlace,
} from './chatModel.js';
import { type ChatOccasion, chatUsage } from './chatUsage.js';
import { callsIn, wireMessage, wireTools, wordsIn } from './chatWire.js';
import { Exchange, type ExchangeSettings } from './exchange.js';
import { llmError } from './ollamaErrors.js';
import {
  firstAnswerTimeoutMs,
  type GenerationOptions,
  generationOptions,
  OLLAMA_DEFAULTS,
  type OllamaOptions,
  TOOL_CALL_MS,
  WHOLE_REPLY_MS_PER_TOKEN,
} from './ollamaOptions.js';
import { isInMemory, probeServer, readDetails } from './ollamaServer.js';
import { ServerAbilities, type Wishes } from './serverAbilities.js';
import { parseServerUrl, type ServerUrl } from './serverUrl.js';
import { wholeReply } from './wholeReply.js';

/** Before the one retry after `busy`, in ms: long enough for a queued request to finish, short enough not to be felt. */
const BUSY_BACKOFF_MS = 500;

/** What makes one chat request differ from another. */
interface ChatPlan {
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly Tool[];
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
  #abilities = new ServerAbilities();

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

  get toolPlace(): ToolPlace {
    return this.#abilities.toolPlace;
  }

  get takesTools(): boolean | undefined {
    return this.#abilities.isKnown ? this.#abilities.takesTools : undefined;
  }

  probe(signal: AbortSignal): Promise<ModelStatus> {
    return probeServer(this.#server, this.#options, signal);
  }

  /**
   * A request of its own: the server drops a model that it is still loading when the request that asked for it goes away,
   * so `signal` should be the program's, not a turn's.
   */
  async warmUp(prefix: readonly ChatMessage[], signal: AbortSignal, tools: readonly Tool[] = []): Promise<void> {
    this.#abilities = new ServerAbilities();
    const plan: ChatPlan = {
      messages: prefix,
      tools,
      options: this.#readingOnly,
      streaming: true,
      firstTokenTimeoutMs: this.#options.loadTimeoutMs,
      occasion: { purpose: 'warmUp', promptIsNew: await this.#willLoad(signal) },
    };
    for await (const _piece of this.#attempts(plan, signal));
  }

  /** Does nothing before the model has answered once: a request that is aborted while the model loads stops the loading. */
  async prefill(messages: readonly ChatMessage[], signal: AbortSignal, tools: readonly Tool[] = []): Promise<void> {
    if (!this.#isLoaded) return;
    const plan: ChatPlan = {
      messages,
      tools,
      options: this.#readingOnly,
      streaming: true,
      firstTokenTimeoutMs: this.#options.firstTokenTimeoutMs,
      occasion: { purpose: 'prefill', promptIsNew: false },
    };
    for await (const _piece of this.#chat(plan, wishesOf(plan), signal));
  }

  reply(messages: readonly ChatMessage[], signal: AbortSignal): AsyncGenerator<string, void, undefined>;
  reply(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
    tools?: readonly Tool[],
  ): AsyncGenerator<ReplyPiece, void, undefined>;
  reply(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
    tools: readonly Tool[] = [],
  ): AsyncGenerator<ReplyPiece, void, undefined> {
    return this.#attempts(
      {
        messages,
        tools,
        options: this.#generation,
        streaming: this.#options.streaming,
        firstTokenTimeoutMs: firstAnswerTimeoutMs(this.#options),
        // Its beginning has been read in the warm-up.
        occasion: { purpose: 'reply', promptIsNew: false },
      },
      signal,
    );
  }

  /** A second attempt repeats nothing: there is none once something has come. */
  async *#attempts(plan: ChatPlan, signal: AbortSignal): AsyncGenerator<ReplyPiece, void, undefined> {
    let waited = false;
    for (let wishes = wishesOf(plan); ; ) {
      let begun = false;
      try {
        for await (const piece of this.#chat(plan, wishes, signal)) {
          begun = true;
          yield piece;
        }
        return;
      } catch (error) {
        if (begun || !(error instanceof LlmError)) throw error;
        const less = this.#abilities.refused(error, this.#abilities.granted(wishes));
        if (!less && (error.reason !== 'busy' || waited)) throw error;
        waited ||= !less;
        wishes = less ?? wishes;
        if (!less) await sleep(this.#options.clock, BUSY_BACKOFF_MS, signal);
      }
    }
  }

  async *#chat(plan: ChatPlan, wishes: Wishes, signal: AbortSignal): AsyncGenerator<ReplyPiece, void, undefined> {
    if (!this.#abilities.isKnown) {
      this.#abilities.learn(await readDetails(this.#server, this.#options, signal));
    }
    const granted = this.#abilities.granted(wishes);
    const request = this.#request(plan, granted.tools ? plan.tools : []);
    const { model, clock, connectTimeoutMs, tokenTimeoutMs, maxReplyChars } = this.#options;
    const toolCallMs = granted.tools ? TOOL_CALL_MS : 0;
    const heldBackMs = plan.streaming && !granted.streaming ? plan.options.num_predict * WHOLE_REPLY_MS_PER_TOKEN : 0;
    const limits = byteLimits(maxReplyChars);
    const readBody: ExchangeSettings['readBody'] = (body, target) => {
      const lines = chatLines(body, limits, target);
      return granted.streaming ? lines : wholeReply(lines);
    };
    const exchange = new Exchange({ server: this.#server, model, clock, readBody }, signal);
    let roomChars = maxReplyChars;
    let last: ChatResponse | undefined;
    try {
      exchange.expectAnswer(connectTimeoutMs, plan.firstTokenTimeoutMs + toolCallMs + heldBackMs);
      for await (const chunk of chunks(exchange.client, request, granted.streaming)) {
        const { message } = chunk;
        // While the consumer is busy with a token nobody waits for the server.
        exchange.watchdog.calm();
        // Tokens that were read ahead of the abort belong to a turn that is over.
        signal.throwIfAborted();
        const words = wordsIn(message);
        const text = fitting(words, roomChars);
        if (text !== '') yield text;
        if (text.length < words.length) {
          throw llmError('tooLong', exchange.target, `over ${maxReplyChars} characters`);
        }
        roomChars -= text.length;
        // In any piece: the native path of Ollama sends all calls with the last one.
        if (granted.tools) yield* callsIn(message);
        exchange.watchdog.watch('stalled', tokenTimeoutMs + toolCallMs);
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

  #request({ messages, options }: ChatPlan, tools: readonly Tool[]): ChatRequest {
    return {
      model: this.#options.model,
      messages: messages.map(wireMessage),
      ...wireTools(tools),
      keep_alive: this.#options.keepAlive,
      options,
      // Left out, the server lets a thinking model think; the other models need not hear of it.
      ...(this.#abilities.thinks ? { think: false } : {}),
    };
  }
}

function wishesOf({ streaming, tools }: ChatPlan): Wishes {
  return { streaming, tools: tools.length > 0 };
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
