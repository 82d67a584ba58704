import { z } from 'zod';
import { parseServerUrl } from '../llm/serverUrl.js';
import type { Computer, HttpAnswer } from './computer.js';

const versionSchema = z.object({ version: z.string().min(1) });
const entrySchema = z.object({ name: z.string(), size: z.number().optional() });
const listSchema = z.object({ models: z.array(entrySchema) });
const detailsSchema = z.object({ capabilities: z.array(z.string()).optional() });

/** What a model server says of itself and of one model; undefined where it does not say. */
export interface OllamaReport {
  readonly version: string | undefined;
  /** "completion", "tools", "thinking". */
  readonly capabilities: readonly string[] | undefined;
  /** Of the model's file. */
  readonly fileBytes: number | undefined;
  readonly isLoaded: boolean | undefined;
  /** In memory, while it is loaded. */
  readonly loadedBytes: number | undefined;
}

/** Asks a server for all that it tells. What it does not answer is undefined. @throws only the signal's reason */
export async function readOllama(
  computer: Pick<Computer, 'get' | 'post'>,
  url: string,
  model: string,
  signal: AbortSignal,
): Promise<OllamaReport> {
  const { base } = parseServerUrl(url);
  const get = (path: string) => computer.get(`${base}${path}`, {}, signal);
  const [version, known, running, details] = await Promise.all([
    answered(get('/api/version'), versionSchema, signal),
    answered(get('/api/tags'), listSchema, signal),
    answered(get('/api/ps'), listSchema, signal),
    answered(computer.post(`${base}/api/show`, { model }, signal), detailsSchema, signal),
  ]);
  const entryIn = (list: typeof known) => list?.models.find(({ name }) => name === model || name === `${model}:latest`);
  return {
    version: version?.version,
    capabilities: details?.capabilities,
    fileBytes: entryIn(known)?.size,
    isLoaded: running && entryIn(running) !== undefined,
    loadedBytes: entryIn(running)?.size,
  };
}

async function answered<Answer>(
  asked: Promise<HttpAnswer>,
  schema: z.ZodType<Answer>,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  try {
    const { status, body } = await asked;
    return status === 200 ? schema.parse(JSON.parse(body)) : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
