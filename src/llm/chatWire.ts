import type { ChatRequest, Message } from 'ollama';
import { z } from 'zod';
import type { ChatMessage, Tool, ToolCall } from './chatModel.js';

/** A message as Ollama takes it. */
export function wireMessage({ role, content, toolCalls, toolName }: ChatMessage): Message {
  return {
    role,
    content,
    ...(toolCalls && { tool_calls: toolCalls.map((call) => ({ function: wireCall(call) })) }),
    ...(toolName !== undefined && { tool_name: toolName }),
  };
}

/** The server takes an object and nothing else: what a model made up instead of one is left out. */
function wireCall({ name, arguments: given }: ToolCall): { name: string; arguments: Record<string, unknown> } {
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
  return { name, arguments: isObject ? { ...given } : {} };
}

/** What is added to a request so that the model may call these. */
export function wireTools(tools: readonly Tool[]): Pick<ChatRequest, 'tools'> {
  if (tools.length === 0) return {};
  return { tools: tools.map((tool) => ({ type: 'function', function: { ...tool } })) };
}

/** The words in one piece of an answer, whatever the server made of them. */
export function wordsIn(message: { readonly content?: unknown }): string {
  return typeof message.content === 'string' ? message.content : '';
}

const callSchema = z.object({ function: z.object({ name: z.string(), arguments: z.unknown() }) });

/** The calls in one piece of an answer, whatever the server made of them; what is no call at all is left out. */
export function callsIn(message: { readonly tool_calls?: unknown }): ToolCall[] {
  const sent = Array.isArray(message.tool_calls) ? message.tool_calls : [];
  return sent.flatMap((each: unknown) => {
    const { data } = callSchema.safeParse(each);
    return data ? [{ name: data.function.name, arguments: data.function.arguments }] : [];
  });
}
