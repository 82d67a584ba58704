import { durationMs, type PcmAudio } from './pcm.js';

/** What the speaker plays: words, or a short sound that tells something. */
export type OwnSound = 'speech' | 'signal';

/** Half a frame: a frame of the microphone begins anywhere in a piece, and its level is then that of about two of these. */
const SEGMENT_MS = 16;

/** A change of loudness is heard at the latest after what the slowest driver has given away already: aplay, 150 ms. */
const GAIN_LAG_MS = 160;

/** How long it is remembered: beyond the longest echo and its tail. */
const KEPT_MS = 2_000;

/** One piece of sound, where in time it is thought to be heard. */
export interface PlayedPiece {
  readonly kind: OwnSound;
  readonly fromMs: number;
  readonly untilMs: number;
}

interface KeptPiece extends PlayedPiece {
  fromMs: number;
  untilMs: number;
  /** The device has said when it is heard. */
  isPlaced: boolean;
  /** Mean square of each 16 ms. */
  readonly power: Float64Array;
}

/** What the speaker plays, has just played and is about to play: when, and how loud. Times are of the `Clock`, in ms. */
export class PlayedSound {
  #pieces: KeptPiece[] = [];
  #gains: { readonly sinceMs: number; readonly gain: number }[] = [{ sinceMs: Number.NEGATIVE_INFINITY, gain: 1 }];

  /** A piece is given to the device: it is thought to follow what it was given before, or to begin now. */
  add(kind: OwnSound, pcm: PcmAudio, nowMs: number): PlayedPiece {
    this.#forget(nowMs);
    const fromMs = this.#pieces.reduce((latest, { untilMs }) => Math.max(latest, untilMs), nowMs);
    const piece = { kind, fromMs, untilMs: fromMs + durationMs(pcm), isPlaced: false, power: powers(pcm) };
    this.#pieces.push(piece);
    return piece;
  }

  /** The device has said when the piece is heard. Nothing happens when that has been flushed. */
  place(piece: PlayedPiece, heardAtMs: number): void {
    const kept = this.#pieces.find((other) => other === piece);
    if (!kept || kept.isPlaced) return;
    kept.untilMs += heardAtMs - kept.fromMs;
    kept.fromMs = heardAtMs;
    kept.isPlaced = true;
  }

  /** The device has not taken the piece. */
  drop(piece: PlayedPiece): void {
    this.#pieces = this.#pieces.filter((other) => other !== piece);
  }

  /** What has not been heard by now is not heard. */
  flush(nowMs: number): void {
    this.#pieces = this.#pieces.filter(({ fromMs }) => fromMs < nowMs);
    for (const piece of this.#pieces) {
      piece.untilMs = Math.min(piece.untilMs, nowMs);
      piece.isPlaced = true;
    }
  }

  /** All that is heard from now on is so loud: a factor on the samples. */
  setGain(gain: number, nowMs: number): void {
    this.#forget(nowMs);
    this.#gains.push({ sinceMs: nowMs, gain });
  }

  /** Whether something is heard, at the loudspeaker, at some time between the two. @param only of this kind */
  isHeardBetween(fromMs: number, untilMs: number, only?: OwnSound): boolean {
    return this.#between(fromMs, untilMs).some(({ kind }) => only === undefined || kind === only);
  }

  /** When the last speech that was heard to its end by then had been; undefined where none is remembered. */
  speechEndedMs(byMs: number): number | undefined {
    const ends = this.#pieces.flatMap(({ kind, fromMs, untilMs }) =>
      kind === 'speech' && fromMs < untilMs && untilMs <= byMs ? [untilMs] : [],
    );
    return ends.length === 0 ? undefined : Math.max(...ends);
  }

  /** Whether the device has said when everything between the two is heard. */
  isPlacedBetween(fromMs: number, untilMs: number): boolean {
    return this.#between(fromMs, untilMs).every(({ isPlaced }) => isPlaced);
  }

  /** Mean square, as loud as it may be with what has become of the gain lately; 0 where nothing is heard. */
  powerBetween(fromMs: number, untilMs: number): number {
    let sum = 0;
    for (const piece of this.#pieces) {
      const beginMs = Math.max(fromMs, piece.fromMs);
      const endMs = Math.min(untilMs, piece.untilMs);
      if (beginMs >= endMs) continue;
      for (let atMs = beginMs; atMs < endMs; ) {
        const segment = Math.floor((atMs - piece.fromMs) / SEGMENT_MS + 1e-9);
        const nextMs = Math.min(endMs, piece.fromMs + (segment + 1) * SEGMENT_MS);
        sum += (piece.power[segment] ?? 0) * (nextMs - atMs);
        atMs = nextMs;
      }
    }
    return sum === 0 ? 0 : (sum / (untilMs - fromMs)) * this.#loudestGain(fromMs - GAIN_LAG_MS, untilMs) ** 2;
  }

  #between(fromMs: number, untilMs: number): KeptPiece[] {
    return this.#pieces.filter((piece) => piece.fromMs < untilMs && piece.untilMs > fromMs);
  }

  #loudestGain(fromMs: number, untilMs: number): number {
    let loudest = 0;
    this.#gains.forEach(({ sinceMs, gain }, n) => {
      const overMs = this.#gains[n + 1]?.sinceMs ?? Number.POSITIVE_INFINITY;
      if (sinceMs < untilMs && overMs > fromMs) loudest = Math.max(loudest, gain);
    });
    return loudest;
  }

  #forget(nowMs: number): void {
    const sinceMs = nowMs - KEPT_MS;
    this.#pieces = this.#pieces.filter(({ untilMs }) => untilMs > sinceMs);
    this.#gains = this.#gains.filter((_, n, gains) => (gains[n + 1]?.sinceMs ?? Number.POSITIVE_INFINITY) > sinceMs);
  }
}

function powers({ samples, sampleRateHz }: PcmAudio): Float64Array {
  const length = (SEGMENT_MS * sampleRateHz) / 1000;
  const power = new Float64Array(length > 0 ? Math.ceil(samples.length / length) : 0);
  for (let n = 0; n < power.length; n++) {
    const [from, until] = [Math.round(n * length), Math.min(samples.length, Math.round((n + 1) * length))];
    let sum = 0;
    for (let i = from; i < until; i++) sum += (samples[i] ?? 0) ** 2;
    power[n] = sum / Math.max(1, until - from);
  }
  return power;
}
