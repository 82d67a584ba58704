import { durationMs, type PcmAudio } from '../../hardware/audio/pcm.js';

/** How long a word lasts at 150 words a minute, a slow voice: what was heard must not be overestimated. */
const WORD_MS = 400;

/** A chunk on its way to the user's ears: how much sound its text is, and when that is heard. */
export class SpokenChunk {
  readonly #words: readonly string[];
  readonly #pieces: { readonly heardAtMs: number; readonly lengthMs: number }[] = [];
  #madeMs = 0;
  #isComplete = false;

  constructor(readonly text: string) {
    this.#words = text.split(/\s+/);
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
    const wholeMs = this.#isComplete ? this.#madeMs : Math.max(this.#madeMs, this.#words.length * WORD_MS);
    // A thousandth of a millisecond for sums of fractions.
    if (heardMs + 1e-3 >= wholeMs) return this.text;
    return this.#words.slice(0, Math.floor((heardMs / wholeMs) * this.#words.length)).join(' ');
  }
}

/** What had been heard at `nowMs` of chunks that were spoken one after the other. */
export function heardText(spoken: readonly SpokenChunk[], nowMs: number): string {
  return spoken
    .map((chunk) => chunk.heardAt(nowMs))
    .filter((text) => text !== '')
    .join(' ');
}
