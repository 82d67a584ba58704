import { once } from 'node:events';
import type { Clock } from '../../../hardware/clock.js';
import type { ChatMessage, Tool } from '../chatModel.js';
import { promptTokens, saidText, textTokens } from '../promptTokens.js';
import type { PromptCache } from './promptCache.js';
import type { ServedRequest } from './recordedRequest.js';
import type { ScriptedModels } from './scriptedModels.js';
import type { ScriptedSlot } from './scriptedSlot.js';
import {
  doneLine,
  type Metrics,
  type ScriptedToken,
  type ScriptedToolCall,
  tokenLine,
  tokensOf,
  type WireGeneration,
} from './scriptedWire.js';
import type { TextRequest } from './textRequest.js';

/** How the scripted model behaves. */
export interface ScriptedBehaviour {
  /** Default `native`. */
  readonly generation: WireGeneration;
  /** What the model says to a prompt: a text, or its tokens; with the tools that it was offered. */
  readonly reply: (messages: readonly ChatMessage[], tools: readonly Tool[]) => string | readonly ScriptedToken[];
  /** Pace of the reply; Infinity: as fast as it can be sent. */
  readonly tokensPerSecond: number;
  /**
   * Pace at which the new part of a prompt is evaluated, in batches of the request's `num_batch`: a client that goes
   * away is noticed between two of them. Default Infinity.
   */
  readonly promptTokensPerSecond: number;
  /** From the request (or the end of loading) on, before the prompt is evaluated, in ms. It ends with the client. */
  readonly firstTokenMs: number;
  /** For reading the model from disk, once, in ms. */
  readonly loadMs: number;
  readonly clock: Clock;
}

/** The server's own `num_batch`. */
const DEFAULT_BATCH = 512;

/** Replies when it is the request's turn, and loads the model before if it must. @throws when the client goes away meanwhile */
export async function serveText(
  served: ServedRequest,
  request: TextRequest,
  models: ScriptedModels,
  slot: ScriptedSlot,
  behaviour: ScriptedBehaviour,
): Promise<void> {
  if (slot.isFull) {
    return served.json(503, { error: 'server busy, please try again.  maximum pending requests exceeded' });
  }
  await slot.serve(served, async () => {
    await answer(served, request, models, slot, behaviour);
    if (request.keepAlive === 0) models.unload();
  });
}

async function answer(
  served: ServedRequest,
  request: TextRequest,
  models: ScriptedModels,
  slot: ScriptedSlot,
  behaviour: ScriptedBehaviour,
): Promise<void> {
  const { endpoint, model, messages, options } = request;
  const { clock, generation } = behaviour;
  if (messages.length === 0 && request.keepAlive === 0) {
    return served.json(200, JSON.parse(doneLine(endpoint, model.name, 'unload')));
  }
  const startedAt = clock.now();
  let cache = models.cacheOf(model, options);
  if (cache === undefined) {
    served.loadedModel = true;
    models.unload();
    await slot.load(served, behaviour.loadMs);
    cache = models.load(model, options);
  }
  const loadedAt = clock.now();
  if (messages.length === 0) return served.json(200, JSON.parse(doneLine(endpoint, model.name, 'load')));
  await slot.waitFor(served, behaviour.firstTokenMs);
  const prompt = promptTokens(messages, request.tools, model.toolPlace);
  await slot.evaluate(served, cache, prompt, batchOf(options['num_batch']));
  const readAt = clock.now();
  const metrics = (): Metrics => ({
    total_duration: nanoseconds(clock.now() - startedAt),
    load_duration: nanoseconds(loadedAt - startedAt),
    prompt_eval_count: generation === 'runner' ? served.promptTokensEvaluated : prompt.length,
    prompt_eval_duration: nanoseconds(readAt - loadedAt),
    eval_count: served.tokensGenerated,
    eval_duration: nanoseconds(clock.now() - readAt),
  });
  await writeReply(served, request, { prompt, cache, slot, behaviour, metrics });
}

/** From 0.30 on, Ollama's own path gives up after more than this many equal tokens, and does not say so. */
const REPEAT_LIMIT = 30;

interface Reading {
  readonly prompt: readonly string[];
  readonly cache: PromptCache;
  readonly slot: ScriptedSlot;
  readonly behaviour: ScriptedBehaviour;
  readonly metrics: () => Metrics;
}

async function writeReply(
  served: ServedRequest,
  request: TextRequest,
  { prompt, cache, slot, behaviour, metrics }: Reading,
): Promise<void> {
  const { endpoint, model, streaming, thinking } = request;
  const { reply, generation, tokensPerSecond, clock } = behaviour;
  const said = reply(request.messages, request.tools);
  const all = (typeof said === 'string' ? tokensOf(said) : said).filter(
    (token) => thinking || token.thinking === undefined,
  );
  const tokens = all.slice(0, tokenLimit(request.options['num_predict'], generation));
  const held: ScriptedToolCall[] = [];
  const called: ScriptedToolCall[] = [];
  const startedAt = clock.now();
  let text = '';
  let repeats = 0;
  for (const [i, token] of tokens.entries()) {
    // The first token comes of the prompt's evaluation.
    await slot.generate(served, startedAt + (i * 1000) / tokensPerSecond);
    repeats = i > 0 && token.content === tokens[i - 1]?.content ? repeats + 1 : 0;
    if (generation === 'rendered' && repeats > REPEAT_LIMIT) {
      served.response.end();
      return;
    }
    text += token.content ?? '';
    called.push(...(token.toolCalls ?? []));
    cache.hold([...prompt, ...textTokens(saidText(text, called))]);
    const holdsCalls = token.toolCalls !== undefined && (generation === 'native' || !streaming);
    if (holdsCalls) held.push(...(token.toolCalls ?? []));
    else if (streaming) await write(served, tokenLine(endpoint, model.name, token));
    served.tokensSent = i + 1;
  }
  const last: ScriptedToken = {
    ...(streaming ? {} : { content: text }),
    ...(held.length > 0 ? { toolCalls: held } : {}),
  };
  const reason = tokens.length < all.length ? 'length' : 'stop';
  const line = doneLine(endpoint, model.name, reason, last, metrics());
  if (!streaming) return served.json(200, JSON.parse(line));
  await write(served, line);
  served.response.end();
}

/** 0 means "no limit" except on the native path, where it means none at all. */
function tokenLimit(numPredict: unknown, generation: WireGeneration): number | undefined {
  if (typeof numPredict !== 'number' || numPredict < 0) return undefined;
  return numPredict === 0 && generation !== 'native' ? undefined : numPredict;
}

function batchOf(numBatch: unknown): number {
  return typeof numBatch === 'number' && numBatch > 0 ? numBatch : DEFAULT_BATCH;
}

/** Writes a line, and the headers before the first one: the real server sends none while it loads and reads. */
async function write({ response, gone }: ServedRequest, line: string): Promise<void> {
  gone.throwIfAborted();
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  if (!response.write(line)) await once(response, 'drain', { signal: gone });
}

function nanoseconds(ms: number): number {
  return Math.round(ms * 1e6);
}
