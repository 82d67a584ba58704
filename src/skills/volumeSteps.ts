import type { Volume } from './surroundings.js';

/** 5 dB on the speaker's curve: clearly another loudness. */
export const STEP_PERCENT = 10;

/** Below it the curve falls steeply, and a reply that says how to get louder again could be missed. */
export const QUIETEST_PERCENT = 10;

export const AS_LOUD_AS_IT_GETS = 'This is as loud as I get.';
export const AS_QUIET_AS_IT_GETS = 'This is as quiet as I get. To silence me, say mute.';

/**
 * Changes the volume by steps that sound equal, as far as it goes. Whoever wants it louder wants to hear it: that ends a mute.
 * @param byPercent of the loudest
 * @returns undefined when it is changed, else why it cannot be
 */
export function stepVolume(
  volume: Volume,
  direction: 'louder' | 'quieter',
  byPercent = STEP_PERCENT,
): string | undefined {
  const from = volume.percent;
  const wasMuted = volume.isMuted;
  const louder = direction === 'louder';
  // What is configured below the quietest stays where it is.
  const to = louder
    ? Math.min(100, Math.max(QUIETEST_PERCENT, from + byPercent))
    : Math.max(Math.min(from, QUIETEST_PERCENT), from - byPercent);
  volume.percent = to;
  if (louder) volume.isMuted = false;
  if (to !== from || (louder && wasMuted)) return undefined;
  return louder ? AS_LOUD_AS_IT_GETS : AS_QUIET_AS_IT_GETS;
}
