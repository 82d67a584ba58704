import type { Speaker } from '../../../hardware/audio/speaker.js';
import type { Check } from '../check.js';

/** Whether the chirps were heard without gaps. Comes after them. */
export function playbackCheck(speaker: Pick<Speaker, 'isOpen' | 'xruns'>): Check {
  return {
    group: 'audio',
    name: 'speaker without gaps',
    alone: true,
    run: async () => {
      if (!speaker.isOpen) return { verdict: 'skipped', reason: 'the speaker is not open' };
      const { xruns } = speaker;
      if (xruns === 0) return { verdict: 'ok', reason: 'no gap so far', details: { xruns } };
      return {
        verdict: 'degraded',
        reason: `the sound had ${xruns === 1 ? 'a gap' : `${xruns} gaps`}: the computer did not keep up`,
        remedy: 'see with "top" what else keeps the processor busy, and see "power and heat" above',
        details: { xruns },
      };
    },
  };
}
