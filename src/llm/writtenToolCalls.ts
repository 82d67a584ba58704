import type { ToolCall } from './chatModel.js';

/**
 * The calls that a model has written into its text instead of making them, whichever of the known shapes it took:
 * `{"name", "arguments" | "parameters"}`, these in a list or a code fence, `{"function": {...}}` and `{"tool_calls": [...]}`
 * as in OpenAI's interface, `{"tool_name", ...}`. A closing brace or two may be missing.
 * @returns undefined when it cannot be read
 */
export function writtenToolCalls(written: string): readonly ToolCall[] | undefined {
  const json = parsed(written.replace(/^```\w*\s*/, '').replace(/\s*`*\s*$/, ''));
  const calls = json === undefined ? undefined : callsOf(json);
  return calls?.length ? calls : undefined;
}

/** What small models leave out at the end. */
const ENDINGS = ['', '}', '}}', ']', '}]', '}}]'];

function parsed(text: string): unknown {
  for (const ending of ENDINGS) {
    try {
      return JSON.parse(text + ending);
    } catch {
      // The next ending may fit.
    }
  }
  return undefined;
}

/** Calls in calls are followed so far. */
const DEEPEST = 3;

function callsOf(json: unknown, depth = 0): ToolCall[] | undefined {
  if (Array.isArray(json)) {
    const all = json.map((each) => callsOf(each, depth + 1));
    return all.every((calls) => calls !== undefined) ? all.flat() : undefined;
  }
  if (typeof json !== 'object' || json === null || depth > DEEPEST) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...json };
  const inner = fields['tool_calls'] ?? fields['tool_call'] ?? fields['function'];
  if (typeof inner === 'object' && inner !== null) return callsOf(inner, depth + 1);
  const name = fields['name'] ?? fields['tool_name'] ?? inner;
  const given = fields['arguments'] ?? fields['parameters'] ?? fields['args'] ?? (name === undefined ? undefined : {});
  if (given === undefined) return undefined;
  // A call without a name can be answered: the model is told which names there are.
  return [{ name: typeof name === 'string' ? name : '', arguments: typeof given === 'string' ? orText(given) : given }];
}

/** OpenAI's arguments are JSON in a string. */
function orText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
