import type { LedOutput } from './drivers.js';

/** No LEDs at all. */
export function noLeds(): LedOutput {
  return { name: 'no LEDs', pixels: 0, levels: 2, show: () => {}, close: async () => {} };
}
