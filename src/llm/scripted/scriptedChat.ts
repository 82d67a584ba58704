import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { type Clock, sleep } from '../../../hardware/clock.js';
import type { ChatMessage } from '../chatModel.js';
import type { ServedRequest } from './recordedRequest.js';
import type { ScriptedModel, ScriptedModels } from './scriptedModels.js';
import {
  doneLine,
  type Endpoint,
  type Metrics,
  type ScriptedToken,
  type ScriptedToolCall,
  tokenLine,
  tokensOf,
  type WireGeneration,
} from './scriptedWire.js';

/** How the scripted model behaves. */
export interface ScriptedBehaviour {
  /** Default `native`. */
  readonly generation: WireGeneration;
  /** What the model says to a prompt: a text, or its tokens. */
  readonly reply: (messages: readonly ChatMessage[]) => string | readonly ScriptedToken[];
  /** Pace of the reply; Infinity: as fast as it can be sent. */
  readonly tokensPerSecond: number;
  /** From the request (or the end of loading) to the first token, in ms: the time for reading the prompt. */
  readonly firstTokenMs: number;
  /** For reading the model from disk, once, in ms. */
  readonly loadMs: number;
  readonly clock: Clock;
}

/** A checked request for text, with `generate`'s prompt as one message. */
export interface TextRequest {
  readonly endpoint: Endpoint;
  readonly model: ScriptedModel;
  readonly messages: readonly ChatMessage[];
  readonly streaming: boolean;
  readonly thinking: boolean;
  readonly keepAlive: string | number | undefined;
  readonly options: Readonly<Record<string, unknown>>;
}

const bodySchema = z.looseObject({
  model: z.string().default(''),
  messages: z.array(z.looseObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })).optional(),
  prompt: z.string().optional(),
  stream: z.boolean().default(true),
  think: z.boolean().optional(),
  tools: z.array(z.unknown()).default([]),
  keep_alive: z.union([z.string(), z.number()]).optional(),
  options: z.record(z.string(), z.unknown()).default({}),
});

/** Checks a request as the server does, and answers it when there is something wrong with it. */
export function readTextRequest(
  served: ServedRequest,
  endpoint: Endpoint,
  models: ScriptedModels,
  generation: WireGeneration,
): TextRequest | undefined {
  const refuse = (status: number, error: string) => {
    served.json(status, { error });
    return undefined;
  };
  if (served.body === undefined) return refuse(400, 'missing request body');
  const parsed = bodySchema.safeParse(served.body);
  if (!parsed.success) return refuse(400, z.prettifyError(parsed.error));
  const { model: name, messages, prompt, stream, think, tools, keep_alive: keepAlive, options } = parsed.data;
  if (name === '') return refuse(400, 'model is required');
  const model = models.find(name);
  if (model === undefined) return refuse(404, notFoundText(name, generation));
  const thinks = model.capabilities.includes('thinking');
  if (think === true && !thinks) return refuse(400, `"${name}" does not support thinking`);
  if (tools.length > 0 && !model.capabilities.includes('tools')) {
    return refuse(400, `registry.ollama.ai/library/${model.name} does not support tools`);
  }
  return {
    endpoint,
    model,
    messages: messages ?? (prompt ? [{ role: 'user', content: prompt }] : []),
    streaming: stream,
    thinking: think ?? thinks,
    keepAlive,
    options,
  };
}

/** The server's words, which depend on where it notices. */
export function notFoundText(name: string, generation: WireGeneration): string {
  return generation === 'runner' ? `model "${name}" not found, try pulling it first` : `model '${name}' not found`;
}

/** Loads the model if it must, and replies. @throws when the client goes away meanwhile */
export async function serveText(
  served: ServedRequest,
  request: TextRequest,
  models: ScriptedModels,
  behaviour: ScriptedBehaviour,
): Promise<void> {
  const { endpoint, model, messages, options } = request;
  const { clock } = behaviour;
  if (messages.length === 0 && request.keepAlive === 0) {
    models.unload();
    return served.json(200, JSON.parse(doneLine(endpoint, model.name, 'unload')));
  }
  const startedAt = clock.now();
  if (!models.isLoaded(model, options)) {
    served.loadedModel = true;
    // A client that goes away now takes the model with it, as on the real server.
    await pause(clock, behaviour.loadMs, served.gone);
    models.setLoaded(model, options);
  }
  const loadedAt = clock.now();
  if (messages.length === 0) return served.json(200, JSON.parse(doneLine(endpoint, model.name, 'load')));
  const { words, newWords } = models.readPrompt(messages.map(({ content }) => content).join('\n'));
  await pause(clock, behaviour.firstTokenMs, served.gone);
  const readAt = clock.now();
  const metrics = (evalCount: number): Metrics => ({
    total_duration: nanoseconds(clock.now() - startedAt),
    load_duration: nanoseconds(loadedAt - startedAt),
    prompt_eval_count: behaviour.generation === 'runner' ? newWords : words,
    prompt_eval_duration: nanoseconds(readAt - loadedAt),
    eval_count: evalCount,
    eval_duration: nanoseconds(clock.now() - readAt),
  });
  await writeReply(served, request, behaviour, metrics);
  if (request.keepAlive === 0) models.unload();
}

/** From 0.30 on, Ollama's own path gives up after more than this many equal tokens, and does not say so. */
const REPEAT_LIMIT = 30;

async function writeReply(
  served: ServedRequest,
  request: TextRequest,
  { reply, generation, tokensPerSecond, clock }: ScriptedBehaviour,
  metrics: (evalCount: number) => Metrics,
): Promise<void> {
  const { endpoint, model, streaming, thinking } = request;
  const said = reply(request.messages);
  const all = (typeof said === 'string' ? tokensOf(said) : said).filter(
    (token) => thinking || token.thinking === undefined,
  );
  const tokens = all.slice(0, tokenLimit(request.options['num_predict'], generation));
  const held: ScriptedToolCall[] = [];
  const startedAt = clock.now();
  let text = '';
  let repeats = 0;
  for (const [i, token] of tokens.entries()) {
    await pause(clock, startedAt + (i * 1000) / tokensPerSecond - clock.now(), served.gone);
    repeats = i > 0 && token.content === tokens[i - 1]?.content ? repeats + 1 : 0;
    if (generation === 'rendered' && repeats > REPEAT_LIMIT) {
      served.response.end();
      return;
    }
    text += token.content ?? '';
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
  const line = doneLine(endpoint, model.name, reason, last, metrics(tokens.length));
  if (!streaming) return served.json(200, JSON.parse(line));
  await write(served, line);
  served.response.end();
}

/** 0 means "no limit" except on the native path, where it means none at all. */
function tokenLimit(numPredict: unknown, generation: WireGeneration): number | undefined {
  if (typeof numPredict !== 'number' || numPredict < 0) return undefined;
  return numPredict === 0 && generation !== 'native' ? undefined : numPredict;
}

/** Writes a line, and the headers before the first one: the real server sends none while it loads and reads. */
async function write({ response, gone }: ServedRequest, line: string): Promise<void> {
  gone.throwIfAborted();
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  if (!response.write(line)) await once(response, 'drain', { signal: gone });
}

/** Waits on the clock, or for one round of the event loop, so that a client that goes away is noticed at every token. */
async function pause(clock: Clock, delayMs: number, gone: AbortSignal): Promise<void> {
  if (delayMs > 0) await sleep(clock, delayMs, gone);
  else await setImmediate();
  gone.throwIfAborted();
}

function nanoseconds(ms: number): number {
  return Math.round(ms * 1e6);
}
