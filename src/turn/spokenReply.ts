import type { PcmAudio } from '../../hardware/audio/pcm.js';
import { withoutLeadingSilence } from '../speech/tts/leadingSilence.js';
import type { Voice } from '../speech/tts/voice.js';
import { readAhead } from '../streams/readAhead.js';
import { SpokenChunk } from './spokenChunk.js';
import { type ReplyDraft, TurnError } from './turnRecord.js';

/** Chunks made while earlier ones are spoken: enough that the model is never slowed down by the voice. */
const CHUNKS_AHEAD = 32;

/** A piece of sound, and the words that it is part of. */
export interface SpokenPiece {
  readonly chunk: SpokenChunk;
  readonly pcm: PcmAudio;
}

/** The words of a reply, chunk by chunk. What is known of them goes into the draft. */
export type ReplyWords = (draft: ReplyDraft, signal: AbortSignal) => AsyncIterable<string>;

/**
 * A reply in the making, from its first word to its sound. Nothing of it is heard until somebody plays its pieces, and
 * when it is stopped, all that makes it is aborted.
 */
export class SpokenReply {
  readonly #pieces: AsyncGenerator<SpokenPiece, void, undefined>;
  readonly #making = new AbortController();
  #first: Promise<IteratorResult<SpokenPiece, void>> | undefined;
  #isReady = false;

  /** @param signal the turn's: stops the making too */
  constructor(
    words: ReplyWords,
    voice: Voice,
    readonly draft: ReplyDraft,
    signal: AbortSignal,
  ) {
    const making = AbortSignal.any([signal, this.#making.signal]);
    const chunks = readAhead(words(draft, making), CHUNKS_AHEAD);
    this.#pieces = readAhead(synthesised(chunks, voice, draft, making), 1);
  }

  /** Makes the first pieces now, before anybody asks for them. */
  begin(): void {
    this.#first ??= this.#pieces.next();
    const ready = () => {
      this.#isReady = true;
    };
    this.#first.then(ready, ready); // whoever plays it hears of a failure
  }

  /** Its first sound is made, or there is none. */
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

  async *#played(): AsyncGenerator<SpokenPiece, void, undefined> {
    const first = await this.#first;
    if (first?.done) return;
    if (first) yield first.value;
    yield* this.#pieces;
  }
}

async function* synthesised(
  chunks: AsyncIterable<string>,
  voice: Voice,
  draft: ReplyDraft,
  signal: AbortSignal,
): AsyncGenerator<SpokenPiece, void, undefined> {
  let begun = false;
  for await (const text of chunks) {
    draft.timeline.mark('firstChunk');
    draft.chunks.push(text);
    const chunk = new SpokenChunk(text);
    try {
      const made = marked(voice.synthesize(text, signal), draft);
      for await (const pcm of begun ? made : withoutLeadingSilence(made)) {
        begun = true;
        chunk.made(pcm);
        yield { chunk, pcm };
      }
      chunk.complete();
    } catch (error) {
      throw signal.aborted ? error : new TurnError('voiceFailed', error);
    }
  }
}

async function* marked(pieces: AsyncIterable<PcmAudio>, { timeline }: ReplyDraft) {
  for await (const pcm of pieces) {
    timeline.mark('firstPcm');
    yield pcm;
  }
}
