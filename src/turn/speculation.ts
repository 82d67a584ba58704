import type { EarlyWork } from './listen.js';
import type { Prefill } from './prefill.js';
import type { SpokenReply } from './spokenReply.js';

/** How eagerly a reply is begun at a pause, before it is known that the user has finished. */
export interface SpeculationOptions {
  /** Replies begun so in one turn; each may be work for nothing. */
  readonly maxAttempts: number;
  /** No more of them once the user has spoken for so long (ms): who tells a story pauses often. */
  readonly maxSpeechMs: number;
  /** Whether the chat model reads the question while it is being said. */
  readonly prefill: boolean;
}

/**
 * A recognition must be this much faster than speech for speculation to be worth it: a machine that is slower has no
 * core to spare for a reply that may never be wanted.
 */
const MAX_REAL_TIME_FACTOR = 0.5;

/** What is known at a pause. */
export interface PausedSpeech {
  readonly transcript: string;
  /** As in `Transcript`. */
  readonly logProbability?: number | undefined;
  /** From the beginning of the utterance to the pause (ms). */
  readonly speechMs: number;
  /** What recognising it has cost (ms). */
  readonly asrMs: number;
}

/**
 * Begins the reply at a pause and holds it behind a gate: if the pause is the end and the words are the same, it is
 * adopted and can be heard at once; if the user goes on, all of it is aborted. Nothing of an abandoned reply is heard,
 * logged as said, or acted on.
 */
export class Speculation implements EarlyWork {
  #attempts = 0;
  #wastedTokens = 0;
  #current: { readonly words: string; readonly reply: SpokenReply } | undefined;

  /** @param begin makes the reply to a question; undefined where it must not be made before the turn is confirmed */
  constructor(
    private readonly options: SpeculationOptions,
    private readonly begin: (question: string) => SpokenReply | undefined,
    private readonly prefill: Prefill,
  ) {}

  /** The user begins to speak, and what was said before can be read already. */
  listening(): void {
    if (this.options.prefill) this.prefill.known('');
  }

  /** The words up to here will not change any more. */
  understood(stable: string): void {
    if (this.options.prefill && !this.#current) this.prefill.known(stable);
  }

  /** A reply is being made of which nothing can be heard yet. */
  get isPreparing(): boolean {
    return this.#current !== undefined && !this.#current.reply.isReady;
  }

  /** Replies begun so far. */
  get attempts(): number {
    return this.#attempts;
  }

  /** Tokens of replies that were abandoned, as far as they had come. */
  get wastedTokens(): number {
    return this.#wastedTokens;
  }

  /** The words up to the pause are known, and the user is still silent. */
  paused({ transcript, speechMs, asrMs }: PausedSpeech): void {
    const { maxAttempts, maxSpeechMs } = this.options;
    const words = plainly(transcript);
    if (words === '' || this.#current?.words === words) return;
    this.abandon();
    if (this.#attempts >= maxAttempts || speechMs > maxSpeechMs || asrMs > MAX_REAL_TIME_FACTOR * speechMs) return;
    const reply = this.begin(transcript);
    if (!reply) return;
    this.prefill.stop();
    this.#attempts += 1;
    this.#current = { words, reply };
    reply.begin();
  }

  /** The reply that was begun for this question; from now on it is the caller's. Undefined when there is none. */
  adopt(question: string): SpokenReply | undefined {
    this.prefill.stop();
    const current = this.#current;
    // Whatever kept the model from answering may be over by now: a failure that nobody has heard is no answer.
    if (current?.words !== plainly(question) || current.reply.draft.route === 'offline') {
      this.abandon();
      return undefined;
    }
    this.#current = undefined;
    return current.reply;
  }

  /** The user goes on. */
  abandon(): void {
    if (!this.#current) return;
    this.#current.reply.stop();
    this.#wastedTokens += this.#current.reply.draft.tokens;
    this.#current = undefined;
  }

  /** The turn is over. */
  stop(): void {
    this.prefill.stop();
    this.abandon();
  }
}

/** The words alone: a recogniser's capitals and punctuation change with what follows. */
function plainly(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
