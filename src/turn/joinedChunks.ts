import type { SpokenLocale } from '../speech/text/normalise/dialect.js';
import { spokenText } from '../speech/text/normalise/spokenText.js';
import { speakable } from '../speech/text/speakableText.js';
import { writtenText } from '../speech/text/writtenText.js';
import type { Arrivals } from '../streams/arrivals.js';
import { isFiller, type ReplyChunk } from './filler.js';
import type { SynthesisPace } from './synthesisPace.js';

/** No more characters are joined (20 s of speech): what is still being made of a text when the user interrupts is waste. */
const MAX_CHARACTERS = 300;

/** A part of a reply that the voice is given in one go. */
export interface JoinedChunks {
  /** As a person would read it aloud, without a figure where the language allows. A line that ends without a mark has its line break: there is a pause. */
  readonly spoken: string;
  /** As it will be in the history. */
  readonly written: string;
  readonly isFiller: boolean;
}

/**
 * `first` and those chunks that have come already, as long as the sound still to be heard covers making all of it: then
 * the voice is called less, and the next clause is always under way. Waits for no chunk. A filler stays alone.
 * @param before what the voice was given of the reply before, fillers left out
 */
export async function joinedChunks(
  first: ReplyChunk,
  chunks: Arrivals<ReplyChunk>,
  pace: SynthesisPace,
  locale: SpokenLocale,
  before = '',
): Promise<JoinedChunks> {
  if (isFiller(first)) return { spoken: asSpoken(first.filler, locale), written: '', isFiller: true };
  let spoken = asSpoken(first, locale, before);
  let written = writtenText(first, locale.language);
  for (let next = chunks.waiting; next !== undefined && !isFiller(next); next = chunks.waiting) {
    const longer = `${spoken}${spoken.endsWith('\n') ? '' : ' '}${asSpoken(next, locale, `${before} ${spoken}`)}`;
    if (longer.length > MAX_CHARACTERS || !pace.covers(longer.length)) break;
    await chunks.next();
    spoken = longer;
    written += writtenText(next, locale.language);
  }
  return { spoken, written, isFiller: false };
}

function asSpoken(chunk: string, locale: SpokenLocale, before = ''): string {
  const text = spokenText(speakable(chunk, locale.language), locale, before);
  return /\n\s*$/.test(chunk) && /[\p{L}\p{N}]$/u.test(text) ? `${text}\n` : text;
}
