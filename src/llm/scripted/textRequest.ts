import { z } from 'zod';
import type { ChatMessage } from '../chatModel.js';
import type { ServedRequest } from './recordedRequest.js';
import type { ScriptedModel, ScriptedModels } from './scriptedModels.js';
import type { Endpoint, WireGeneration } from './scriptedWire.js';

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
