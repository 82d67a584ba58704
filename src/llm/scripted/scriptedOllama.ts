import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../../hardware/clock.js';
import { type RecordedRequest, ServedRequest } from './recordedRequest.js';
import { type ScriptedBehaviour, serveText } from './scriptedChat.js';
import { type ScriptedModel, ScriptedModels } from './scriptedModels.js';
import { type PulledParts, type ScriptedPulls, servePull } from './scriptedPull.js';
import { SCRIPTED_MODEL, scriptedResponder } from './scriptedResponder.js';
import { ScriptedSlot, type ScriptedWork } from './scriptedSlot.js';
import type { Endpoint } from './scriptedWire.js';
import { notFoundText, readTextRequest } from './textRequest.js';

/** What the scripted server is and does. */
export interface ScriptedOllamaOptions extends ScriptedBehaviour {
  /** What `GET /api/version` answers. Default "0.30.0". */
  readonly version: string;
  /** Default: one model, "scripted". */
  readonly models: readonly ScriptedModel[];
  /** How many requests may wait for their turn; the next is told that the server is busy. Default 512. */
  readonly maxQueue: number;
  /**
   * Called for every good chat request before it is served. When it returns true it has taken the answer over: the
   * server does nothing more with that request.
   */
  readonly onChat?: (served: ServedRequest) => boolean;
  /** What fetching a model is like. Default: it has no library, and knows nothing of `/api/pull`. */
  readonly pulls?: ScriptedPulls;
  /** Whether `requests` keeps what was asked; a benchmark over many turns does without. Default true. */
  readonly keepsRequests?: boolean;
}

export const SCRIPTED_DEFAULTS = {
  generation: 'native',
  version: '0.30.0',
  models: [{ name: SCRIPTED_MODEL, capabilities: ['completion'] }],
  reply: scriptedResponder,
  tokensPerSecond: Number.POSITIVE_INFINITY,
  promptTokensPerSecond: Number.POSITIVE_INFINITY,
  firstTokenMs: 0,
  loadMs: 0,
  maxQueue: 512,
  clock: systemClock,
} as const satisfies ScriptedOllamaOptions;

/** A running scripted server. */
export interface ScriptedOllama {
  /** "http://127.0.0.1:PORT" */
  readonly url: string;
  /** All requests so far, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** What has been computed so far, also for clients that have gone. */
  readonly work: ScriptedWork;
  /** Ends all connections and stops listening. */
  close(): Promise<void>;
}

/**
 * Starts a server that speaks Ollama's HTTP interface and answers from a script: the demo's and the benchmarks' stand-in
 * for a language model. It listens on 127.0.0.1, on a free port.
 * @param options what is left out takes its value from `SCRIPTED_DEFAULTS`
 */
export async function startScriptedOllama(options: Partial<ScriptedOllamaOptions> = {}): Promise<ScriptedOllama> {
  const settings: ScriptedOllamaOptions = { ...SCRIPTED_DEFAULTS, ...options };
  const models = new ScriptedModels(settings.models);
  const closing = new AbortController();
  const slot = new ScriptedSlot(settings, closing.signal);
  const requests: ServedRequest[] = [];
  const parts: PulledParts = new Map();
  const server = createServer((request, response) => {
    const served = new ServedRequest(request, response, settings.clock);
    if (settings.keepsRequests !== false) requests.push(served);
    serve(request, served, { models, slot, settings, parts }).catch((error: unknown) => {
      // A client that has gone needs no answer; anything else is a fault of the script.
      if (response.headersSent) response.destroy();
      else served.json(500, { error: String(error) });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    get work() {
      return slot.work;
    },
    close: () =>
      new Promise((resolve) => {
        closing.abort(new Error('the server shuts down'));
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Running {
  readonly models: ScriptedModels;
  readonly slot: ScriptedSlot;
  readonly settings: ScriptedOllamaOptions;
  readonly parts: PulledParts;
}

async function serve(request: IncomingMessage, served: ServedRequest, running: Running): Promise<void> {
  const { models, settings } = running;
  try {
    served.body = await readJson(request);
  } catch (error) {
    return served.json(400, { error: String(error) });
  }
  switch (`${served.method} ${served.path}`) {
    case 'GET /':
      return served.text(200, 'Ollama is running');
    case 'GET /api/version':
      return served.json(200, { version: settings.version });
    case 'GET /api/tags':
      return served.json(200, models.tags());
    case 'GET /api/ps':
      return served.json(200, models.running());
    case 'POST /api/show':
      return show(served, models, settings);
    case 'POST /api/pull':
      return pull(served, running);
    case 'POST /api/chat':
      return text(served, 'chat', running);
    case 'POST /api/generate':
      return text(served, 'generate', running);
    default:
      return served.text(404, '404 page not found');
  }
}

function show(served: ServedRequest, models: ScriptedModels, { generation }: ScriptedOllamaOptions): void {
  const name = modelIn(served);
  const model = models.find(name);
  if (model === undefined) served.json(404, { error: notFoundText(name, generation) });
  else served.json(200, models.show(model));
}

async function pull(served: ServedRequest, { models, settings, parts }: Running): Promise<void> {
  const { pulls, clock } = settings;
  if (pulls === undefined) return served.text(404, '404 page not found');
  const name = modelIn(served);
  if (await servePull(served, name, pulls, parts, clock)) models.add({ name, capabilities: ['completion', 'tools'] });
}

function modelIn({ body }: ServedRequest): string {
  return typeof body === 'object' && body !== null && 'model' in body ? String(body.model) : '';
}

async function text(served: ServedRequest, endpoint: Endpoint, { models, slot, settings }: Running): Promise<void> {
  const request = readTextRequest(served, endpoint, models, settings.generation);
  if (request === undefined || settings.onChat?.(served)) return;
  await serveText(served, request, models, slot, settings);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return pieces.length === 0 ? undefined : JSON.parse(Buffer.concat(pieces).toString('utf8'));
}
