import tokenizer from 'llama-tokenizer-js';

/** Ids above are the model's time marks; they are no text and the tokenizer does not know them. */
const TEXT_TOKENS = 32_000;

/** Text of Moonshine's token ids. Its vocabulary is LLaMA's, with the same ids. */
export function decodeTokens(ids: readonly number[]): string {
  const text = ids.filter((id) => id < TEXT_TOKENS);
  return text.length === 0 ? '' : tokenizer.decode(text, false, false).trim();
}
