import type { ChatMessage } from './chatModel.js';

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

/** A conversation as the model reads it: three tokens before each message and two after it, as in ChatML. */
export function promptTokens(messages: readonly ChatMessage[]): string[] {
  const turns = messages.flatMap(({ role, content }) => [...opening(role), ...textTokens(content), ...CLOSING]);
  return [...turns, ...opening('assistant')];
}

const CLOSING = ['<|im_end|>', '\n'] as const;

function opening(role: ChatMessage['role']): string[] {
  return ['<|im_start|>', role, '\n'];
}
