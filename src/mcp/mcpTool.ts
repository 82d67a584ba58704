import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import type { IntentSkill } from '../skills/intent.js';
import { shortened } from '../skills/own/guardedSkill.js';
import { isPlainObject, jsonSchemaArgs, uncheckedArgs } from '../skills/own/jsonSchemaArgs.js';

/** The answer goes into the chat model's prompt: about a quarter of what it can look back on. */
const MAX_RESULT_CHARS = 2000;

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
 */
export function mcpTool(server: string, tool: Tool, call: CallTool): IntentSkill<unknown> {
  return {
    name: `${server}_${tool.name}`.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 64),
    description: shortened(tool.description ?? tool.title ?? tool.name, MAX_DESCRIPTION_CHARS),
    args: argsOf(tool),
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

/** The words of a result; pictures and sounds are left out. */
export function textOf({ content, isError }: CallToolResult): string {
  const words = content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
  const text = shortened(words.trim(), MAX_RESULT_CHARS);
  if (text === '') return isError ? 'The tool failed.' : 'The tool gave no text.';
  return isError ? `The tool failed: ${text}` : text;
}
