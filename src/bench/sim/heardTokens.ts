import { textTokens } from '../../llm/promptTokens.js';

/**
 * How many of a reply's tokens were heard: those up to its last word that was. Speech has no tokens for marks, and leaves
 * a comma away where a chunk ends with it.
 */
export function heardTokens(reply: string, heard: string): number {
  let wordsLeft = textTokens(heard).filter(isWord).length;
  let count = 0;
  for (const token of textTokens(reply)) {
    if (isWord(token)) {
      if (wordsLeft === 0) break;
      wordsLeft -= 1;
    }
    count += 1;
  }
  return count;
}

function isWord(token: string): boolean {
  return /[\p{L}\p{N}]/u.test(token);
}
