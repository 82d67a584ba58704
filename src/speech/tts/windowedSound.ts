import { durationMs, type PcmAudio } from '../../../hardware/audio/pcm.js';
import { firstAudibleSample, KEPT_MS } from './leadingSilence.js';
import type { LeadingSilenceMemory } from './leadingSilenceMemory.js';
import type { ClauseSound } from './speakClauses.js';
import type { PlannedWindow, Window } from './windowPlan.js';

/**
 * Sound of a clause, window by window as planned, the first of it no sooner than it lasts until the next is made: where
 * the voice begins with more silence than the plan assumed, that takes another window. A late word is better than a gap
 * within one, and what is silent of a clause's beginning is not played.
 *
 * @param make makes the sound of one window; what it throws is thrown here
 * @param memory told how much silence the clause began with, once that is known
 */
export async function windowedSound(
  windows: readonly PlannedWindow[],
  make: (window: Window) => Promise<PcmAudio>,
  memory: LeadingSilenceMemory,
): Promise<ClauseSound> {
  const [first, ...others] = windows;
  if (!first) throw new RangeError('a clause without windows has no sound');
  let later = others;
  let sound = await make(first);
  for (let [next] = later; next && playedMs(sound) < next.madeInMs; [next] = later) {
    sound = joined(sound, await make(next));
    later = later.slice(1);
  }
  const onset = firstAudibleSample(sound);
  if (onset !== undefined) memory.add((onset / sound.sampleRateHz) * 1000);
  return withRest(sound, later, make);
}

function withRest(sound: PcmAudio, later: readonly Window[], make: (window: Window) => Promise<PcmAudio>): ClauseSound {
  const [next, ...others] = later;
  return next ? { ...sound, rest: async () => withRest(await make(next), others, make) } : sound;
}

/** How long the beginning of a reply is played at least: from what is kept of its silence to the end. */
function playedMs(sound: PcmAudio): number {
  const onset = firstAudibleSample(sound);
  return onset === undefined ? 0 : durationMs(sound) - Math.max(0, (onset / sound.sampleRateHz) * 1000 - KEPT_MS);
}

function joined(one: PcmAudio, other: PcmAudio): PcmAudio {
  const samples = new Float32Array(one.samples.length + other.samples.length);
  samples.set(one.samples);
  samples.set(other.samples, one.samples.length);
  return { ...one, samples };
}
