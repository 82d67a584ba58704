import { closeSync, openSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { GpioError } from '../drivers.js';
import { chipInfo, GET_CHIP_INFO, GET_LINE_INFO, lineInfo } from './abi.js';
import { type Libc, openLibc, SyscallError } from './libc.js';

export interface GpioLine {
  /** Position on its chip. */
  readonly offset: number;
  /** As the device tree names it, "GPIO17"; empty when it has no name. */
  readonly name: string;
  /** Who holds it, where the holder said so. */
  readonly consumer?: string;
  readonly used: boolean;
}

export interface GpioChip {
  /** "/dev/gpiochip0". The number differs between kernels: never rely on it. */
  readonly path: string;
  /** The kernel's name: "gpiochip0". */
  readonly name: string;
  /** What it is: "pinctrl-rp1". */
  readonly label: string;
  readonly lines: readonly GpioLine[];
}

export interface GpioDevices {
  /** Where the devices are. Default "/dev". */
  readonly devFolder?: string;
}

/**
 * All GPIO chips that this user may open, in the order of their numbers. Only reads; takes no line.
 * @throws {GpioError} notSupported or libraryMissing; permissionDenied when there are chips and none may be opened
 */
export function listGpioChips(devices: GpioDevices = {}): GpioChip[] {
  const { chips, failures } = readChips(openLibc(), devices);
  const [failure] = failures;
  if (chips.length === 0 && failure !== undefined) throw failure;
  return chips;
}

export interface ReadChips {
  readonly chips: GpioChip[];
  /** Why the other chips could not be read. */
  readonly failures: GpioError[];
}

/** Reads every chip, and says of those that cannot be read why not. */
export function readChips(libc: Libc, { devFolder = '/dev' }: GpioDevices): ReadChips {
  const chips: GpioChip[] = [];
  const failures: GpioError[] = [];
  for (const device of chipDevices(devFolder)) {
    try {
      const chip = readChip(libc, device);
      if (chip !== undefined) chips.push(chip);
    } catch (error) {
      if (!(error instanceof GpioError)) throw error;
      failures.push(error);
    }
  }
  return { chips, failures };
}

/** The chips' device files, each once: Raspberry Pi OS links a second name to the Pi 5's chip. */
function chipDevices(devFolder: string): string[] {
  const names = readdirSync(devFolder).filter((name) => /^gpiochip\d+$/.test(name));
  names.sort((a, b) => Number(a.slice('gpiochip'.length)) - Number(b.slice('gpiochip'.length)));
  return [...new Set(names.map((name) => realpathSync(path.join(devFolder, name))))];
}

/** @returns undefined when the chip went away in the meantime */
function readChip(libc: Libc, device: string): GpioChip | undefined {
  try {
    return withChip(device, (descriptor) => {
      const info = chipInfo.empty();
      libc.ioctl(descriptor, GET_CHIP_INFO, info);
      const { name, label, lineCount } = chipInfo.decode(info);
      const lines = Array.from({ length: lineCount }, (_, offset) => readLine(libc, descriptor, offset));
      return { path: device, name, label, lines };
    });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENODEV' || code === 'ENOENT' || code === 'ENXIO') return undefined;
    throw chipFailure(device, error);
  }
}

/** @throws {SyscallError} */
export function readLine(libc: Libc, chipDescriptor: number, offset: number): GpioLine {
  const info = lineInfo.ofLine(offset);
  libc.ioctl(chipDescriptor, GET_LINE_INFO, info);
  const { name, consumer, used } = lineInfo.decode(info);
  return { offset, name, used, ...(consumer !== '' && { consumer }) };
}

/** Opens a chip's device file for the time of `use`. */
export function withChip<T>(device: string, use: (descriptor: number) => T): T {
  const descriptor = openSync(device, 'r+');
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The name of a failed call's error number, "EBUSY", whether Node or we made the call. */
export function errorCode(error: unknown): string | undefined {
  if (error instanceof SyscallError) return error.code;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What a failed call to a chip means to the owner. */
export function chipFailure(device: string, cause: unknown): GpioError {
  const code = errorCode(cause);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return new GpioError(
        'permissionDenied',
        `This user may not open ${device}: run "sudo usermod -aG gpio $USER" and log in again.`,
        { cause },
      );
    case 'ENODEV':
    case 'ENOENT':
    case 'ENXIO':
      return new GpioError('lost', `The GPIO chip ${device} is gone: check its connection, or restart the machine.`, {
        cause,
      });
    case 'ENOTTY':
      return new GpioError(
        'notSupported',
        `The kernel does not offer version 2 of the GPIO interface at ${device}: update it to Linux 5.10 or later.`,
        { cause },
      );
    default:
      return new GpioError('notSupported', `The GPIO chip ${device} refuses to be used (${code ?? String(cause)}).`, {
        cause,
      });
  }
}
