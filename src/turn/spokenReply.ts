import type { PcmAudio } from '../../hardware/audio/pcm.js';
import type { Clock } from '../../hardware/clock.js';
import type { SpokenLocale } from '../speech/text/normalise/dialect.js';
import { withoutLeadingSilence } from '../speech/tts/leadingSilence.js';
import type { Voice } from '../speech/tts/voice.js';
import { Arrivals } from '../streams/arrivals.js';
import { readAhead } from '../streams/readAhead.js';
import type { ReplyChunk } from './filler.js';
import { joinedChunks } from './joinedChunks.js';
import type { ReplyOccasion } from './modelReply.js';
import { SpokenChunk } from './spokenChunk.js';
import { SynthesisPace } from './synthesisPace.js';
import { type ReplyDraft, TurnError } from './turnRecord.js';

/** Chunks made while earlier ones are spoken: enough that the model is never slowed down by the voice. */
const CHUNKS_AHEAD = 32;

/** So much of a reply tells its language. */
const TELLING_CHARACTERS = 500;

/** A piece of sound, and the words that it is part of. */
export interface SpokenPiece {
  readonly chunk: SpokenChunk;
  readonly pcm: PcmAudio;
}

/** The words of a reply as they were written, chunk by chunk, white space included. What is known of them goes into the draft. */
export type ReplyWords = (
  draft: ReplyDraft,
  signal: AbortSignal,
  mayAct: ReplyOccasion['mayAct'],
) => AsyncIterable<ReplyChunk>;

/**
 * A reply in the making, from its first word to its sound. Nothing of it is heard until somebody plays its pieces, and
 * when it is stopped, all that makes it is aborted. It acts on the world only once it is let.
 */
export class SpokenReply {
  readonly #pieces: AsyncGenerator<SpokenPiece, void, undefined>;
  readonly #making = new AbortController();
  #first: Promise<IteratorResult<SpokenPiece, void>> | undefined;
  #isReady = false;
  readonly #leave = new AbortController();
  #acting = () => {};

  /**
   * @param signal the turn's: stops the making too
   * @param locale how figures are said
   */
  constructor(
    words: ReplyWords,
    voice: Voice,
    readonly draft: ReplyDraft,
    signal: AbortSignal,
    locale: SpokenLocale,
  ) {
    const making = AbortSignal.any([signal, this.#making.signal]);
    const mayAct = () => this.#mayAct(making);
    this.#pieces = readAhead(synthesised(words(draft, making, mayAct), voice, draft, making, locale), 1);
  }

  /** Makes the first pieces now, before anybody asks for them. */
  begin(): void {
    this.#first ??= this.#pieces.next();
    const ready = () => {
      this.#isReady = true;
    };
    this.#first.then(ready, ready); // whoever plays it hears of a failure
  }

  /**
   * The user has finished: from now on the tools that it calls may be run.
   * @param acting called before the first one is
   */
  letAct(acting: () => void): void {
    this.#acting = acting;
    this.#leave.abort();
  }

  /** Before anybody was to hear it. */
  get wasBegunEarly(): boolean {
    return this.#first !== undefined;
  }

  /** Its first sound is made, or there is none, or it can go no further before it is known to be wanted. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** To be played once. @throws {TurnError} voiceFailed, and what the words throw */
  get pieces(): AsyncIterable<SpokenPiece> {
    return this.#played();
  }

  /** Nobody wants more of it. Safe to call twice. */
  stop(): void {
    this.#making.abort(new Error('the reply is no longer wanted'));
    // Closes what makes it; one that is under way ends by the abort.
    this.#pieces.return().catch(() => {});
  }

  async #mayAct(making: AbortSignal): Promise<void> {
    this.#isReady = true;
    const settled = AbortSignal.any([this.#leave.signal, making]);
    if (!settled.aborted) {
      await new Promise((resolve) => settled.addEventListener('abort', resolve, { once: true }));
    }
    making.throwIfAborted();
    this.#acting();
  }

  async *#played(): AsyncGenerator<SpokenPiece, void, undefined> {
    const first = await this.#first;
    if (first?.done) return;
    if (first) yield first.value;
    yield* this.#pieces;
  }
}

/** The reply's sound. What of it is waiting when the voice is free is joined while there is sound enough to bridge. */
async function* synthesised(
  words: AsyncIterable<ReplyChunk>,
  voice: Voice,
  draft: ReplyDraft,
  signal: AbortSignal,
  locale: SpokenLocale,
): AsyncGenerator<SpokenPiece, void, undefined> {
  const { clock } = draft.timeline;
  const pace = new SynthesisPace(clock);
  const chunks = new Arrivals(words, CHUNKS_AHEAD);
  let begun = false;
  let before = '';
  try {
    for (let first = await chunks.next(); first !== undefined; first = await chunks.next()) {
      const joined = await joinedChunks(first, chunks, pace, locale, before);
      const { spoken, isFiller } = joined;
      if (!isFiller) {
        draft.timeline.mark('firstChunk');
        before = `${before} ${spoken}`.slice(-TELLING_CHARACTERS);
      }
      draft.chunks.push(spoken.trim());
      const chunk = new SpokenChunk(joined, pace.soundMs(spoken.length));
      let computingMs = 0;
      const onWaited = (waitedMs: number) => {
        if (!isFiller) draft.timeline.mark('firstPcm');
        computingMs += waitedMs;
      };
      const made = timed(voice.synthesize(spoken, signal), clock, onWaited);
      for await (const pcm of voiced(begun ? made : withoutLeadingSilence(made), signal)) {
        begun = true;
        chunk.made(pcm);
        pace.made(pcm);
        yield { chunk, pcm };
      }
      chunk.complete();
      pace.finished(spoken.length, computingMs);
    }
  } finally {
    await chunks.close();
  }
}

/** @throws {TurnError} voiceFailed; the signal's reason */
async function* voiced(pieces: AsyncIterable<PcmAudio>, signal: AbortSignal) {
  try {
    yield* pieces;
  } catch (error) {
    throw signal.aborted ? error : new TurnError('voiceFailed', error);
  }
}

/** @param onWaited told how long each piece was waited for (ms) */
async function* timed(pieces: AsyncIterable<PcmAudio>, clock: Clock, onWaited: (waitedMs: number) => void) {
  let sinceMs = clock.now();
  for await (const pcm of pieces) {
    onWaited(clock.now() - sinceMs);
    yield pcm;
    sinceMs = clock.now();
  }
}
