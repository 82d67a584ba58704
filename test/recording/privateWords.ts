/** Those of the words that stand in a text, each as a whole: "pi" is not in "pipe". Empty ones are nowhere. */
export function privateWords(text: string, words: readonly string[]): string[] {
  return [...new Set(words)].filter(
    (word) => word !== '' && new RegExp(`(?<![\\w-])${quoted(word)}(?![\\w-])`).test(text),
  );
}

function quoted(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
