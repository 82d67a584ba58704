import { type GpioLine, listGpioChips } from '../../hardware/gpio/chardev/chips.js';

/** The GPIO lines of all chips that somebody holds. */
export function usedLines(): GpioLine[] {
  return listGpioChips().flatMap(({ lines }) => lines.filter(({ used }) => used));
}
