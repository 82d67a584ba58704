import { type Throttling, throttlingWords } from '../../appliance/firmwareThrottling.js';
import type { Check } from '../check.js';

/** Whether the firmware of a Raspberry Pi slows it down, for want of power or for heat. */
export function powerCheck(throttling: () => Promise<Throttling | undefined>): Check {
  return {
    group: 'computer',
    name: 'power and heat',
    run: async () => {
      const found = await throttling();
      if (found === undefined) return { verdict: 'skipped', reason: 'this is no Raspberry Pi, or it does not tell' };
      const words = throttlingWords(found);
      if (words.length === 0) return { verdict: 'ok', reason: 'nothing has slowed it down since it was started' };
      const isPower = [...found.now, ...found.earlier].includes('under-voltage');
      return {
        verdict: 'degraded',
        reason: words.join(', '),
        remedy: isPower
          ? 'use the power supply made for it, and a short cable'
          : 'cool it: a heat sink, a fan, more room',
        details: { ...found },
      };
    },
  };
}
