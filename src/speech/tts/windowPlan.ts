/** A stretch of frames, `to` excluded. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** What decides how a clause is cut into windows. */
export interface WindowTerms {
  /** Frames computed again on each side of a window, as the sound depends on them. */
  readonly paddingFrames: number;
  /** How long a frame sounds. */
  readonly frameMs: number;
  /** How long the generator takes for a frame; infinity while that is not known. */
  readonly computeMsPerFrame: number;
}

/** Voices begin with up to this much silence, which nobody is made to wait for: it does not bridge the next window. */
const LEADING_SILENCE_MS = 200;

/** No window is audible for less: each costs its padding. */
const AUDIBLE_MS = 80;

/** The machine may become this much slower within a clause without a gap in the sound. */
const MARGIN = 1.5;

/** No window is longer: a cancelled one still runs to its end. Padding of 12 frames on each side costs it a fifth. */
const MAX_FRAMES = 128;

/**
 * Cuts `frames` into windows: the first as short as may be, and each so long that the sound of the one before lasts
 * until it is made. A clause is one window where the machine is too slow for that: a gap within a word is worse than a
 * late word.
 */
export function planWindows(frames: number, terms: WindowTerms): Window[] {
  const windows: Window[] = [];
  let length = firstLength(terms);
  for (let from = 0; from < frames; ) {
    const rest = frames - from;
    // There is no padding to compute after the last frame: it buys as many frames of sound.
    const to = rest <= length + terms.paddingFrames ? frames : from + length;
    windows.push({ from, to });
    length = Math.max(length, Math.min(MAX_FRAMES, nextLength(windows.length === 1, to - from, terms)));
    from = to;
  }
  return windows;
}

/** Share of a frame's duration that it takes to make, at worst. */
function worstLoad({ computeMsPerFrame, frameMs }: WindowTerms): number {
  return (MARGIN * computeMsPerFrame) / frameMs;
}

/** The shortest first window whose audible part lasts while a second of the same length and its padding are made. */
function firstLength(terms: WindowTerms): number {
  const load = worstLoad(terms);
  const silent = LEADING_SILENCE_MS / terms.frameMs;
  if (load >= 1) return Number.POSITIVE_INFINITY;
  const bridging = (silent + 2 * terms.paddingFrames * load) / (1 - load);
  return Math.ceil(Math.max(silent + AUDIBLE_MS / terms.frameMs, bridging));
}

/** The longest window that is made while `length` frames are heard. */
function nextLength(isSecond: boolean, length: number, terms: WindowTerms): number {
  const heard = isSecond ? length - LEADING_SILENCE_MS / terms.frameMs : length;
  return Math.floor(heard / worstLoad(terms)) - 2 * terms.paddingFrames;
}
