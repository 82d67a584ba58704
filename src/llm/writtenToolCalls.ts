import type { ToolCall } from './chatModel.js';
import { jsonOfPython, pythonCalls } from './pythonCalls.js';

/**
 * The calls that a model has written into its text instead of making them, whichever of the known shapes it took:
 * `{"name", "arguments" | "parameters"}`, these in a list, one behind the other or in a code fence, `{"function": {...}}` and
 * `{"tool_calls": [...]}` as in OpenAI's interface, `{"tool_name", ...}`, `<function=name>...</function>`, and what
 * `pythonCalls` reads. A closing brace or two may be missing.
 * @returns undefined when it cannot be read
 */
export function writtenToolCalls(written: string): readonly ToolCall[] | undefined {
  const text = written.replace(/^```\w*\s*/, '').replace(/\s*`*\s*$/, '');
  const tagged = taggedCalls(text);
  if (tagged) return tagged;
  const json = parsed(text) ?? parsed(jsonOfPython(text)) ?? parsed(`[${text.replace(/\}\s*[;,]?\s*\{/g, '},{')}]`);
  const calls = json === undefined ? pythonCalls(text) : callsOf(json);
  return calls?.length ? calls : undefined;
}

/** `<function=lamp>{"on": true}</function>`, or with `<parameter=on>true</parameter>` in place of the JSON. */
function taggedCalls(text: string): readonly ToolCall[] | undefined {
  const tags = [...text.matchAll(/<function=([\w.:-]+)>([\s\S]*?)(?:<\/function>|$)/g)];
  if (tags.length === 0) return undefined;
  return tags.map(([, name = '', inside = '']) => {
    const given = [...inside.matchAll(/<parameter=([\w.:-]+)>\s*([\s\S]*?)\s*(?:<\/parameter>|$)/g)];
    const named = given.map(([, key = '', value = '']) => [key, orText(value)] as const);
    return {
      name,
      arguments: named.length > 0 ? Object.fromEntries(named) : (parsed(inside.trim() || '{}') ?? inside),
    };
  });
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
