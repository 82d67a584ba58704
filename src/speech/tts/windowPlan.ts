/** A stretch of frames, `to` excluded. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** A window, and what the plan reckons with. */
export interface PlannedWindow extends Window {
  /** How long it takes to make, its padding included, at worst; infinity where nobody knows. */
  readonly madeInMs: number;
}

/** What decides how a clause is cut into windows. */
export interface WindowTerms {
  /** Frames computed again on each side of a window, as the sound depends on them. */
  readonly paddingFrames: number;
  /** How long a frame sounds. */
  readonly frameMs: number;
  /** How long the generator takes for a frame; infinity while that is not known. */
  readonly computeMsPerFrame: number;
  /** Silence that the clause is assumed to begin with. Nobody is made to wait for it: it does not bridge a window. */
  readonly leadingSilenceMs: number;
}

/** No window is audible for less: each costs its padding. */
const AUDIBLE_MS = 80;

/** The machine may become this much slower within a clause without a gap in the sound. */
const MARGIN = 1.5;

/**
 * Share of the first window's audible part within which a longer second is made: a clause that begins with more silence
 * than assumed has the rest to spare, and waits less where that does not suffice.
 */
const UNSPARED = 0.5;

/** No window is longer: a cancelled one still runs to its end. Padding of 12 frames on each side costs it a fifth. */
const MAX_FRAMES = 128;

/**
 * Cuts `frames` into windows: the first as short as may be, and each so long that the sound of the one before lasts
 * until it is made. A clause is one window where the machine is too slow for that: a gap within a word is worse than a
 * late word.
 */
export function planWindows(frames: number, terms: WindowTerms): PlannedWindow[] {
  const windows: PlannedWindow[] = [];
  let length = firstLength(terms);
  for (let from = 0; from < frames; ) {
    const rest = frames - from;
    // There is no padding to compute after the last frame: it buys as many frames of sound.
    const to = rest <= length + terms.paddingFrames ? frames : from + length;
    windows.push({ from, to, madeInMs: madeInMs({ from, to }, frames, terms) });
    length = Math.max(length, Math.min(MAX_FRAMES, nextLength(windows.length === 1, to - from, terms)));
    from = to;
  }
  return windows;
}

/** Share of a frame's duration that it takes to make, at worst. */
function worstLoad({ computeMsPerFrame, frameMs }: WindowTerms): number {
  return (MARGIN * computeMsPerFrame) / frameMs;
}

/** How long `window` of a clause of `frames` takes to make, at worst. */
function madeInMs({ from, to }: Window, frames: number, { paddingFrames, computeMsPerFrame }: WindowTerms): number {
  const computed = Math.min(frames, to + paddingFrames) - Math.max(0, from - paddingFrames);
  return MARGIN * computeMsPerFrame * computed;
}

/** The shortest first window whose audible part lasts while a second of the same length and its padding are made. */
function firstLength(terms: WindowTerms): number {
  const load = worstLoad(terms);
  const silent = terms.leadingSilenceMs / terms.frameMs;
  if (load >= 1) return Number.POSITIVE_INFINITY;
  const bridging = (silent + 2 * terms.paddingFrames * load) / (1 - load);
  return Math.ceil(Math.max(silent + AUDIBLE_MS / terms.frameMs, bridging));
}

/** The longest window that is made while `length` frames are heard, or the unspared share of the first. */
function nextLength(isSecond: boolean, length: number, terms: WindowTerms): number {
  const heard = isSecond ? UNSPARED * (length - terms.leadingSilenceMs / terms.frameMs) : length;
  return Math.floor(heard / worstLoad(terms)) - 2 * terms.paddingFrames;
}
