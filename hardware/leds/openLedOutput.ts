import { GpioError, type GpioFailure, type OutputLine } from '../gpio/drivers.js';
import { apa102Leds } from './apa102.js';
import { LedError, type LedFailure, type LedOutput } from './drivers.js';
import { gpioLeds, rgbLed } from './gpioLeds.js';
import { noLeds } from './noLeds.js';
import { openSpiDevice } from './spiDevice.js';
import { openSysfsLed } from './sysfsLed.js';
import { terminalLeds } from './terminalLeds.js';

/** Kinds of LEDs; `auto`: whichever the other settings describe. */
export const LED_OUTPUTS = ['auto', 'none', 'gpio', 'rgb', 'apa102', 'sysfs', 'terminal'] as const;

export type LedOutputKind = (typeof LED_OUTPUTS)[number];

/** Which LEDs there are and how they are connected. */
export interface LedSettings {
  readonly output: LedOutputKind;
  /** GPIO lines, comma separated: one for each LED, or red, green and blue of one. */
  readonly lines: string;
  /** Low lights the LED. */
  readonly activeLow: boolean;
  readonly spiDevice: string;
  /** LEDs on the SPI bus. */
  readonly pixels: number;
  /** A folder in /sys/class/leds. */
  readonly sysfsName: string;
  /** 0 to 1, of LEDs that can be dimmed. */
  readonly brightness: number;
}

/** What `openLedOutput` needs from outside. */
export interface LedParts {
  /**
   * Claims GPIO lines as outputs, off; all of them or none.
   * @throws {GpioError} when they cannot be had
   */
  openOutputLines(names: readonly string[], activeLow: boolean): readonly OutputLine[];
  /** There is a terminal for people: shows the text of a light on it. */
  readonly drawTerminal?: (dots: string) => void;
  /** Whether the terminal has colours. Default: it has. */
  readonly coloured?: boolean;
  /** Where the kernel shows its LEDs. Default /sys/class/leds. */
  readonly sysfsFolder?: string;
}

/** LEDs and why it is these, a clause for the log and for `doctor`. */
export interface OpenedLeds {
  readonly output: LedOutput;
  readonly why: string;
}

/** Slow enough for a ribbon cable; a picture of three LEDs takes 40 microseconds. */
const SPI_SPEED_HZ = 4_000_000;

/** `GPIO25, GPIO24` -> names of lines. */
export function lineNames(lines: string): string[] {
  return lines
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/**
 * Opens the LEDs that were chosen. The caller closes them.
 * @throws {LedError} when they cannot be opened; never for `auto`, which goes without LEDs then and says why
 */
export async function openLedOutput(settings: LedSettings, parts: LedParts): Promise<OpenedLeds> {
  if (settings.output !== 'auto') {
    return { output: await open(settings.output, settings, parts), why: `leds.output is "${settings.output}"` };
  }
  const { kind, why } = described(settings, parts);
  try {
    return { output: await open(kind, settings, parts), why };
  } catch (error) {
    if (!(error instanceof LedError)) throw error;
    return { output: noLeds(), why: `${why}, but: ${error.message}` };
  }
}

/** What a GPIO line that cannot be had means for the LED on it. */
const GPIO_FAILURES: Readonly<Record<GpioFailure, LedFailure>> = {
  chipMissing: 'deviceMissing',
  lineUnknown: 'deviceMissing',
  lineBusy: 'deviceBusy',
  permissionDenied: 'permissionDenied',
  notSupported: 'unsupported',
  libraryMissing: 'unsupported',
  lost: 'deviceLost',
};

type Chosen = Exclude<LedOutputKind, 'auto'>;

/** What `auto` means here. SPI devices are left alone: what hangs on them may be a display. */
function described({ lines, sysfsName }: LedSettings, { drawTerminal }: LedParts): { kind: Chosen; why: string } {
  const names = lineNames(lines);
  if (names.length === 3) return { kind: 'rgb', why: 'leds.lines names three GPIO lines' };
  if (names.length > 0) return { kind: 'gpio', why: 'leds.lines names GPIO lines' };
  if (sysfsName !== '') return { kind: 'sysfs', why: 'leds.sysfs_name names an LED' };
  if (drawTerminal) return { kind: 'terminal', why: 'no LED is configured and there is a terminal' };
  return { kind: 'none', why: 'no LED is configured: set board, or leds.output' };
}

async function open(kind: Chosen, settings: LedSettings, parts: LedParts): Promise<LedOutput> {
  const { brightness, pixels, spiDevice, sysfsName } = settings;
  switch (kind) {
    case 'none':
      return noLeds();
    case 'gpio':
      return gpioLeds(openLines(settings, parts));
    case 'rgb':
      return openRgb(openLines(settings, parts));
    case 'apa102':
      return apa102Leds(await openSpiDevice(spiDevice, SPI_SPEED_HZ), { pixels, brightness });
    case 'sysfs':
      return openSysfsLed({
        name: sysfsName,
        brightness,
        ...(parts.sysfsFolder === undefined ? {} : { folder: parts.sysfsFolder }),
      });
    case 'terminal':
      if (parts.drawTerminal) return terminalLeds(parts.drawTerminal, parts.coloured ?? true);
      throw new LedError('deviceMissing', 'There is no terminal to show a light on.', 'Choose another leds.output.');
  }
}

function openLines({ lines, activeLow }: LedSettings, parts: LedParts): readonly OutputLine[] {
  const names = lineNames(lines);
  if (names.length === 0) {
    throw new LedError('deviceMissing', 'No GPIO line is named.', 'Set leds.lines, such as "GPIO27".');
  }
  try {
    return parts.openOutputLines(names, activeLow);
  } catch (error) {
    if (!(error instanceof GpioError)) throw error;
    const what = `The LED on ${names.join(', ')} cannot be used.`;
    throw new LedError(GPIO_FAILURES[error.reason], what, error.message, { cause: error });
  }
}

function openRgb(lines: readonly OutputLine[]): LedOutput {
  const [red, green, blue] = lines;
  if (red && green && blue && lines.length === 3) return rgbLed([red, green, blue]);
  for (const line of lines) line.close();
  throw new LedError(
    'unsupported',
    `An RGB LED has three lines, red, green and blue; leds.lines names ${lines.length}.`,
    'Set leds.lines, such as "GPIO25,GPIO24,GPIO23".',
  );
}
