import type { OutputLine } from '../gpio/drivers.js';
import { LedError, type LedOutput } from './drivers.js';
import { DARK, intensity, quantised, type Rgb } from './rgb.js';

/** One LED of any colour on each line. They can be on or off. */
export function gpioLeds(lines: readonly OutputLine[]): LedOutput {
  return onLines(`gpio ${names(lines)}`, lines, lines.length, (pixels) =>
    lines.map((_, index) => intensity(pixels[index] ?? DARK) > 0),
  );
}

/** One LED with a line for each of red, green and blue: eight colours. */
export function rgbLed(lines: readonly [red: OutputLine, green: OutputLine, blue: OutputLine]): LedOutput {
  return onLines(`rgb ${names(lines)}`, lines, 1, ([pixel = DARK]) => pixel.map((channel) => channel > 0));
}

function onLines(
  name: string,
  lines: readonly OutputLine[],
  pixelCount: number,
  statesOf: (pixels: readonly Rgb[]) => readonly boolean[],
): LedOutput {
  const levels = 2;
  let shown: readonly (boolean | undefined)[] = [];
  let closed = false;
  const show = (pixels: readonly Rgb[]) => {
    const states = statesOf(pixels.map((pixel) => quantised(pixel, levels)));
    for (const [index, line] of lines.entries()) {
      if (states[index] !== shown[index]) line.set(states[index] === true);
    }
    shown = states;
  };
  return {
    name,
    pixels: pixelCount,
    levels,
    show(pixels) {
      if (closed) return;
      try {
        show(pixels);
      } catch (error) {
        shown = [];
        throw new LedError(
          'deviceLost',
          `The LED on ${names(lines)} cannot be switched.`,
          'Is the GPIO chip still there?',
          {
            cause: error,
          },
        );
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      for (const line of lines) {
        try {
          line.set(false);
        } catch {
          // It is gone: there is nothing to turn off.
        } finally {
          line.close();
        }
      }
    },
  };
}

function names(lines: readonly OutputLine[]): string {
  return lines.map((line) => line.name).join(', ');
}
