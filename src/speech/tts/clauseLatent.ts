import type { PlannedWindow, Window } from './windowPlan.js';

/** A tensor that goes to the generator with every window: what the speaker adds to the sound. */
export interface Condition {
  readonly name: string;
  readonly data: Float32Array<ArrayBuffer>;
  readonly dims: readonly number[];
}

/**
 * A clause before it is sound: the frames that a voice's acoustic half has made. Whoever wants the sound holds it and
 * has it made window by window, so that the thread that computes keeps nothing between two calls.
 */
export interface ClauseLatent {
  /** Channel by channel. */
  readonly data: Float32Array<ArrayBuffer>;
  readonly channels: number;
  readonly conditions: readonly Condition[];
  /** What to ask for, in order. Together they are all frames. */
  readonly windows: readonly PlannedWindow[];
  /** Frames on each side of a window that its sound depends on. */
  readonly paddingFrames: number;
}

/** A window of a latent, as the generator takes it. */
export interface LatentWindow {
  /** Channel by channel: the window with its padding. */
  readonly data: Float32Array<ArrayBuffer>;
  readonly channels: number;
  readonly conditions: readonly Condition[];
  /** The frames whose sound is wanted, counted from the first in `data`. */
  readonly wanted: Window;
}

/** Cuts `window` out of `latent` with as much padding as there is. */
export function latentWindow(latent: ClauseLatent, { from, to }: Window): LatentWindow {
  const { data, channels, conditions, paddingFrames } = latent;
  const frames = data.length / channels;
  const start = Math.max(0, from - paddingFrames);
  const end = Math.min(frames, to + paddingFrames);
  const cut = new Float32Array(channels * (end - start));
  for (let channel = 0; channel < channels; channel++) {
    cut.set(data.subarray(channel * frames + start, channel * frames + end), channel * (end - start));
  }
  return { data: cut, channels, conditions, wanted: { from: from - start, to: to - start } };
}
