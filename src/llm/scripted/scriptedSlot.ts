import { setImmediate } from 'node:timers/promises';
import { type Clock, sleep } from '../../../hardware/clock.js';
import type { PromptCache } from './promptCache.js';
import type { ServedRequest } from './recordedRequest.js';

/** What the scripted server has computed since it started. */
export interface ScriptedWork {
  /** Tokens of prompts that were evaluated; what came from the cache does not count. */
  readonly promptTokens: number;
  readonly generatedTokens: number;
  /** Of those, for requests whose client went away. */
  readonly abortedPromptTokens: number;
  readonly abortedGeneratedTokens: number;
  /** How often a model was read from disk to its end. */
  readonly loads: number;
  /** How often that was broken off because the client had gone. */
  readonly abortedLoads: number;
}

export interface SlotOptions {
  readonly clock: Clock;
  /** How fast prompts are evaluated; Infinity: in no time. */
  readonly promptTokensPerSecond: number;
  /** Requests that may wait; the next is refused. */
  readonly maxQueue: number;
}

/**
 * Where the scripted model runs: one request at a time, the others wait in order, as with OLLAMA_NUM_PARALLEL=1. What
 * has been begun is finished, whether somebody waits for it or not: a batch of the prompt, a token of the reply.
 */
export class ScriptedSlot {
  readonly #options: SlotOptions;
  readonly #closing: AbortSignal;
  readonly #waiting: (() => void)[] = [];
  #isBusy = false;
  #work: ScriptedWork = {
    promptTokens: 0,
    generatedTokens: 0,
    abortedPromptTokens: 0,
    abortedGeneratedTokens: 0,
    loads: 0,
    abortedLoads: 0,
  };

  /** @param closing the server shuts down: nothing is computed any more */
  constructor(options: SlotOptions, closing: AbortSignal) {
    this.#options = options;
    this.#closing = closing;
  }

  get work(): ScriptedWork {
    return this.#work;
  }

  /** As many requests wait as may. */
  get isFull(): boolean {
    return this.#isBusy && this.#waiting.length >= this.#options.maxQueue;
  }

  /** Serves a request when all that came before it are over. @throws when the client goes away; what `job` throws */
  async serve(served: ServedRequest, job: () => Promise<void>): Promise<void> {
    await this.#turnOf(served.gone);
    try {
      await job();
    } finally {
      if (served.aborted) {
        this.#count({
          abortedPromptTokens: served.promptTokensEvaluated,
          abortedGeneratedTokens: served.tokensGenerated,
        });
      }
      this.#letGo();
    }
  }

  /** Reads a model from disk. A client that goes away takes it with it, at once. @throws then */
  async load(served: ServedRequest, loadMs: number): Promise<void> {
    try {
      await this.waitFor(served, loadMs);
    } catch (error) {
      this.#count({ abortedLoads: 1 });
      throw error;
    }
    this.#count({ loads: 1 });
  }

  /** Evaluates what is new of a prompt, batch by batch. @throws when the client has gone, at the end of a batch */
  async evaluate(served: ServedRequest, cache: PromptCache, prompt: readonly string[], batch: number): Promise<void> {
    for (let at = cache.firstNew(prompt); at < prompt.length; ) {
      const tokens = Math.min(batch, prompt.length - at);
      await this.#compute((tokens * 1000) / this.#options.promptTokensPerSecond);
      at += tokens;
      cache.hold(prompt.slice(0, at));
      served.promptTokensEvaluated += tokens;
      this.#count({ promptTokens: tokens });
      served.gone.throwIfAborted();
    }
  }

  /** Generates a token, which takes until `readyAtMs`. @throws when the client has gone, once the token is there */
  async generate(served: ServedRequest, readyAtMs: number): Promise<void> {
    await this.#compute(readyAtMs - this.#options.clock.now());
    served.tokensGenerated += 1;
    this.#count({ generatedTokens: 1 });
    served.gone.throwIfAborted();
  }

  /** A wait that a client can end by going away. @throws then */
  async waitFor({ gone }: ServedRequest, delayMs: number): Promise<void> {
    if (delayMs > 0) await sleep(this.#options.clock, delayMs, gone);
    else await setImmediate();
    gone.throwIfAborted();
  }

  /** Nothing ends it but its time; a round of the event loop at least, so that a client that goes away is noticed. */
  async #compute(ms: number): Promise<void> {
    if (ms > 0) await sleep(this.#options.clock, ms, this.#closing);
    else await setImmediate();
    this.#closing.throwIfAborted();
  }

  async #turnOf(gone: AbortSignal): Promise<void> {
    gone.throwIfAborted();
    if (!this.#isBusy) {
      this.#isBusy = true;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(begin), 1);
        reject(gone.reason);
      };
      const begin = () => {
        gone.removeEventListener('abort', leave);
        resolve();
      };
      this.#waiting.push(begin);
      gone.addEventListener('abort', leave, { once: true });
    });
  }

  #letGo(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#isBusy = false;
  }

  #count(more: Partial<ScriptedWork>): void {
    const sums = Object.entries(more).map(([what, n]) => [what, this.#work[what as keyof ScriptedWork] + n]);
    this.#work = { ...this.#work, ...Object.fromEntries(sums) };
  }
}
