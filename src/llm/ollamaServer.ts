import type { Ollama } from 'ollama';
import { z } from 'zod';
import { LlmError, type ModelStatus } from './chatModel.js';
import { Exchange } from './exchange.js';
import { excerpt, llmError, type Target } from './ollamaErrors.js';
import type { OllamaOptions } from './ollamaOptions.js';
import type { ServerUrl } from './serverUrl.js';

const versionSchema = z.object({ version: z.string().min(1) });
const modelsSchema = z.object({ models: z.array(z.object({ name: z.string() })) });
const detailsSchema = z.object({ capabilities: z.array(z.string()).optional(), template: z.string().optional() });

/** What the server says of a model. */
export type ModelDetails = z.infer<typeof detailsSchema>;

/**
 * How long the list of models and the details of one may take, in ms. The server reads them from disk, which is an SD
 * card on the machines this is for.
 */
const DISK_TIMEOUT_MS = 10_000;
/** A list of models takes about 500 bytes a model, the details of a model some 100 kB (licence, template). */
const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;

/** What a server says of itself. */
export interface ServerContents {
  readonly version: string;
  /** The names of its models: "qwen2.5:0.5b". */
  readonly models: readonly string[];
}

/** @throws {LlmError} when no such server answers; the signal's reason */
export async function readServer(
  server: ServerUrl,
  options: OllamaOptions,
  signal: AbortSignal,
): Promise<ServerContents> {
  const { version } = await ask(server, options, signal, (client) => client.version(), versionSchema);
  const { models } = await ask(server, options, signal, (client) => client.list(), modelsSchema);
  return { version, models: models.map(({ name }) => name) };
}

/** Is the server there, and has it the model? @throws only the signal's reason */
export async function probeServer(
  server: ServerUrl,
  options: OllamaOptions,
  signal: AbortSignal,
): Promise<ModelStatus> {
  try {
    const { version, models } = await readServer(server, options, signal);
    if (models.some((name) => fullName(name) === fullName(options.model))) return { ready: true, version };
    throw llmError('notFound', { url: server.shown, model: options.model });
  } catch (error) {
    if (!(error instanceof LlmError)) throw error;
    return { ready: false, reason: error.reason, message: error.message };
  }
}

/**
 * What the model can do ("completion", "tools", "thinking", ...) and how its prompts are made, as far as the server says.
 * @throws {LlmError} when the server is not there or has no such model; the signal's reason
 */
export async function readDetails(
  server: ServerUrl,
  options: OllamaOptions,
  signal: AbortSignal,
): Promise<ModelDetails> {
  const { model } = options;
  try {
    return await ask(server, options, signal, (client) => client.show({ model }), detailsSchema);
  } catch (error) {
    // A server that cannot tell may still be able to chat; if it cannot, the chat says why.
    if (error instanceof LlmError && error.reason === 'badResponse') return {};
    throw error;
  }
}

/** Has the server loaded the model? Undefined where it does not say. @throws only the signal's reason */
export async function isInMemory(
  server: ServerUrl,
  options: OllamaOptions,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  try {
    const { models } = await ask(server, options, signal, (client) => client.ps(), modelsSchema);
    return models.some(({ name }) => fullName(name) === fullName(options.model));
  } catch (error) {
    if (!(error instanceof LlmError)) throw error;
    return undefined;
  }
}

/** One question that is answered with one JSON document. */
async function ask<Answer>(
  server: ServerUrl,
  { model, clock, connectTimeoutMs }: OllamaOptions,
  signal: AbortSignal,
  question: (client: Ollama) => Promise<unknown>,
  schema: z.ZodType<Answer>,
): Promise<Answer> {
  const exchange = new Exchange({ server, model, clock, readBody: readDocument }, signal);
  try {
    exchange.expectAnswer(connectTimeoutMs, DISK_TIMEOUT_MS);
    const answer = schema.safeParse(await question(exchange.client));
    if (answer.success) return answer.data;
    throw llmError('badResponse', exchange.target, excerpt(z.prettifyError(answer.error)), answer.error);
  } catch (error) {
    throw exchange.failure(error);
  } finally {
    exchange.close();
  }
}

async function* readDocument(
  body: AsyncIterable<Uint8Array>,
  target: Target,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > MAX_DOCUMENT_BYTES) throw llmError('badResponse', target, `it sent over ${MAX_DOCUMENT_BYTES} bytes`);
    yield piece;
  }
}

/** "llama3.2" and "llama3.2:latest" are the same model. */
function fullName(model: string): string {
  return model.slice(model.lastIndexOf('/') + 1).includes(':') ? model : `${model}:latest`;
}
