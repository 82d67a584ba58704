/** The longest beginning of a tool call that must be seen before it is known to be one. */
const longestBeginning = 200;

/** Beginnings of tool calls without their white space. */
const beginnings = [
  '{"parameters":{',
  '{"arguments":{',
  '{"type":"function",',
  '{"function":{"name":"',
  '{"tool_calls":[',
  '{"tool_call":{',
  '{"tool_name":"',
];
const nameBeginning = '{"name":"';
const afterName = ['","parameters":', '","arguments":'];
const fences = ['```json', '```tool_call', '```tool_code', '```'];

/** Whether text is a tool call, may become one, or is none. */
export type ToolCallShape = 'toolCall' | 'unclear' | 'none';

/**
 * Recognises tool calls that models write into their text by how they begin: an object whose first key is `name` and
 * the second `parameters` or `arguments`, or one of these first, or OpenAI's `{"type":"function"` or a part of that, or
 * `{"tool_name"`; alone, first in a list, or in a code fence. Other JSON is none.
 */
export function toolCallShape(text: string): ToolCallShape {
  if (!/^[{[`]/.test(text) || text.length > longestBeginning) return 'none';
  const squeezed = text.replace(/\s+/g, '');
  if (fences.some((fence) => fence.startsWith(squeezed))) return 'unclear';
  const fence = fences.find((each) => squeezed.startsWith(each)) ?? '';
  return objectShape(squeezed.slice(fence.length).replace(/^\[/, ''));
}

function objectShape(object: string): ToolCallShape {
  if (object.startsWith(nameBeginning)) {
    const rest = object.slice(nameBeginning.length).replace(/^[\w.:-]*/, '');
    return shapeAgainst(afterName, rest);
  }
  return shapeAgainst([...beginnings, nameBeginning], object);
}

function shapeAgainst(wholes: readonly string[], text: string): ToolCallShape {
  if (wholes.some((whole) => text.startsWith(whole))) return 'toolCall';
  return wholes.some((whole) => whole.startsWith(text)) ? 'unclear' : 'none';
}

/** Reads JSON to its end without keeping it, and the fence around it. */
export class HiddenJson {
  #depth = 0;
  #isOver = false;
  #inString = false;
  #escaped = false;
  /** Backticks of the closing fence still to come. */
  #fenceLeft: number;

  constructor(beginning: string) {
    const start = beginning.search(/[{[]/);
    this.#fenceLeft = beginning.startsWith('`') ? 3 : 0;
    for (let at = start; at < beginning.length; at++) this.take(beginning.charAt(at));
  }

  /** Takes the next character; false if the JSON was over before it. */
  take(ch: string): boolean {
    if (this.#inString) this.#takeInString(ch);
    else if (ch === '"' && this.#depth > 0) this.#inString = true;
    else if (this.#depth === 0 && ch !== '{' && ch !== '[') return this.#takeFence(ch);
    else if (this.#depth === 0 && this.#isOver) return false;
    else if (ch === '{' || ch === '[') this.#depth++;
    else if (ch === '}' || ch === ']') this.#isOver = --this.#depth === 0;
    return true;
  }

  #takeInString(ch: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (ch === '\\') this.#escaped = true;
    else if (ch === '"') this.#inString = false;
  }

  #takeFence(ch: string): boolean {
    if (this.#fenceLeft === 0) return false;
    if (ch === '`') this.#fenceLeft--;
    return ch === '`' || /\s/.test(ch);
  }
}
