const ENGLISH =
  /\b(?:the|an?|and|of|to|in|is|it|it's|you|your|i|i'm|for|on|at|with|that|this|are|was|be|have|has|will|would|can|from|by|or|but|not|about|there|they|we|he|she|its|do|does|if|as|so|then|than|after|before)\b/giu;

/** Words that hold sentences together elsewhere, and are no English words. */
const FOREIGN_WORDS =
  'der|das|und|ist|nicht|eine?|einen|um|uhr|sind|mit|für|auf|zu|im|wird|ich|wir|sie|habe|haben|vom|zum|zur|von|kein|' +
  "le|les|et|est|une?|du|pour|que|avec|dans|à|il|elle|nous|vous|je|j['’]ai|c['’]est|n['’]est|des|sur|mais|" +
  'el|los|las|la|es|una|por|está|son|del|hay|tengo|tiene|pero|muy|para|están|' +
  'os|um|uma|não|em|é|são|da|eu|tenho|tem|há|' +
  'che|di|sono|è|alle|abbiamo|gli|della|nel|' +
  'het|een|niet|dat|met|ik|och|att|är|det|jag|på|og|ikke|jeg|jest|się|na|mam|nie';

/** Not in names, "Los Angeles" and "OS": small, or before a small word. */
const FOREIGN = new RegExp(
  `(?<![\\p{L}'’])(?:${FOREIGN_WORDS}|(?:${FOREIGN_WORDS.replace(/(?<=^|\|)\p{Ll}/gu, (letter) => letter.toUpperCase())})(?=,? (?:\\p{Ll}|\\d)))(?![\\p{L}'’])`,
  'gu',
);

/** "A" is a word of many languages. */
const ARTICLE = /(?<![\p{L}'’])a(?![\p{L}'’])/giu;

/**
 * Whether text is not plainly in another language. A model answers in the language of the question, and an owner who
 * speaks another one may have told nobody: an assistant set to English says other languages too.
 */
export function looksEnglish(text: string): boolean {
  const latin = count(text, /\p{Script=Latin}/gu);
  if (count(text, /\p{L}/gu) > 2 * latin) return false;
  const foreign = count(text, FOREIGN);
  return foreign === 0 || foreign <= count(text, ENGLISH) - count(text, ARTICLE);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
