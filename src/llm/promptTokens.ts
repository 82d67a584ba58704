import type { ChatMessage, Tool, ToolCall, ToolPlace } from './chatModel.js';

/** Words of up to seven letters are one token, longer ones several, each mark is its own: about 1.3 a word of English. */
const TOKEN = /\s*(?:[\p{L}\p{M}\p{N}'’]{1,7}|[^\s\p{L}\p{M}\p{N}'’])/gu;

/** A text cut as a language model's tokenizer would, near enough for counting. Joined they are the text, but for white space at its end. */
export function textTokens(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/**
 * No tokenizer of today's chat models makes more of a text in most languages: German and Finnish have 3 to 3.5 bytes a
 * token, Russian and Chinese as many in UTF-8, English over 4 (measured with Llama's, whose vocabulary is a small one).
 */
const MIN_BYTES_PER_TOKEN = 3;

/** What a message takes of a context, rather too much than too little: a server cuts off what does not fit. */
export function messageTokens(content: string): number {
  const tokens = Math.max(textTokens(content).length, Math.ceil(Buffer.byteLength(content) / MIN_BYTES_PER_TOKEN));
  return opening('user').length + tokens + CLOSING.length;
}

/** As much of the beginning of a text as `messageTokens` counts as so many tokens. */
export function withinTokens(text: string, tokens: number): string {
  const maxBytes = tokens * MIN_BYTES_PER_TOKEN;
  if (Buffer.byteLength(text) <= maxBytes && textTokens(text).length <= tokens) return text;
  const cut = textTokens(text.slice(0, maxBytes)).slice(0, tokens).join('');
  // Half a character at its end is left out.
  return new TextDecoder().decode(Buffer.from(cut).subarray(0, maxBytes), { stream: true });
}

/** A conversation as the model reads it: three tokens before each message and two after it, as in ChatML. */
export function promptTokens(
  messages: readonly ChatMessage[],
  tools: readonly Tool[] = [],
  place: ToolPlace = 'systemPrompt',
): string[] {
  const role = place === 'systemPrompt' ? 'system' : 'user';
  const at = messages.findLastIndex((message) => message.role === role);
  const turns = messages.flatMap((message, i) => {
    const offered = i === at ? toolsText(tools) : '';
    const said = saidText(message.content, message.toolCalls);
    const text = place === 'systemPrompt' ? said + offered : offered + said;
    return [...opening(message.role), ...textTokens(text), ...CLOSING];
  });
  return [...turns, ...opening('assistant')];
}

/** What tools take of a context. */
export function toolTokens(tools: readonly Tool[]): number {
  return Math.max(textTokens(toolsText(tools)).length, Math.ceil(toolsText(tools).length / MIN_BYTES_PER_TOKEN));
}

/** A message of the assistant's as the model has written it: words, then calls. */
export function saidText(content: string, calls: readonly ToolCall[] = []): string {
  const written = calls.map((call) => `<tool_call>\n${JSON.stringify(call)}\n</tool_call>`);
  return [content, ...written].join('');
}

/** Of the length that the template of Qwen 2.5 gives it, which is one of the longer ones. */
const TOOLS_PREAMBLE =
  'You may call one or more functions to help with the question. The signatures of the functions are these, in tags:';
const TOOLS_EPILOGUE =
  'For each function call write a JSON object with the name of the function and its arguments, in tags of its own: <tool_call> {"name": name, "arguments": object} </tool_call>';

function toolsText(tools: readonly Tool[]): string {
  if (tools.length === 0) return '';
  const signatures = tools.map((tool) => JSON.stringify({ type: 'function', function: tool }));
  return `\n\n# Tools\n\n${TOOLS_PREAMBLE}\n<tools>\n${signatures.join('\n')}\n</tools>\n\n${TOOLS_EPILOGUE}\n`;
}

const CLOSING = ['<|im_end|>', '\n'] as const;

function opening(role: ChatMessage['role']): string[] {
  return ['<|im_start|>', role, '\n'];
}
