import { DELAYS_MS } from './echoDelay.js';
import type { EchoFrame } from './echoPath.js';

/** How our own sound comes back, as a short stretch of it shows. */
export interface MatchedEcho {
  readonly delayMs: number;
  /** What hardly any frame of the stretch exceeds, relative to what was played (dB). */
  readonly couplingDb: number;
}

/** Two thirds of a second: several syllables. */
const FRAMES = 20;
/** So many of them must have sound in them: before as many, a duck may make the rest another sound. */
const LEAST_FRAMES = 10;

/** Softer than this was nothing that could be recognised again (dB of full scale). */
const PLAYED_DB = -55;
/** An echo so far above the noise has its own level, and not that of both. */
const ABOVE_NOISE_DB = 6;

/** A sound that does not rise and fall by so much between its quarters is like any other. */
const LEAST_SPAN_DB = 8;
/** Three quarters of the frames follow what was played as closely. Another voice is off by three times as much. */
const CLOSE_DB = 2;

/** From what three quarters of the frames stay below to what hardly any exceeds. */
const MARGIN_DB = 2;

interface HeardFrame {
  readonly ownDb: Float64Array;
  /** Not a number where nothing but noise was heard. */
  readonly levelDb: number;
}

/**
 * Tells from a short stretch that what the microphone hears is our own sound and nothing else: its level rises and falls as
 * what was played. Then the room is known at once, whatever it was before: a speaker that has been moved or turned up.
 */
export class EchoMatch {
  #frames: HeardFrame[] = [];

  /** To be given the frames in which our sound may be, in order. */
  push({ ownDb, levelDb, noiseDb }: EchoFrame): MatchedEcho | undefined {
    const heardDb = levelDb > noiseDb + ABOVE_NOISE_DB ? levelDb : Number.NaN;
    this.#frames = [...this.#frames.slice(1 - FRAMES), { ownDb: ownDb.slice(), levelDb: heardDb }];
    const heard = this.#frames.filter((frame) => !Number.isNaN(frame.levelDb));
    if (heard.length < LEAST_FRAMES) return undefined;
    const matches = DELAYS_MS.flatMap((delayMs, n) => matchAt(heard, delayMs, n) ?? []);
    const best = matches.reduce<(typeof matches)[number] | undefined>(
      (closest, match) => (closest && closest.offDb <= match.offDb ? closest : match),
      undefined,
    );
    return best && { delayMs: best.delayMs, couplingDb: best.couplingDb };
  }
}

function matchAt(
  heard: readonly HeardFrame[],
  delayMs: number,
  n: number,
): (MatchedEcho & { readonly offDb: number }) | undefined {
  const frames = heard.filter(({ ownDb }) => (ownDb[n] ?? PLAYED_DB) > PLAYED_DB);
  if (frames.length < LEAST_FRAMES) return undefined;
  const played = frames.map(({ ownDb }) => ownDb[n] ?? 0);
  if (quantile(played, 0.75) - quantile(played, 0.25) < LEAST_SPAN_DB) return undefined;
  const ratios = frames.map(({ ownDb, levelDb }) => levelDb - (ownDb[n] ?? 0));
  const middle = quantile(ratios, 0.5);
  const offs = ratios.map((ratio) => Math.abs(ratio - middle));
  const offDb = quantile(offs, 0.75);
  return offDb > CLOSE_DB ? undefined : { delayMs, couplingDb: middle + offDb + MARGIN_DB, offDb };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}
