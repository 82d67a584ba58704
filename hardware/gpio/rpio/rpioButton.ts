import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../clock.js';
import { readBoardModel } from '../boardModel.js';
import { type ButtonDriver, type ButtonEdge, DEFAULT_DEBOUNCE_MS, GpioError, type LineBias } from '../drivers.js';
import { polledEdges } from '../polledEdges.js';
import { type LoadRpio, loadRpio, type Rpio } from './rpio.js';

export interface RpioButtonOptions {
  /** "GPIO17": the processor's numbering, not the header's. */
  readonly line: string;
  readonly clock: Clock;
  /** The button pulls the line to ground when it is down. Default true. */
  readonly activeLow?: boolean;
  /** Default "pullUp". */
  readonly bias?: LineBias;
  /** How long the contact must be still before its state counts. Default 15. */
  readonly debounceMs?: number;
  /** Default "/proc". */
  readonly procFolder?: string;
  /** Default "/dev". */
  readonly devFolder?: string;
  /** Default: imports the package rpio. */
  readonly load?: LoadRpio;
}

/** Half of what a person could notice, and 1.4 % of a core; rpio's own `poll` takes interrupts away from the kernel. */
const POLL_MS = 10;

/**
 * A button read through the npm package rpio, which maps the registers of the processor: Raspberry Pi up to the 4.
 * rpio works behind the
 * kernel's back: it does not see that the line is in use.
 */
export class RpioButton implements ButtonDriver {
  readonly name: string;
  readonly #options: RpioButtonOptions;

  constructor(options: RpioButtonOptions) {
    this.#options = options;
    this.name = `rpio ${options.line}`;
  }

  async *edges(signal: AbortSignal): AsyncGenerator<ButtonEdge, void, void> {
    signal.throwIfAborted();
    const { clock, line, activeLow = true, bias = 'pullUp', debounceMs = DEFAULT_DEBOUNCE_MS } = this.#options;
    const { procFolder, devFolder = '/dev', load } = this.#options;
    refuseOtherBoards(procFolder);
    const pin = pinOf(line);
    checkAccess(path.join(devFolder, 'gpiomem'));
    const rpio = await loadRpio(load);
    signal.throwIfAborted();
    initialise(rpio);
    openPin(rpio, pin, line, bias);
    try {
      const downLevel = activeLow ? 0 : 1;
      yield* polledEdges(() => rpio.read(pin) === downLevel, { clock, pollMs: POLL_MS, debounceMs }, signal);
    } finally {
      // Not rpio.exit(): it would unmap the registers under whoever else in this process reads a pin.
      rpio.close(pin);
    }
  }
}

/**
 * Before rpio is loaded, because it takes any machine that it does not know for a Pi 3 without hardware, in which every
 * button is down for ever, and a Pi 5 for a Pi 4.
 */
function refuseOtherBoards(procFolder: string | undefined): void {
  const { model = 'a machine that is no Raspberry Pi', gpio } = readBoardModel(procFolder);
  if (gpio === 'bcm283x') return;
  throw new GpioError(
    'notSupported',
    `The button driver "rpio" works on a Raspberry Pi up to the 4, and this is ${model}: use the driver "${gpio === 'rp1' ? 'chardev' : 'keyboard'}".`,
  );
}

function pinOf(line: string): number {
  const number = /^GPIO(\d+)$/.exec(line)?.[1];
  if (number !== undefined) return Number(number);
  throw new GpioError('lineUnknown', `The driver "rpio" knows no line ${line}: lines are named GPIO2 to GPIO27.`);
}

function checkAccess(device: string): void {
  try {
    accessSync(device, constants.R_OK | constants.W_OK);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      throw new GpioError('chipMissing', `There is no ${device}: update the system, or use the driver "chardev".`, {
        cause,
      });
    }
    throw new GpioError(
      'permissionDenied',
      `This user may not open ${device}: run "sudo usermod -aG gpio $USER" and log in again.`,
      { cause },
    );
  }
}

function initialise(rpio: Rpio): void {
  const warnings: string[] = [];
  const onWarning = (message: string) => {
    warnings.push(message);
  };
  rpio.on('warn', onWarning);
  try {
    rpio.init({ gpiomem: true, mapping: 'gpio', close_on_exit: false });
  } catch (cause) {
    throw new GpioError(
      'notSupported',
      'rpio cannot map the GPIO registers of this machine: use the driver "chardev".',
      { cause },
    );
  } finally {
    rpio.removeListener('warn', onWarning);
  }
  // Its only warning: it did not recognise the machine and only pretends from now on.
  const [warning] = warnings;
  if (warning === undefined) return;
  throw new GpioError('notSupported', `rpio does not know this machine (${warning}): use the driver "chardev".`);
}

function openPin(rpio: Rpio, pin: number, line: string, bias: LineBias): void {
  const pull = { pullUp: rpio.PULL_UP, pullDown: rpio.PULL_DOWN, none: rpio.PULL_OFF }[bias];
  try {
    rpio.open(pin, rpio.INPUT, pull);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw why.includes('in use')
      ? new GpioError('lineBusy', `The GPIO line ${line} is in use through /sys/class/gpio: stop that program.`, {
          cause,
        })
      : new GpioError('lineUnknown', `This Raspberry Pi has no line ${line} on its header (${why}).`, { cause });
  }
}
