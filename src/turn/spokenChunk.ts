import { durationMs, type PcmAudio } from '../../hardware/audio/pcm.js';

/** How long a word lasts at 150 words a minute, a slow voice: what was heard must not be overestimated. */
const WORD_MS = 400;

/** The same where its sound is expected from that of the voice so far: texts of a length differ by about so much. */
const CAUTION = 1.15;

/** A chunk on its way to the user's ears: how much sound its text is, and when that is heard. */
export class SpokenChunk {
  /** Where each word of the text ends. */
  readonly #wordEnds: readonly number[];
  readonly #pieces: { readonly heardAtMs: number; readonly lengthMs: number }[] = [];
  #madeMs = 0;
  #isComplete = false;

  /**
   * @param text as it will be in the history, with the white space around it
   * @param expectedMs how long its sound is likely to be. Default: as that of a slow voice
   */
  constructor(
    readonly text: string,
    readonly expectedMs?: number,
  ) {
    this.#wordEnds = [...text.matchAll(/\S+/g)].map(({ index, 0: word }) => index + word.length);
  }

  /** The voice has made the next piece of it. */
  made(pcm: PcmAudio): void {
    this.#madeMs += durationMs(pcm);
  }

  /** The voice has made all of it. */
  complete(): void {
    this.#isComplete = true;
  }

  /** The speaker has the next piece of it, which is heard from `heardAtMs` on. */
  playing(pcm: PcmAudio, heardAtMs: number): void {
    this.#pieces.push({ heardAtMs, lengthMs: durationMs(pcm) });
  }

  /** What had been heard of it at `nowMs`: the words up to the same share of the text as of the sound. */
  heardAt(nowMs: number): string {
    const heardMs = this.#pieces.reduce(
      (sum, { heardAtMs, lengthMs }) => sum + Math.min(lengthMs, Math.max(0, nowMs - heardAtMs)),
      0,
    );
    const words = this.#wordEnds.length;
    const expectedMs = this.expectedMs === undefined ? words * WORD_MS : this.expectedMs * CAUTION;
    const wholeMs = this.#isComplete ? this.#madeMs : Math.max(this.#madeMs, expectedMs);
    // A thousandth of a millisecond for sums of fractions.
    if (heardMs + 1e-3 >= wholeMs) return this.text;
    return this.text.slice(0, this.#wordEnds[Math.floor((heardMs / wholeMs) * words) - 1] ?? 0);
  }
}

/** What had been heard at `nowMs` of chunks that were spoken one after the other. */
export function heardText(spoken: readonly SpokenChunk[], nowMs: number): string {
  return spoken
    .map((chunk) => chunk.heardAt(nowMs))
    .join('')
    .trim();
}
