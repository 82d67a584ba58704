import type { LedOutput } from './drivers.js';
import { DARK, intensity, quantised, type Rgb, srgb } from './rgb.js';

const LEVELS = 256;

/**
 * LEDs as a short text for a terminal: a dot each, filled while it is lit.
 * @param coloured with 24-bit colours (ISO 8613-6 escape sequences); else as plain text
 */
export function terminalDots(pixels: readonly Rgb[], coloured: boolean): string {
  return pixels
    .map((pixel) => {
      const shown = quantised(pixel, LEVELS);
      const dot = intensity(quantised(pixel, 2)) > 0 || (coloured && intensity(shown) > 0) ? '●' : '○';
      if (!coloured || intensity(shown) === 0) return dot;
      const [red, green, blue] = shown.map((channel) => Math.round(srgb(channel) * 255));
      return `\u001b[38;2;${red};${green};${blue}m${dot}\u001b[39m`;
    })
    .join('');
}

/** One LED on a laptop: `draw` is handed its text whenever that changes. */
export function terminalLeds(draw: (dots: string) => void, coloured: boolean): LedOutput {
  let closed = false;
  return {
    name: 'terminal',
    pixels: 1,
    levels: coloured ? LEVELS : 2,
    show([pixel = DARK]) {
      if (!closed) draw(terminalDots([pixel], coloured));
    },
    async close() {
      if (closed) return;
      closed = true;
      draw(terminalDots([DARK], coloured));
    },
  };
}
