import { z } from 'zod';
import type { ChatMessage, Tool } from '../chatModel.js';
import type { ServedRequest } from './recordedRequest.js';
import type { ScriptedModel, ScriptedModels } from './scriptedModels.js';
import type { Endpoint, WireGeneration } from './scriptedWire.js';

/** A checked request for text, with `generate`'s prompt as one message. */
export interface TextRequest {
  readonly endpoint: Endpoint;
  readonly model: ScriptedModel;
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly Tool[];
  readonly streaming: boolean;
  readonly thinking: boolean;
  readonly keepAlive: string | number | undefined;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The server reads `arguments` into a map, and `parameters` into a schema of an object. */
const callSchema = z.looseObject({
  function: z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()) }),
});
const toolSchema = z.looseObject({
  type: z.literal('function'),
  function: z.object({
    name: z.string(),
    description: z.string().default(''),
    parameters: z.looseObject({ type: z.literal('object') }),
  }),
});
const messageSchema = z.looseObject({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  content: z.string(),
  tool_calls: z.array(callSchema).optional(),
  tool_name: z.string().optional(),
});

const bodySchema = z.looseObject({
  model: z.string().default(''),
  messages: z.array(messageSchema).optional(),
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
  const offered = z.array(toolSchema).safeParse(tools);
  if (!offered.success) return refuse(400, z.prettifyError(offered.error));
  return {
    endpoint,
    model,
    messages: messages?.map(messageOf) ?? (prompt ? [{ role: 'user', content: prompt }] : []),
    tools: offered.data.map((tool) => tool.function),
    streaming: stream,
    thinking: think ?? thinks,
    keepAlive,
    options,
  };
}

function messageOf(sent: z.infer<typeof messageSchema>): ChatMessage {
  const { role, content, tool_calls: calls, tool_name: toolName } = sent;
  return {
    role,
    content,
    ...(calls && { toolCalls: calls.map((call) => call.function) }),
    ...(toolName !== undefined && { toolName }),
  };
}

/** The server's words, which depend on where it notices. */
export function notFoundText(name: string, generation: WireGeneration): string {
  return generation === 'runner' ? `model "${name}" not found, try pulling it first` : `model '${name}' not found`;
}
