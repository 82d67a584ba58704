import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import type { IntentSkill } from '../skills/intent.js';
import { shortened } from '../skills/own/guardedSkill.js';
import { isPlainObject, jsonSchemaArgs, uncheckedArgs } from '../skills/own/jsonSchemaArgs.js';
import { OWN_WATCH_MS } from '../skills/withinTime.js';

/** The answer goes into the chat model's prompt, where no tool's may be longer. */
const MAX_RESULT_CHARS = 1000;

const MAX_DESCRIPTION_CHARS = 300;

/** Calls a tool. @throws whatever the server or the connection says */
export type CallTool = (
  tool: string,
  args: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
) => Promise<CallToolResult>;

/**
 * A tool of a server as a skill that the chat model may call. It understands no utterance by itself.
 * @param server its name becomes part of the tool's: two servers may have tools of one name
 * @param timeoutMs after so long `call` gives up by itself
 */
export function mcpTool(server: string, tool: Tool, timeoutMs: number, call: CallTool): IntentSkill<unknown> {
  return {
    name: `${server}_${tool.name}`.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 64),
    description: shortened(tool.description ?? tool.title ?? tool.name, MAX_DESCRIPTION_CHARS),
    args: argsOf(tool),
    timeoutMs: timeoutMs + OWN_WATCH_MS,
    understand: () => undefined,
    run: async (args, _context, signal) => textOf(await call(tool.name, isPlainObject(args) ? args : {}, signal)),
  };
}

/** The server checks its arguments itself, should its schema say more than can be checked here. */
function argsOf({ inputSchema }: Tool): IntentSkill<unknown>['args'] {
  try {
    return jsonSchemaArgs(inputSchema);
  } catch {
    return uncheckedArgs(inputSchema);
  }
}

/** The words of a result, also those of a document in it; pictures and sounds are left out. */
export function textOf({ content, isError }: CallToolResult): string {
  const words = content
    .flatMap((part) => {
      if (part.type === 'text') return [part.text];
      return part.type === 'resource' && 'text' in part.resource ? [part.resource.text] : [];
    })
    .join('\n');
  const text = shortened(words.trim(), MAX_RESULT_CHARS);
  if (text === '') return isError ? 'The tool failed.' : 'The tool gave no text.';
  return isError ? `The tool failed: ${text}` : text;
}
