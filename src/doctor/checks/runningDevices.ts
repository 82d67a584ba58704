import type { Microphone } from '../../../hardware/audio/microphone.js';
import type { Speaker } from '../../../hardware/audio/speaker.js';
import type { Check } from '../check.js';

/** Of a running appliance: whether its microphone and its speaker are open, and have lost no sound. Touches neither. */
export function runningDevicesCheck(
  microphone: Pick<Microphone, 'status'>,
  speaker: Pick<Speaker, 'isOpen' | 'name' | 'xruns'>,
): Check {
  return {
    group: 'audio',
    name: 'devices open',
    run: async () => {
      const { name, xruns, lostFrames } = microphone.status;
      const details = { microphone: { name, xruns, lostFrames }, speaker: { xruns: speaker.xruns } };
      const missing = [...(name === undefined ? ['microphone'] : []), ...(speaker.isOpen ? [] : ['speaker'])];
      if (missing.length > 0) {
        return {
          verdict: 'broken',
          reason: `no ${missing.join(' and no ')} is open; it is looked for again and again`,
          remedy: 'pressel devices, and set audio.input and audio.output to names that it shows',
          details,
        };
      }
      const open = `microphone "${name}", speaker "${speaker.name}"`;
      if (xruns + lostFrames + speaker.xruns === 0) return { verdict: 'ok', reason: open, details };
      return {
        verdict: 'degraded',
        reason: `${open}; since the start sound was lost ${xruns + lostFrames} times in and ${speaker.xruns} times out`,
        remedy: 'connect the devices without a hub, and see with "top" what else keeps the processor busy',
        details,
      };
    },
  };
}
