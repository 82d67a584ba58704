import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LedError, type LedOutput } from './drivers.js';
import { DARK, intensity, quantised } from './rgb.js';
import { ledErrorFrom, systemCode } from './systemFailure.js';

export interface SysfsLedOptions {
  /** As the kernel calls it: a folder in /sys/class/leds, such as `ACT`. */
  readonly name: string;
  /** 0 to 1; an LED that can only be on or off is not dimmed. */
  readonly brightness: number;
  /** Where the kernel shows its LEDs. */
  readonly folder?: string;
}

/**
 * An LED that the kernel knows: the Pi's own (`ACT`) or one on a GPIO line (dtoverlay=gpio-led). While it is used, the
 * kernel's own use of it (its trigger) is set aside, and given back at the end.
 * @throws {LedError} deviceMissing, permissionDenied, deviceBusy or unsupported
 */
export function openSysfsLed({ name, brightness, folder = '/sys/class/leds' }: SysfsLedOptions): LedOutput {
  const read = (file: string) => readFileSync(path.join(folder, name, file), 'utf8').trim();
  const write = (file: string, value: string) => writeFileSync(path.join(folder, name, file), value);

  let largest: number;
  let formerTrigger: string | undefined;
  try {
    largest = Number(read('max_brightness')) || 1;
    formerTrigger = chosenTrigger(read);
    if (formerTrigger !== undefined) write('trigger', 'none');
    write('brightness', '0');
  } catch (error) {
    throw ledErrorFrom(error, `the LED ${name}`, {
      deviceMissing: `Set leds.sysfs_name to one of those that are there: ${present(folder)}.`,
      permissionDenied: `Add a udev rule that lets this user's group write ${folder}/${name}/brightness and trigger.`,
    });
  }

  const isDimmable = largest > 1;
  const levels = largest + 1;
  let closed = false;
  return {
    name: `sysfs ${name}`,
    pixels: 1,
    levels,
    show([pixel = DARK]) {
      if (closed) return;
      const light = intensity(quantised(pixel, levels));
      try {
        write('brightness', String(Math.ceil(light * (isDimmable ? brightness : 1) * largest)));
      } catch (error) {
        throw new LedError(
          'deviceLost',
          `The LED ${name} cannot be switched (${systemCode(error) ?? String(error)}).`,
          `Is ${folder}/${name} still there?`,
          { cause: error },
        );
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      try {
        write('brightness', '0');
        if (formerTrigger !== undefined) write('trigger', formerTrigger);
      } catch {
        // The LED is gone: there is nothing to turn off.
      }
    },
  };
}

/** The trigger in brackets: `none timer [mmc0]`. Undefined when there is none to restore. */
function chosenTrigger(read: (file: string) => string): string | undefined {
  let triggers: string;
  try {
    triggers = read('trigger');
  } catch {
    return undefined; // A kernel without triggers.
  }
  const chosen = /\[(.+?)\]/.exec(triggers)?.[1];
  return chosen === 'none' ? undefined : chosen;
}

function present(folder: string): string {
  try {
    return readdirSync(folder).join(', ') || 'there are none';
  } catch {
    return 'this system has none';
  }
}
