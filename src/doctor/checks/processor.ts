import { type Throttling, type ThrottlingCondition, throttlingWords } from '../../appliance/firmwareThrottling.js';
import type { Check } from '../check.js';

const POWER_REMEDY =
  "use the Pi's own power supply (5.1 V 3 A for a Pi 4, 5.1 V 5 A for a Pi 5) and a short cable, then: sudo reboot";
const HEAT_REMEDY =
  'give it a heat sink or a fan, then see that this stays below 80000 (thousandths of a degree): cat /sys/class/thermal/thermal_zone0/temp';

const REMEDIES = {
  'under-voltage': POWER_REMEDY,
  'frequency capped': POWER_REMEDY,
  throttled: HEAT_REMEDY,
  'soft temperature limit': HEAT_REMEDY,
} as const satisfies Record<ThrottlingCondition, string>;

/** Whether the firmware of the Pi slows its processor down, for want of power or for heat. @param read undefined: it is no Pi */
export function processorCheck(read: () => Promise<Throttling | undefined>): Check {
  return {
    group: 'system',
    name: 'power and heat',
    run: async () => {
      const throttling = await read();
      if (throttling === undefined) {
        return { verdict: 'skipped', reason: 'only the firmware of a Raspberry Pi tells whether it is throttled' };
      }
      const words = throttlingWords(throttling);
      // What was first in the list causes the rest of it: without enough power the processor is throttled.
      const [condition] = [...throttling.now, ...throttling.earlier];
      const details = { ...throttling };
      if (condition === undefined)
        return { verdict: 'ok', reason: 'enough power, and cool, since it was started', details };
      return {
        verdict: 'degraded',
        reason: `${words.join(', ')} since it was started: everything takes longer then, and the card may be damaged`,
        remedy: REMEDIES[condition],
        details,
      };
    },
  };
}
