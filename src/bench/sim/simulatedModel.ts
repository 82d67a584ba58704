import type { ChatMessage, ChatModel, ModelStatus } from '../../llm/chatModel.js';
import { promptTokens, textTokens } from '../../llm/promptTokens.js';
import { PromptCache } from '../../llm/scripted/promptCache.js';
import { jobOf, type PiBoard } from './piBoard.js';
import type { LlmSpeeds } from './piSpeeds.js';

export interface SimulatedModelOptions {
  readonly model: string;
  readonly speeds: LlmSpeeds;
  /** Tokens of the prompt that are read at once (`num_batch`); an abort takes effect between two such batches. */
  readonly batchTokens: number;
  /** The server's threads, at most the board's cores. */
  readonly threads: number;
  /** Their claim to a core beside those of the assistant, which have 1. */
  readonly weight: number;
  /** At most so many tokens in a reply (`num_predict`). */
  readonly maxReplyTokens: number;
  readonly reply: (question: string) => string;
}

/** What the model server has computed, in tokens. */
export interface ModelWork {
  readonly promptTokens: number;
  readonly generatedTokens: number;
  /** Of those, for requests that were aborted. */
  readonly abortedPromptTokens: number;
  readonly abortedGeneratedTokens: number;
}

const NO_WORK: ModelWork = { promptTokens: 0, generatedTokens: 0, abortedPromptTokens: 0, abortedGeneratedTokens: 0 };

/** The speeds are those of a model that has all four cores. */
const CORES = 4;

/** Of a request of which only the reading counts: the server gives one token in any case. */
const READING_TOKENS = 1;

/**
 * A chat model as an Ollama server on a Pi runs it. One slot: a request waits until the one before has let go of it. The
 * prompt is evaluated from where it differs from what the slot holds, its last token always, batch by batch; then comes a
 * token at a time. A client that goes away is noticed after the running batch or token, not before.
 */
export class SimulatedModel implements ChatModel {
  readonly name: string;
  #work = NO_WORK;
  /** What the slot holds. */
  readonly #cache = new PromptCache();
  /** Resolves when the last request has let go of the slot. */
  #slot: Promise<void> = Promise.resolve();

  constructor(
    readonly board: PiBoard,
    readonly options: SimulatedModelOptions,
  ) {
    this.name = `simulated ${options.model}`;
  }

  /** Since the model was made. */
  get work(): ModelWork {
    return this.#work;
  }

  async probe(): Promise<ModelStatus> {
    return { ready: true, version: 'simulated' };
  }

  async warmUp(prefix: readonly ChatMessage[], signal: AbortSignal): Promise<void> {
    for await (const _token of this.#chat(prefix, READING_TOKENS, signal));
  }

  async prefill(messages: readonly ChatMessage[], signal: AbortSignal): Promise<void> {
    for await (const _token of this.#chat(messages, READING_TOKENS, signal));
  }

  reply(messages: readonly ChatMessage[], signal: AbortSignal): AsyncGenerator<string, void, undefined> {
    return this.#chat(messages, this.options.maxReplyTokens, signal);
  }

  /** The client's end of the connection. */
  async *#chat(
    messages: readonly ChatMessage[],
    maxTokens: number,
    signal: AbortSignal,
  ): AsyncGenerator<string, void, undefined> {
    signal.throwIfAborted();
    const client = new AbortController();
    const arrived: string[] = [];
    let over = false;
    let wake = () => {};
    const serve = async () => {
      await this.#serve(messages, maxTokens, client.signal, (token) => {
        arrived.push(token);
        wake();
      });
      over = true;
      wake();
    };
    this.#slot = this.#slot.then(serve);
    const onAbort = () => {
      client.abort();
      wake();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      for (;;) {
        signal.throwIfAborted();
        const token = arrived.shift();
        if (token !== undefined) yield token;
        else if (over) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
      client.abort();
    }
  }

  /** The server's end. Never fails: a client that has gone ends it. */
  async #serve(
    messages: readonly ChatMessage[],
    maxTokens: number,
    gone: AbortSignal,
    send: (token: string) => void,
  ): Promise<void> {
    if (gone.aborted) return;
    const prompt = promptTokens(messages);
    const read = await this.#readPrompt(prompt, gone);
    const generated = gone.aborted ? 0 : await this.#generate(prompt, this.#replyTo(messages, maxTokens), gone, send);
    const work = this.#work;
    this.#work = {
      promptTokens: work.promptTokens + read,
      generatedTokens: work.generatedTokens + generated,
      abortedPromptTokens: work.abortedPromptTokens + (gone.aborted ? read : 0),
      abortedGeneratedTokens: work.abortedGeneratedTokens + (gone.aborted ? generated : 0),
    };
  }

  /** @returns how many tokens were evaluated */
  async #readPrompt(prompt: readonly string[], gone: AbortSignal): Promise<number> {
    const { batchTokens, threads, weight, speeds } = this.options;
    const from = this.#cache.firstNew(prompt);
    let at = from;
    while (at < prompt.length && !gone.aborted) {
      const tokens = Math.min(batchTokens, prompt.length - at);
      // As much to compute however many threads share it.
      await this.board.run({ threads, weight, coreMs: (CORES * tokens * 1000) / speeds.promptTokensPerSecond });
      at += tokens;
      this.#cache.hold(prompt.slice(0, at));
    }
    return at - from;
  }

  /** The first token comes of the prompt's evaluation; the end of the reply takes as long as one more. @returns how many */
  async #generate(
    prompt: readonly string[],
    reply: readonly string[],
    gone: AbortSignal,
    send: (token: string) => void,
  ): Promise<number> {
    const { threads, weight, speeds } = this.options;
    let generated = 0;
    for (const token of reply) {
      send(token);
      generated += 1;
      // Bound by the memory, so that fewer threads are as fast on an idle board.
      await this.board.run({ ...jobOf(1000 / speeds.generatedTokensPerSecond, threads), weight });
      this.#cache.hold([...prompt, ...reply.slice(0, generated)]);
      if (gone.aborted) break;
    }
    return generated;
  }

  #replyTo(messages: readonly ChatMessage[], maxTokens: number): string[] {
    const last = messages.findLast(({ role }) => role === 'user')?.content ?? '';
    // The note of the time, before the question, changes the reply as little as it would a real one.
    const question = last.split(']\n').at(-1) ?? '';
    return textTokens(this.options.reply(question)).slice(0, maxTokens);
  }
}
