const ENGLISH =
  /\b(?:the|an?|and|of|to|in|is|it|it's|you|your|i|i'm|for|on|at|with|that|this|are|was|be|have|has|will|would|can|from|by|or|but|not|about|there|they|we|he|she|its|do|does|if|as|so|then|than|after|before)\b/giu;

/** Words that hold sentences together elsewhere, and are no English words. */
const FOREIGN =
  /(?<![\p{L}'’])(?:der|das|und|ist|nicht|eine?|einen|um|uhr|sind|mit|für|auf|zu|im|wird|le|les|et|est|une?|du|pour|que|avec|dans|à|il|elle|el|los|las|es|una|por|está|son|del|os|um|uma|não|em|é|são|da|che|di|sono|è|alle|het|een|niet|dat|met|och|att|är|det|på|og|ikke|jest|się|na)(?![\p{L}'’])/giu;

/**
 * Whether text is not plainly in another language. A model answers in the language of the question, and an owner who
 * speaks another one may have told nobody: an assistant set to English says other languages too.
 */
export function looksEnglish(text: string): boolean {
  const latin = count(text, /\p{Script=Latin}/gu);
  if (count(text, /\p{L}/gu) > 2 * latin) return false;
  return count(text, FOREIGN) <= count(text, ENGLISH);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
