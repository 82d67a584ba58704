import { durationMs } from '../../hardware/audio/pcm.js';
import { MAX_REPEATED_MS, wordBreak } from './interruption/wordBreak.js';
import { type HeardStretch, heardOf } from './soundHeard.js';
import type { SpokenPiece } from './spokenReply.js';

/** A piece, and where in the sound of the reply it and its chunk begin (ms). */
export interface TapePiece extends SpokenPiece {
  readonly atMs: number;
  readonly chunkAtMs: number;
}

/**
 * The sound of a reply on its way to the speaker. What has been heard lately is kept, so that the reply can go back to the
 * beginning of a word.
 */
export class ReplyTape {
  /** In order and gapless. */
  #kept: TapePiece[] = [];
  /** The first of the kept that the speaker does not have. */
  #next = 0;
  /** What the speaker has been given since it was wound back. */
  #sounding: HeardStretch[] = [];
  /** Where it goes on from, or has gone on from. */
  #fromMs = 0;

  /** The next piece of the reply. @param neededMs it will not be wound back to a word before the one there */
  add({ chunk, pcm }: SpokenPiece, neededMs: number): void {
    const last = this.#kept.at(-1);
    const atMs = last ? endMs(last) : 0;
    this.#kept.push({ chunk, pcm, atMs, chunkAtMs: last?.chunk === chunk ? last.chunkAtMs : atMs });
    this.#forget(neededMs - MAX_REPEATED_MS);
  }

  /** The next piece for the speaker; undefined when it has all that there is. */
  take(): TapePiece | undefined {
    const piece = this.#kept[this.#next];
    if (piece) this.#next += 1;
    return piece;
  }

  /** The speaker has all that there is. */
  get isTaken(): boolean {
    return this.#next >= this.#kept.length;
  }

  playing(piece: TapePiece, heardAtMs: number): void {
    this.#sounding.push({ fromMs: piece.atMs, lengthMs: durationMs(piece.pcm), heardAtMs });
  }

  /** Where in the reply what is heard at `nowMs` is, or the place where sound has stopped (ms). */
  placeAt(nowMs: number): number {
    const heard = this.#sounding.findLast(({ heardAtMs }) => heardAtMs <= nowMs);
    return heard ? heard.fromMs + heardOf(heard, nowMs) : this.#fromMs;
  }

  /** What the speaker has is dropped: it goes on with the word that is heard at a place of the reply (ms). */
  windBack(heardMs: number): void {
    // Who is interrupted again and again does not go back further each time.
    const toMs = Math.max(this.#fromMs, this.#wordBreakBefore(heardMs));
    this.#sounding = [];
    this.#fromMs = toMs;
    const index = this.#kept.findIndex((piece) => endMs(piece) > toMs);
    const piece = this.#kept[index];
    this.#next = piece ? index : this.#kept.length;
    if (!piece) return;
    const samples = Math.floor(((toMs - piece.atMs) / 1000) * piece.pcm.sampleRateHz);
    if (samples <= 0) return;
    const [before, after] = cut(piece, samples);
    this.#kept.splice(index, 1, before, after);
    this.#next = index + 1;
    this.#fromMs = after.atMs;
  }

  #wordBreakBefore(heardMs: number): number {
    const heard = this.#kept.findLast(({ atMs }) => atMs <= heardMs);
    if (!heard) return heardMs;
    const { chunk, chunkAtMs } = heard;
    const sound = this.#kept.filter(({ atMs }) => atMs < heardMs);
    const breakMs = wordBreak(sound, chunkAtMs + chunk.wordBeginMs(heardMs - chunkAtMs), heardMs);
    return Math.max(breakMs, this.#kept[0]?.atMs ?? 0);
  }

  #forget(untilMs: number): void {
    const first = this.#kept.findIndex((piece, index) => index >= this.#next || endMs(piece) > untilMs);
    this.#kept.splice(0, first);
    this.#next -= first;
    const last = this.#sounding.length - 1;
    this.#sounding = this.#sounding.filter(
      ({ fromMs, lengthMs }, index) => index === last || fromMs + lengthMs > untilMs,
    );
  }
}

function endMs({ atMs, pcm }: TapePiece): number {
  return atMs + durationMs(pcm);
}

/** The same sound as two pieces. Nothing is copied. */
function cut(piece: TapePiece, samples: number): [TapePiece, TapePiece] {
  const { sampleRateHz } = piece.pcm;
  const part = (from: number, to?: number) => ({ samples: piece.pcm.samples.subarray(from, to), sampleRateHz });
  return [
    { ...piece, pcm: part(0, samples) },
    { ...piece, pcm: part(samples), atMs: piece.atMs + (samples / sampleRateHz) * 1000 },
  ];
}
