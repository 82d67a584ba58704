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
const fences = ['```json', '```tool_call', '```tool_code', '```python', '```'];

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

/**
 * The same at the start of a line for who was told of tools: any JSON object there is meant for the program, if not well
 * made, and so is a tool's name with an opening bracket, as in `time()`, `print(time())`, `[time()]` and `time[ARGS]{}`.
 */
export function offeredCallShape(text: string, tools: readonly string[]): ToolCallShape {
  const shape = toolCallShape(text);
  if (shape === 'toolCall' || text.length > longestBeginning) return shape;
  const fence = /^```\w*\s*/.exec(text)?.[0] ?? '';
  const inside = text.slice(fence.length);
  if (/^\[?\s*\{\s*["']/.test(inside)) return 'toolCall';
  const named = inside === '' ? 'none' : shapeAgainst(tools.flatMap(callsByName), inside);
  return named === 'none' ? shape : named;
}

function callsByName(tool: string): string[] {
  return [`${tool}(`, `[${tool}(`, `print(${tool}(`, `${tool}{`, `${tool}[ARGS]{`, `${tool}[ARGS] {`];
}

/** What models write around calls for nobody to read: `<|python_tag|>`, `<|im_end|>`, `[TOOL_CALLS]`. */
export function markShape(text: string): 'mark' | 'unclear' | 'none' {
  if (text === MISTRAL_MARK || /^<[|｜][\w▁/ -]{1,40}[|｜]>$/u.test(text)) return 'mark';
  return MISTRAL_MARK.startsWith(text) || /^<(?:[|｜][\w▁/ -]{0,40}[|｜]?)?$/u.test(text) ? 'unclear' : 'none';
}

const MISTRAL_MARK = '[TOOL_CALLS]';

/** `<function=time>`, which Llama and Qwen's coders write. */
export function functionTagShape(text: string): 'tag' | 'unclear' | 'none' {
  if (/^<function=[\w.:-]{1,80}>$/.test(text)) return 'tag';
  return '<function='.startsWith(text) || /^<function=[\w.:-]{0,80}$/.test(text) ? 'unclear' : 'none';
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

const OPENING = '([{';
const CLOSING = ')]}';

/** Reads JSON, or a call as programs have it, to its end without keeping it, and the fence around it. */
export class HiddenCall {
  #depth = 0;
  #isOver = false;
  /** The quotation mark that ends the string that is being read. */
  #quote: string | undefined;
  #escaped = false;
  /** Backticks of the closing fence still to come. */
  #fenceLeft: number;

  constructor(beginning: string) {
    const named = /^[^({[]*\[ARGS\]/.exec(beginning)?.[0].length ?? 0;
    const start = named + beginning.slice(named).search(/[({[]/);
    this.#fenceLeft = beginning.startsWith('`') ? 3 : 0;
    for (let at = start; at < beginning.length; at++) this.take(beginning.charAt(at));
  }

  /** Takes the next character; false if the call was over before it. */
  take(ch: string): boolean {
    if (this.#quote !== undefined) this.#takeInString(ch);
    else if (/["']/.test(ch) && this.#depth > 0) this.#quote = ch;
    else if (this.#depth === 0 && !OPENING.includes(ch)) return this.#takeFence(ch);
    else if (this.#depth === 0 && this.#isOver) return false;
    else if (OPENING.includes(ch)) this.#depth++;
    else if (CLOSING.includes(ch)) this.#isOver = --this.#depth === 0;
    return true;
  }

  #takeInString(ch: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (ch === '\\') this.#escaped = true;
    else if (ch === this.#quote) this.#quote = undefined;
  }

  #takeFence(ch: string): boolean {
    if (this.#fenceLeft === 0) return false;
    if (ch === '`') this.#fenceLeft--;
    return ch === '`' || /\s/.test(ch);
  }
}
