import type { ToolCall } from './chatModel.js';

/** A string of Python's or JSON's, or a bare word. */
const STRING_OR_WORD = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\b[A-Za-z_]\w*\b/gs;
const WORDS: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' };

/** Python's notation of plain data as JSON: other quotation marks, `True`, `False`, `None`, a comma before the end. */
export function jsonOfPython(text: string): string {
  return text
    .replace(STRING_OR_WORD, (part) => (part.startsWith("'") ? requoted(part) : (WORDS[part] ?? part)))
    .replace(/,(?=\s*[}\])])/g, '');
}

function requoted(string: string): string {
  return `"${string
    .slice(1, -1)
    .replace(/\\'/g, "'")
    .replace(/(?<!\\)"/g, '\\"')}"`;
}

/**
 * Calls as programs have them: `time()`, `lamp(room="hall", on=True)`, `[time(), date()]`, `print(time())`, `time({...})`;
 * and Mistral's `lamp[ARGS]{"on": true}`. What stands in the brackets and cannot be read is given as it is, so that the
 * check of the arguments can complain of it.
 * @returns undefined when it is none
 */
export function pythonCalls(written: string): readonly ToolCall[] | undefined {
  const text = written.trim().replace(/^\[(?!ARGS)([\s\S]*)\]$/, '$1');
  const calls: ToolCall[] = [];
  for (let at = 0; at < text.length; ) {
    const head = /^\s*,?\s*(?:print\()?([A-Za-z_][\w.:-]*)(?:\[ARGS\])?\s*(?=[({])/.exec(text.slice(at));
    if (head?.[1] === undefined) break;
    const from = at + head[0].length;
    const to = closingOf(text, from);
    calls.push({ name: head[1], arguments: argumentsOf(text.slice(from, to)) });
    at = to + (head[0].includes('print(') ? 1 : 0);
  }
  return calls.length > 0 ? calls : undefined;
}

/** Behind the bracket that closes the one at `from`, or the end. */
function closingOf(text: string, from: number): number {
  const marks = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[([{]|[)\]}]/gs;
  marks.lastIndex = from;
  let depth = 0;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    if ('([{'.includes(mark[0])) depth++;
    else if (')]}'.includes(mark[0]) && --depth === 0) return marks.lastIndex;
  }
  return text.length;
}

/** @param bracketed with its brackets */
function argumentsOf(bracketed: string): unknown {
  if (bracketed.startsWith('{')) return literal(bracketed) ?? bracketed;
  const inside = bracketed.replace(/^\(/, '').replace(/\)$/, '').trim();
  if (inside === '') return {};
  if (inside.startsWith('{')) return literal(inside) ?? inside;
  const named: [string, unknown][] = [];
  for (const part of parts(inside)) {
    const [, name, value] = /^\s*([A-Za-z_]\w*)\s*=\s*([\s\S]+?)\s*$/.exec(part) ?? [];
    if (name === undefined || value === undefined) return inside;
    named.push([name, literal(value) ?? value]);
  }
  return Object.fromEntries(named);
}

/** What stands between the commas that are in no brackets and no string. */
function parts(text: string): string[] {
  const marks = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[([{]|[)\]}]|,/gs;
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (const mark of text.matchAll(marks)) {
    if ('([{'.includes(mark[0])) depth++;
    else if (')]}'.includes(mark[0])) depth--;
    else if (mark[0] === ',' && depth === 0) {
      found.push(text.slice(from, mark.index));
      from = mark.index + 1;
    }
  }
  return [...found, text.slice(from)].filter((part) => part.trim() !== '');
}

function literal(text: string): unknown {
  try {
    return JSON.parse(jsonOfPython(text));
  } catch {
    return undefined;
  }
}
