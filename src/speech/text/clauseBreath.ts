import {
  bindingWords,
  boundWords,
  closingWords,
  conjunctions,
  joiningWords,
  leaningWords,
  mainVerbs,
  pairingWords,
  phraseOpeners,
  unfinishedWords,
} from './clauseWords.js';

/** When the first clause is worth speaking on its own. */
export interface FirstClauseOptions {
  /** Letters and digits that a clause needs at a comma, semicolon, colon or dash. Less sounds clipped. */
  readonly minLetters: number;
  /** The same before a word that begins a clause of its own ("… because"). */
  readonly minLettersBeforeConjunction: number;
  /** The same before "and" and "or", which join single words as often ("salt and pepper"). */
  readonly minLettersBeforeAnd: number;
  /** Words that a clause needs before a phrase that can be said on its own ("… in the fridge", "… that it was"). */
  readonly minWordsBeforePhrase: number;
  /** After so many words without any boundary the clause ends where it can, though no phrase begins there. */
  readonly maxWords: number;
}

/**
 * 10 letters are said in about half a second, 5 words in two: long enough to write and speak the next ones. On a Pi 5 a
 * word costs a model of 0.5B parameters about 55 ms, so that each one waited for is heard as silence.
 */
export const firstClauseDefaults = {
  minLetters: 10,
  minLettersBeforeConjunction: 12,
  minLettersBeforeAnd: 20,
  minWordsBeforePhrase: 5,
  maxWords: 9,
} as const satisfies FirstClauseOptions;

/** What has been read of a clause up to the place in question. */
export interface ClauseSoFar {
  readonly letters: number;
  /** With a letter or a digit in each; punctuation is still attached. */
  readonly words: readonly string[];
}

/** Whether a reader could breathe between `clause` and `word`, a whole word with white space behind it. */
export function breathesBefore(word: string, clause: ClauseSoFar, options: FirstClauseOptions): boolean {
  const before = bare(clause.words.at(-1) ?? '');
  if (leans(before)) return false;
  const { length } = clause.words;
  if (clause.letters >= options.minLettersBeforeConjunction && beginsClause(word, before, clause, options)) return true;
  if (length >= options.minWordsBeforePhrase && beginsPhrase(word, before, clause)) return true;
  return length >= options.maxWords && isCuttable(word, before);
}

/** Whether `text`, the beginning of a word after `clause`, may become one before which a reader could breathe. */
export function mayBreatheBefore(text: string, clause: ClauseSoFar, options: FirstClauseOptions): boolean {
  const { length } = clause.words;
  if (leans(bare(clause.words.at(-1) ?? ''))) return false;
  if (clause.letters >= options.minLettersBeforeConjunction && conjunctions.mayBecome(text)) return true;
  if (length >= options.minWordsBeforePhrase && (phraseOpeners.mayBecome(text) || mainVerbs.mayBecome(text)))
    return true;
  return length >= options.maxWords && /^\p{Ll}[\p{L}\p{M}'’-]*$/u.test(text);
}

function beginsClause(word: string, before: string, clause: ClauseSoFar, options: FirstClauseOptions): boolean {
  if (!conjunctions.has(word)) return false;
  if (!joiningWords.has(word)) return true;
  if (clause.letters < options.minLettersBeforeAnd || clause.words.some((each) => pairingWords.has(bare(each))))
    return false;
  // "Romeo and Juliet", "three hundred and eighty", "warm and dry"
  return !/^[\p{Lu}\p{N}]/u.test(before) && !isUnfinished(before);
}

function beginsPhrase(word: string, before: string, { words }: ClauseSoFar): boolean {
  if (mainVerbs.has(word)) return !isUnfinished(before) && !words.slice(-4).some((each) => subordinates(bare(each)));
  if (!phraseOpeners.has(word) || belongsTo(word, before)) return false;
  // "as good as new"; "so warm that"
  if (/^(?:as|that)$/.test(word)) return !words.slice(-3).some((each) => /^(?:as|so)$/i.test(each));
  return !(word === 'so' && /^(?:and|or)$/.test(before));
}

/** Between any two words: only where the one before can end a phrase, and the one behind does not belong to it. */
function isCuttable(word: string, before: string): boolean {
  if (!/^\p{Ll}/u.test(word) || closingWords.has(word)) return false;
  return !/\p{N}/u.test(before) && !isUnfinished(before) && !belongsTo(word, before);
}

function belongsTo(word: string, before: string): boolean {
  return bindingWords.has(before) && boundWords.has(word);
}

/** "it's", "don't", "Anna's" lean on what follows as "is", "not" and "her" do. */
function leans(word: string): boolean {
  return leaningWords.has(word) || /(?:['’](?:s|re|m|ve|ll|d)|n['’]t|s['’])$/i.test(word);
}

/** "I think that the lamp is": what is spoken of began a moment ago. */
function subordinates(word: string): boolean {
  return word.toLowerCase() === 'that' || (conjunctions.has(word) && !joiningWords.has(word));
}

/** As far as word lists and endings can tell, a noun is to come: after adjectives, numbers, adverbs, pronouns. */
function isUnfinished(word: string): boolean {
  return unfinishedWords.has(word) || /.(?:ous|ful|ible|able|ive|less|ical|ial|ional|ly|est|ish)$/i.test(word);
}

/** The word without quotes, emphasis and stops around it. */
function bare(word: string): string {
  return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}'’]+$/gu, '');
}
