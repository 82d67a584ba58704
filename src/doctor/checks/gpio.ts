import type { FoundLine } from '../../../hardware/gpio/chardev/findLine.js';
import { GpioError, type GpioFailure } from '../../../hardware/gpio/drivers.js';
import type { Check, Finding } from '../check.js';
import type { Computer } from '../computer.js';

/** A line of GPIO that the configuration names, and what for. */
export interface NamedLine {
  /** "GPIO17". */
  readonly line: string;
  /** The setting that names it. */
  readonly setting: string;
}

export interface GpioCheckOptions {
  /** Looks a line up without taking it. @throws {GpioError} */
  readonly find: (line: string) => FoundLine;
  /** Somebody of ours runs, and may have the lines. */
  readonly isRunning: boolean;
  /** Whether this computer ought to have GPIO lines. */
  readonly isPi: boolean;
}

const REMEDIES: Readonly<Partial<Record<GpioFailure, string>>> = {
  permissionDenied: 'sudo usermod -aG gpio $USER, then log in again; of the service: SupplementaryGroups=gpio',
  chipMissing: 'sudo apt update && sudo apt full-upgrade, then: sudo reboot',
  notSupported: 'sudo apt update && sudo apt full-upgrade, then: sudo reboot',
  lost: 'sudo reboot',
};

/** How the kernel names us as the holder of a line. */
const OWN_CONSUMER = 'pressel';

/** Whether the lines of one thing are there, may be used and are free. Takes none. */
export function gpioCheck(name: string, lines: readonly NamedLine[], options: GpioCheckOptions): Check {
  return {
    group: 'gpio',
    name,
    run: async () => {
      const findings = lines.map((line) => lineFinding(line, options));
      const bad = findings.filter(({ verdict }) => verdict !== 'ok');
      const [worst] = bad.length > 0 ? bad : findings;
      if (worst === undefined) return { verdict: 'skipped', reason: 'no line is configured' };
      return { ...worst, reason: (bad.length > 0 ? bad : findings).map(({ reason }) => reason).join('; ') };
    },
  };
}

function lineFinding({ line, setting }: NamedLine, { find, isRunning, isPi }: GpioCheckOptions): Finding {
  try {
    const { chip, line: found } = find(line);
    const where = `${line} of ${chip.label} (${chip.path})`;
    if (!found.used) return { verdict: 'ok', reason: `${where} is free` };
    const holder = found.consumer ?? 'an unnamed program';
    if (holder === OWN_CONSUMER && isRunning) return { verdict: 'ok', reason: `${where} is in use by this program` };
    return {
      verdict: 'degraded',
      reason: `${where} is in use by ${holder}`,
      remedy: `take its dtoverlay out of /boot/firmware/config.txt, or stop that program, or set ${setting} to another line of: pressel devices --json`,
    };
  } catch (error) {
    if (!(error instanceof GpioError)) throw error;
    if (error.reason === 'chipMissing' && !isPi) {
      return { verdict: 'skipped', reason: `this computer has no GPIO lines, so no ${line}` };
    }
    const remedy = REMEDIES[error.reason] ?? `set ${setting} to a line of: pressel devices --json`;
    return { verdict: 'degraded', reason: error.message, remedy };
  }
}

/** A device file of the configured LEDs, which is not opened: they may be in use. */
export interface LedDevice {
  readonly file: string;
  readonly setting: string;
  /** What mends that it is not there. */
  readonly missing: string;
  /** What mends that this user may not use it. */
  readonly denied: string;
}

/** LEDs on an SPI bus. @param file `leds.spi_device` */
export function spiLeds(file: string): LedDevice {
  return {
    file,
    setting: 'leds.spi_device',
    missing: 'sudo raspi-config nonint do_spi 0, then: sudo reboot',
    denied: 'sudo usermod -aG spi $USER, then log in again; of the service: SupplementaryGroups=spi',
  };
}

/** An LED of the kernel's. @param name `leds.sysfs_name` */
export function sysfsLed(name: string): LedDevice {
  const file = `/sys/class/leds/${name}/brightness`;
  return {
    file,
    setting: 'leds.sysfs_name',
    missing: 'set leds.sysfs_name to one of: ls /sys/class/leds',
    denied: `sudo chmod a+w ${file} until the next start; for good, a udev rule that does it`,
  };
}

/** Whether the file of the LEDs is there and may be used. */
export function ledDeviceCheck(computer: Computer, { file, setting, missing, denied }: LedDevice): Check {
  return {
    group: 'gpio',
    name: 'LEDs',
    run: async () => {
      const usable = await computer.usable(file);
      if (usable === 'yes') return { verdict: 'ok', reason: `${file} is there` };
      if (usable === 'missing') {
        return { verdict: 'degraded', reason: `${file} is not there (${setting})`, remedy: missing };
      }
      return { verdict: 'degraded', reason: `this user may not use ${file}`, remedy: denied };
    },
  };
}
