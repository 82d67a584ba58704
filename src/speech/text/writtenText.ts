import { markdownText } from './markdownText.js';
import { pictures, speakable } from './speakableText.js';
import { spokenWords } from './spokenWords.js';

/** Marks of markdown and of code. */
const MARKS = /[*_`~|\\^{}<>[\]#]/;

/**
 * What a chunk of a reply is in the history once it was heard: where it is plain text exactly as the model wrote it,
 * white space included, since a model server reads a conversation again from the first byte that differs from what it
 * wrote; else what was spoken of it, symbols in words of `language` (BCP 47) and figures as they are. '' when there was nothing to say.
 */
export function writtenText(chunk: string, language = 'en'): string {
  const spoken = speakable(chunk, language);
  if (spoken === '' || isPlain(chunk, language)) return spoken && chunk;
  return `${/^\s*/.exec(chunk)?.[0]}${spoken}${/\s*$/.exec(chunk)?.[0]}`;
}

function isPlain(chunk: string, language: string): boolean {
  return !MARKS.test(chunk) && chunk.search(pictures) < 0 && markdownText(chunk, spokenWords(language)) === chunk;
}
