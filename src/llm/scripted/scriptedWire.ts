/**
 * The two ways in which Ollama's chat stream has been made, and the two paths of the second.
 * - `runner`: up to 0.24, its own engine processes;
 * - `rendered`: from 0.30, llama-server with the prompt rendered by Ollama;
 * - `native`: from 0.30, llama-server's own chat endpoint.
 */
export type WireGeneration = 'runner' | 'rendered' | 'native';

/** A function call, as the model asks for it. `arguments` is an object, not JSON in a string. */
export interface ScriptedToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** What the scripted model says in one step. */
export interface ScriptedToken {
  readonly content?: string;
  readonly thinking?: string;
  readonly toolCalls?: readonly ScriptedToolCall[];
}

/** Which endpoint's field carries the text. */
export type Endpoint = 'chat' | 'generate';

/** Counts and durations of a reply, in the server's units (ns). */
export interface Metrics {
  readonly total_duration: number;
  readonly load_duration: number;
  readonly prompt_eval_count: number;
  readonly prompt_eval_duration: number;
  readonly eval_count: number;
  readonly eval_duration: number;
}

/** One line of a stream while it goes on. */
export function tokenLine(endpoint: Endpoint, model: string, token: ScriptedToken): string {
  return `${JSON.stringify({ ...head(model), ...carried(endpoint, token), done: false })}\n`;
}

/** The last line of a stream, and the only one of a reply without streaming. Counts that are 0 are left out, as Go does. */
export function doneLine(
  endpoint: Endpoint,
  model: string,
  doneReason: 'stop' | 'length' | 'load' | 'unload',
  last: ScriptedToken = {},
  metrics?: Metrics,
): string {
  const counted = Object.entries(metrics ?? {}).filter(([, value]) => value !== 0);
  return `${JSON.stringify({
    ...head(model),
    ...carried(endpoint, last),
    done: true,
    done_reason: doneReason,
    ...Object.fromEntries(counted),
  })}\n`;
}

/** Words with the space before them, which is roughly what tokens are. Joined they are `text` again. */
export function tokensOf(text: string): ScriptedToken[] {
  return (text.match(/\s*\S+|\s+$/g) ?? []).map((content) => ({ content }));
}

function head(model: string): { model: string; created_at: string } {
  return { model, created_at: new Date().toISOString() };
}

function carried(endpoint: Endpoint, { content = '', thinking, toolCalls }: ScriptedToken): object {
  const thought = thinking === undefined ? {} : { thinking };
  if (endpoint === 'generate') return { response: content, ...thought };
  const calls = toolCalls?.map((call, index) => ({
    id: `call_${index.toString(16).padStart(8, '0')}`,
    function: { index, ...call },
  }));
  return {
    message: { role: 'assistant', content, ...thought, ...(calls === undefined ? {} : { tool_calls: calls }) },
  };
}
