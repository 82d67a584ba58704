import type { PlaybackDriver } from '../../hardware/audio/drivers.js';
import type { Clock } from '../../hardware/clock.js';
import type { FirstAudible } from './firstAudible.js';
import type { PlayedWords } from './interruption/playedWords.js';
import { ReplyTape, type TapePiece } from './replyTape.js';
import type { SpokenChunk } from './spokenChunk.js';
import type { SpokenPiece } from './spokenReply.js';
import type { Duckable } from './turnControl.js';
import { TurnError } from './turnRecord.js';

/**
 * Loudness of a reply that the user may be talking into: -20 dB. The recogniser understands the user over it even where the
 * microphone hears the speaker as loud as them, and the reply is still there: it has not stopped for a cough.
 */
const SOFT = 0.1;

/** Settled when the sound that the speaker had is dropped, to go on from a word before. */
interface Rewind {
  readonly begun: Promise<'rewound'>;
  readonly begin: () => void;
}

export interface ReplyPlayerOptions {
  readonly playback: PlaybackDriver;
  readonly clock: Clock;
  readonly audible: FirstAudible;
  /** The same for what is no part of the answer. */
  readonly fillerAudible: FirstAudible;
  readonly played?: PlayedWords;
  /** The speaker has the first piece of a chunk. Called once for each. */
  readonly onChunk: (heardAtMs: number) => void;
}

/** Plays the pieces of one reply in order, gapless, and once more from the word at which it became softer. */
export class ReplyPlayer implements Duckable {
  /** Of which something was played, in order. */
  readonly chunks: SpokenChunk[] = [];
  readonly #options: ReplyPlayerOptions;
  readonly #tape = new ReplyTape();
  /** Where in the reply it became softer (ms). */
  #duckedAtMs: number | undefined;
  #rewind = newRewind();

  constructor(options: ReplyPlayerOptions) {
    this.#options = options;
  }

  duck(): void {
    if (this.#duckedAtMs !== undefined) return;
    const { playback, clock } = this.#options;
    playback.duck(SOFT);
    this.#duckedAtMs = this.#tape.placeAt(clock.now());
  }

  resume(): void {
    if (this.#duckedAtMs === undefined) return;
    this.#options.playback.flush();
    this.#cut(this.#options.clock.now());
    this.#tape.windBack(this.#duckedAtMs);
    this.#unduck();
    this.#rewind.begin();
    this.#rewind = newRewind();
  }

  /** Nothing more is heard of it after `nowMs`. */
  end(nowMs: number): void {
    this.#cut(nowMs);
    this.#unduck();
  }

  /**
   * Resolves when the last sample has been heard, and not softly: it waits for that. When `pieces` fail, what came before
   * is heard first, likewise.
   * @throws {TurnError} speakerLost; what `pieces` throw; the signal's reason
   */
  async play(pieces: AsyncIterable<SpokenPiece>, signal: AbortSignal): Promise<void> {
    const ended = new AbortController();
    const aborted = rejection(signal, ended.signal);
    try {
      await this.#play(new Coming(pieces), aborted, signal);
    } finally {
      ended.abort();
    }
  }

  async #play(pieces: Coming, aborted: Promise<never>, signal: AbortSignal): Promise<void> {
    for (;;) {
      const piece = this.#tape.take();
      if (piece) {
        await this.#playPiece(piece, signal);
        continue;
      }
      const rewound = this.#rewind.begun;
      const next = await Promise.race([pieces.next(), rewound, aborted]);
      if (next === 'rewound') continue;
      if (next !== 'over') {
        pieces.taken();
        this.#tape.add(next, this.#duckedAtMs ?? this.#tape.placeAt(this.#options.clock.now()));
        continue;
      }
      await orSpeakerLost(this.#options.playback.drained(signal), signal);
      await Promise.race([this.#settled(), rewound, aborted]);
      if (this.#duckedAtMs !== undefined) await Promise.race([this.#rewind.begun, aborted]);
      if (this.#tape.isTaken) break;
    }
    if (pieces.failure) throw pieces.failure.error;
  }

  async #playPiece(piece: TapePiece, signal: AbortSignal): Promise<void> {
    const { playback, audible, fillerAudible, played, onChunk } = this.#options;
    const rewind = this.#rewind;
    const { heardAtMs } = await orSpeakerLost(playback.play(piece.pcm, signal), signal);
    if (rewind !== this.#rewind) return; // dropped while it waited for its time; it is on the tape
    const { chunk, pcm, atMs, chunkAtMs } = piece;
    this.#tape.playing(piece, heardAtMs);
    chunk.playing(pcm, atMs - chunkAtMs, heardAtMs);
    played?.playing(chunk);
    (chunk.isFiller ? fillerAudible : audible).playing(pcm, heardAtMs);
    if (this.chunks.includes(chunk)) return;
    this.chunks.push(chunk);
    onChunk(heardAtMs);
  }

  async #settled(): Promise<void> {
    await Promise.all([this.#options.audible.settled(), this.#options.fillerAudible.settled()]);
  }

  #cut(nowMs: number): void {
    this.#options.audible.cut();
    this.#options.fillerAudible.cut();
    for (const chunk of this.chunks) chunk.cut(nowMs);
  }

  #unduck(): void {
    if (this.#duckedAtMs === undefined) return;
    this.#duckedAtMs = undefined;
    this.#options.playback.duck(1);
  }
}

/** The pieces still to come, one at a time, of which nobody need wait to the end. */
class Coming {
  readonly #pieces: AsyncIterator<SpokenPiece>;
  #next: Promise<SpokenPiece | 'over'> | undefined;
  /** Why there are no more. */
  failure: { readonly error: unknown } | undefined;

  constructor(pieces: AsyncIterable<SpokenPiece>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** The same one until it is `taken`. Never rejects. */
  next(): Promise<SpokenPiece | 'over'> {
    this.#next ??= this.#pieces.next().then(
      ({ done, value }) => (done ? 'over' : value),
      (error: unknown) => {
        this.failure = { error };
        return 'over';
      },
    );
    return this.#next;
  }

  taken(): void {
    this.#next = undefined;
  }
}

function newRewind(): Rewind {
  let begin = () => {};
  const begun = new Promise<'rewound'>((resolve) => {
    begin = () => resolve('rewound');
  });
  return { begun, begin };
}

/** Rejects with the signal's reason when that aborts, unless `ended` did before. */
function rejection(signal: AbortSignal, ended: AbortSignal): Promise<never> {
  const rejected = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true, signal: ended });
  });
  rejected.catch(() => {}); // nobody may be waiting
  return rejected;
}

async function orSpeakerLost<Result>(playing: Promise<Result>, signal: AbortSignal): Promise<Result> {
  try {
    return await playing;
  } catch (error) {
    throw signal.aborted ? error : new TurnError('speakerLost', error);
  }
}
