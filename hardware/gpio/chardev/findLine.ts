import { distance } from 'fastest-levenshtein';
import { GpioError } from '../drivers.js';
import { type GpioChip, type GpioDevices, type GpioLine, readChips } from './chips.js';
import type { Libc } from './libc.js';

export interface LineChoice extends GpioDevices {
  /** Only on the chip with this label, "pinctrl-rp1". Default: the first chip that has a line of the name. */
  readonly chipLabel?: string;
}

export interface FoundLine {
  readonly chip: GpioChip;
  readonly line: GpioLine;
}

/** How many similar names are worth reading. */
const NEAREST_NAMES = 3;

/**
 * Finds a line by its name on all chips. Chip numbers are no help: one and the same Pi 5 has had its header on
 * gpiochip4, gpiochip0 and gpiochip11 with different kernels.
 * @throws {GpioError} chipMissing, lineUnknown or permissionDenied
 */
export function findLine(libc: Libc, name: string, choice: LineChoice): FoundLine {
  const { chips, failures } = readChips(libc, choice);
  const chosen = chips.filter((chip) => choice.chipLabel === undefined || chip.label === choice.chipLabel);
  for (const chip of chosen) {
    const line = chip.lines.find((candidate) => candidate.name === name);
    if (line !== undefined) return { chip, line };
  }
  // It may well be on a chip that could not be read.
  const [failure] = failures;
  if (failure !== undefined) throw failure;
  if (chips.length === 0) {
    throw new GpioError(
      'chipMissing',
      `There is no GPIO chip (${choice.devFolder ?? '/dev'}/gpiochip*), so no line ${name}: on a Raspberry Pi, update the system; elsewhere choose the button driver "keyboard" or "none".`,
    );
  }
  if (chosen.length === 0) {
    throw new GpioError(
      'chipMissing',
      `No GPIO chip has the label ${choice.chipLabel}: there are ${chips.map((chip) => chip.label).join(', ')}.`,
    );
  }
  throw new GpioError('lineUnknown', `No GPIO line has the name ${name}${advice(name, chosen)}`);
}

function advice(name: string, chips: readonly GpioChip[]): string {
  const names = new Set(chips.flatMap((chip) => chip.lines.map((line) => line.name)).filter((known) => known !== ''));
  const labels = chips.map((chip) => chip.label).join(', ');
  if (names.size === 0) return `: the lines of ${labels} have no names.`;
  const nearest = [...names].sort((a, b) => distance(name, a) - distance(name, b)).slice(0, NEAREST_NAMES);
  return ` on ${labels}: the nearest names are ${nearest.join(', ')}.`;
}
