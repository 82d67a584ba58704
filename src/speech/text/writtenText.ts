import { markdownText } from './markdownText.js';
import { pictures, speakable } from './speakableText.js';
import { spokenWords } from './spokenWords.js';

/** Marks of markdown and of code. */
const MARKS = /[*_`~|\\^{}<>[\]#]/;

/**
 * What a chunk of a reply is in the history once it was heard: where it is plain text exactly as the model wrote it,
 * white space included, since a model server reads a conversation again from the first byte that differs from what it
 * wrote; else what was spoken of it. '' when there was nothing to say.
 */
export function writtenText(chunk: string): string {
  const spoken = speakable(chunk);
  if (spoken === '' || isPlain(chunk)) return spoken && chunk;
  return `${/^\s*/.exec(chunk)?.[0]}${spoken}${/\s*$/.exec(chunk)?.[0]}`;
}

function isPlain(chunk: string): boolean {
  return !MARKS.test(chunk) && chunk.search(pictures) < 0 && markdownText(chunk, spokenWords('en')) === chunk;
}
