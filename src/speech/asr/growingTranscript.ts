import { CAPTURE_RATE_HZ } from '../../../hardware/audio/pcm.js';
import type { Clock } from '../../../hardware/clock.js';
import type { Utterance } from '../utterance.js';
import type { SpeechRecognizer, Transcript } from './recognizer.js';

/**
 * A recognition during speech begins when so much was said since the last one began (ms): half a word. On a machine where
 * it takes long, half as much again as that, so that the end rarely finds it at work.
 */
const NEW_SPEECH_MS = 200;
const PAUSE_FACTOR = 1.5;

/** The last consonant is soft: so much sound after the last loud moment belongs to a word (ms). */
const SOFT_END_MS = 32;

/** What is known of an utterance that goes on. */
export interface PartialTranscript {
  /** The newest transcript, its last words often wrong. */
  readonly text: string;
  /** The beginning of it, on which it agrees with the one before. Without a mark at its end. */
  readonly stable: string;
  /** As in `Transcript`. */
  readonly logProbability?: number | undefined;
}

/**
 * Recognises one utterance while it is being said, again and again, so that at its end only the last words are missing.
 * One recognition at a time, and the newest wins. Each is given the one before as a draft.
 */
export class GrowingTranscript {
  readonly #recognizer: SpeechRecognizer;
  readonly #clock: Clock;
  readonly #newSpeechMs: number;
  readonly #onPartial: (partial: PartialTranscript) => void;
  readonly #signal: AbortSignal;
  #running: AbortController | undefined;
  /** What was begun last and is not abandoned. */
  #begun: { readonly utterance: Utterance; readonly transcript: Promise<Transcript> } | undefined;
  /** What comes next, when nothing is running any more. */
  #next: Utterance | undefined;
  #newest: Transcript | undefined;
  /** Length of what was begun last, whatever became of it: a recogniser that fails at once is not asked each moment. */
  #triedMs = 0;
  #begunAtMs = 0;
  #madeAtMs = 0;

  /**
   * @param clock times are on it
   * @param onPartial gets each new transcript
   * @param signal ends it
   * @param newSpeechMs during speech a recognition begins when so much was said since the last one began
   */
  constructor(
    recognizer: SpeechRecognizer,
    clock: Clock,
    onPartial: (partial: PartialTranscript) => void,
    signal: AbortSignal,
    newSpeechMs: number = NEW_SPEECH_MS,
  ) {
    this.#newSpeechMs = newSpeechMs;
    this.#recognizer = recognizer;
    this.#clock = clock;
    this.#onPartial = onPartial;
    this.#signal = signal;
  }

  /** When the last recognition was begun. */
  get begunAtMs(): number {
    return this.#begunAtMs;
  }

  /** When the newest transcript was made. */
  get madeAtMs(): number {
    return this.#madeAtMs;
  }

  /** The user speaks on. Recognises what there is, when nothing else is being recognised and enough is new. */
  grown(lengthMs: number, soFar: () => Utterance | undefined): void {
    const enoughMs = Math.max(this.#newSpeechMs, PAUSE_FACTOR * (this.#newest?.asrMs ?? 0));
    if (this.#running || lengthMs - this.#triedMs < enoughMs) return;
    const utterance = soFar();
    if (utterance) this.#begin(utterance);
  }

  /** A moment of silence: this may be the whole. What is nearly recognised comes first: it is the better draft. */
  silent(soFar: Utterance): void {
    if (this.#hasAllOf(soFar)) {
      this.#next = undefined;
      return;
    }
    const isNearlyDone = 2 * (this.#clock.now() - this.#begunAtMs) >= (this.#newest?.asrMs ?? 0);
    if (this.#running && isNearlyDone) {
      this.#next = soFar;
      return;
    }
    this.abandon();
    this.#begin(soFar);
  }

  /** It was a gap between two words. What is being recognised is still a good draft. */
  voiced(): void {
    this.#next = undefined;
  }

  /**
   * The transcript of this, which is wanted now: of what is recognised already when nothing was said since, else a new
   * one at once.
   * @throws {InferenceError}; the signal's reason; that of `abandon`
   */
  whole(utterance: Utterance): Promise<Transcript> {
    if (!this.#hasAllOf(utterance)) {
      this.abandon();
      this.#begin(utterance);
    }
    return this.#begun?.transcript ?? Promise.reject(new Error('nothing was begun'));
  }

  /** Nothing of it is wanted any more. */
  abandon(): void {
    this.#next = undefined;
    if (!this.#running) return;
    this.#running.abort(new Error('something newer is recognised'));
    this.#running = undefined;
    this.#begun = undefined;
  }

  /**
   * Whether what was begun last holds all words of `utterance`. A detector takes the moments after the last word for
   * speech too: a recognition that was begun in them has them all.
   */
  #hasAllOf(utterance: Utterance): boolean {
    const begun = this.#begun?.utterance;
    if (!begun) return false;
    return begun === utterance || lengthMsOf(begun) >= utterance.voicedMs + SOFT_END_MS;
  }

  #begin(utterance: Utterance): void {
    const running = new AbortController();
    this.#running = running;
    this.#triedMs = lengthMsOf(utterance);
    this.#begunAtMs = this.#clock.now();
    const either = AbortSignal.any([this.#signal, running.signal]);
    const transcript = this.#recognizer.transcribe(utterance.samples, either, this.#newest).then((made) => {
      this.#made(made);
      return made;
    });
    this.#begun = { utterance, transcript };
    const over = () => {
      if (this.#running !== running) return;
      this.#running = undefined;
      const next = this.#next;
      this.#next = undefined;
      if (next && !this.#hasAllOf(next)) this.#begin(next);
    };
    transcript.then(over, () => {
      if (this.#running === running) this.#begun = undefined; // tried again with more of the speech
      over();
    });
  }

  #made(made: Transcript): void {
    const before = this.#newest;
    this.#newest = made;
    this.#madeAtMs = this.#clock.now();
    const { text, logProbability } = made;
    this.#onPartial({ text, stable: before ? agreement(before.text, text) : '', logProbability });
  }
}

function lengthMsOf({ samples }: Utterance): number {
  return (samples.length / CAPTURE_RATE_HZ) * 1000;
}

/** The words of `text`, as it spells them, up to the first that `before` does not have at its place. */
function agreement(before: string, text: string): string {
  const known = before.split(/\s+/).map(plainWord);
  const words = text.split(/\s+/);
  const differs = words.findIndex((word, i) => plainWord(word) !== known[i]);
  return words
    .slice(0, differs < 0 ? words.length : differs)
    .join(' ')
    .replace(/[^\p{L}\p{N}]+$/u, '');
}

function plainWord(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}']/gu, '');
}
