import { durationMs, type PcmAudio } from '../../hardware/audio/pcm.js';
import type { PlayedChunk } from './interruption/spokenWindow.js';
import type { JoinedChunks } from './joinedChunks.js';
import { SoundHeard } from './soundHeard.js';
import { WordPlaces } from './wordPlaces.js';
import { wordsSaidBy } from './wordsSaid.js';

/** How long a word lasts at 150 words a minute, a slow voice: what was heard must not be overestimated. */
const WORD_MS = 400;

/** The same where its sound is expected from that of the voice so far: texts of a length differ by about so much. */
const CAUTION = 1.15;

/** How long a letter lasts at 175 words a minute and five letters a word, a usual voice: for where a word is likely to be. */
const LETTER_MS = 70;

/** A chunk on its way to the user's ears: how much sound its text is, and when that is heard. */
export class SpokenChunk {
  /** As it will be in the history, with the white space around it. */
  readonly text: string;
  readonly isFiller: boolean;
  /** Where each word of the text ends, and how many words the voice has said by then. */
  readonly #wordEnds: readonly { readonly end: number; readonly saidBy: number }[];
  readonly #saidWords: number;
  readonly #spoken: WordPlaces;
  readonly #heard = new SoundHeard();
  #madeMs = 0;
  #isComplete = false;

  /** @param expectedMs how long its sound is likely to be. Default: as that of a voice that is not known yet */
  constructor(
    { spoken, written, isFiller = false }: Omit<JoinedChunks, 'isFiller'> & Partial<JoinedChunks>,
    readonly expectedMs?: number,
  ) {
    this.text = written;
    this.isFiller = isFiller;
    const words = [...written.matchAll(/\S+/g)];
    const said = spoken.match(/\S+/g) ?? [];
    const saidBy = wordsSaidBy(
      words.map(([word]) => word),
      said,
    );
    this.#wordEnds = words.map(({ index, 0: word }, at) => ({
      end: index + word.length,
      saidBy: saidBy[at] ?? said.length,
    }));
    this.#saidWords = said.length;
    this.#spoken = new WordPlaces(spoken);
  }

  /** The voice has made the next piece of it. */
  made(pcm: PcmAudio): void {
    this.#madeMs += durationMs(pcm);
  }

  /** The voice has made all of it. */
  complete(): void {
    this.#isComplete = true;
  }

  /**
   * The speaker has a piece of it, which is heard from `heardAtMs` on.
   * @param fromMs where in the chunk's sound the piece begins
   */
  playing(pcm: PcmAudio, fromMs: number, heardAtMs: number): void {
    this.#heard.add({ fromMs, lengthMs: durationMs(pcm), heardAtMs });
  }

  /** What of it was to be heard after `nowMs` is not, unless it is played again. */
  cut(nowMs: number): void {
    this.#heard.cut(nowMs);
  }

  /** What had been heard of it at `nowMs`, as it is written: the words up to the same share of those said as of the sound. */
  heardAt(nowMs: number): string {
    const heardMs = this.#heard.untilMs(nowMs);
    const words = this.#saidWords;
    const wholeMs = this.#wholeMs(this.expectedMs === undefined ? words * WORD_MS : this.expectedMs * CAUTION);
    // A thousandth of a millisecond for sums of fractions.
    if (heardMs + 1e-3 >= wholeMs) return this.text;
    const heardWords = Math.floor((heardMs / wholeMs) * words);
    if (heardWords === 0) return '';
    return this.text.slice(0, this.#wordEnds.findLast(({ saidBy }) => saidBy <= heardWords)?.end ?? 0);
  }

  /** Where in its sound the word begins that `soundMs` is in, as far as letters tell; `soundMs` itself where there is none. */
  wordBeginMs(soundMs: number): number {
    return this.#spoken.wordBeginMs(soundMs, this.#likelyMs);
  }

  /** The words of it that were heard, are heard and will be, once for each time that they are. */
  get played(): readonly PlayedChunk[] {
    const { stretches, isCut } = this.#heard;
    return stretches.flatMap(({ fromMs, lengthMs, heardAtMs }, index) => {
      // More of it follows the last one, of which the length is not known yet.
      const isOpen = index === stretches.length - 1 && !isCut;
      const untilMs = isOpen ? Math.max(this.#likelyMs, fromMs + lengthMs) : fromMs + lengthMs;
      const text = this.#spoken.between(fromMs, untilMs, this.#likelyMs);
      return text === '' ? [] : [{ text, heardAtMs, lengthMs: untilMs - fromMs }];
    });
  }

  get #likelyMs(): number {
    return this.#wholeMs(this.expectedMs ?? this.#spoken.letters * LETTER_MS);
  }

  #wholeMs(expectedMs: number): number {
    return this.#isComplete ? this.#madeMs : Math.max(this.#madeMs, expectedMs);
  }
}

/** What had been heard at `nowMs` of chunks that were spoken one after the other. */
export function heardText(spoken: readonly SpokenChunk[], nowMs: number): string {
  return spoken
    .map((chunk) => chunk.heardAt(nowMs))
    .join('')
    .trim();
}
