import type { ChatMessage } from './chatModel.js';

/** Words of up to seven letters are one token, longer ones several, each mark is its own: about 1.3 a word of English. */
const TOKEN = /\s*(?:[\p{L}\p{M}\p{N}'’]{1,7}|[^\s\p{L}\p{M}\p{N}'’])/gu;

/** A text cut as a language model's tokenizer would, near enough for counting. Joined they are the text, but for white space at its end. */
export function textTokens(text: string): string[] {
  return text.match(TOKEN) ?? [];
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
