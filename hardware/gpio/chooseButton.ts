import type { Clock } from '../clock.js';
import { readBoardModel } from './boardModel.js';
import { ChardevButton } from './chardev/chardevButton.js';
import { findLine } from './chardev/findLine.js';
import { openLibc } from './chardev/libc.js';
import { type ButtonDriver, GpioError, type LineBias } from './drivers.js';
import { KeyboardButton, type KeyboardButtonOptions } from './keyboard/keyboardButton.js';
import { NoButton } from './noButton.js';
import { type LoadRpio, loadRpio } from './rpio/rpio.js';
import { RpioButton } from './rpio/rpioButton.js';
import { SimulatedButton } from './simulatedButton.js';

export type ButtonDriverName = 'auto' | 'chardev' | 'rpio' | 'keyboard' | 'simulated' | 'none';

export interface ButtonChoice {
  readonly driver: ButtonDriverName;
  /** The GPIO line's name: "GPIO17". */
  readonly line: string;
  readonly clock: Clock;
  readonly chipLabel?: string;
  readonly activeLow?: boolean;
  readonly bias?: LineBias;
  readonly debounceMs?: number;
  /** The terminal, where there may be one. */
  readonly terminal?: Omit<KeyboardButtonOptions, 'clock'>;
  /** Default "/proc". */
  readonly procFolder?: string;
  /** Default "/dev". */
  readonly devFolder?: string;
  /** Default: imports the package rpio. */
  readonly loadRpio?: LoadRpio;
}

export interface ChosenButton {
  readonly driver: ButtonDriver;
  /** Why this one, in a sentence for the owner. */
  readonly why: string;
}

/**
 * The button to use. A driver that is named is taken as it is, and says when it is opened what is wrong with it;
 * "auto" looks at the machine: the GPIO line through the kernel, else through rpio where that can help, else the space
 * bar of the terminal. On a Raspberry Pi without a terminal it stays with the line, so that it works as soon as the
 * cause is mended.
 * @throws {GpioError} notSupported when the keyboard is asked for and there is no terminal
 */
export async function chooseButton(choice: ButtonChoice): Promise<ChosenButton> {
  const { driver: name, line, clock } = choice;
  switch (name) {
    case 'chardev':
      return { driver: new ChardevButton(choice), why: `The configuration asks for ${line} through the kernel.` };
    case 'rpio':
      return { driver: rpioButton(choice), why: `The configuration asks for ${line} through rpio.` };
    case 'keyboard':
      return { driver: keyboardButton(choice), why: 'The configuration asks for the space bar.' };
    case 'simulated':
      return { driver: new SimulatedButton(clock), why: 'The configuration asks for a simulated button.' };
    case 'none':
      return { driver: new NoButton(), why: 'The configuration asks for no button.' };
    case 'auto':
      return chooseByMachine(choice);
  }
}

async function chooseByMachine(choice: ButtonChoice): Promise<ChosenButton> {
  const { line, procFolder, terminal, clock } = choice;
  const board = readBoardModel(procFolder);
  const machine = board.model ?? 'this machine';
  let failure: GpioError;
  try {
    const { chip } = findLine(openLibc(), line, choice);
    return { driver: new ChardevButton(choice), why: `${line} is a line of ${chip.label} on ${machine}.` };
  } catch (error) {
    if (!(error instanceof GpioError)) throw error;
    failure = error;
  }
  if (board.gpio === 'bcm283x' && rpioMayHelp(failure) && (await rpioLoads(choice.loadRpio))) {
    return { driver: rpioButton(choice), why: `On ${machine}, rpio: ${failure.message}` };
  }
  if (terminal?.input.isTTY === true) {
    return { driver: new KeyboardButton({ ...terminal, clock }), why: `The space bar: ${failure.message}` };
  }
  if (board.gpio === 'unknown') {
    return { driver: new NoButton(), why: `No button, and no terminal either: ${failure.message}` };
  }
  return { driver: new ChardevButton(choice), why: `On ${machine} it should be ${line}: ${failure.message}` };
}

/** rpio goes round the kernel's GPIO interface; it does not know lines that the kernel does not know. */
function rpioMayHelp({ reason }: GpioError): boolean {
  return reason === 'chipMissing' || reason === 'notSupported' || reason === 'libraryMissing';
}

async function rpioLoads(load: LoadRpio | undefined): Promise<boolean> {
  try {
    await loadRpio(load);
    return true;
  } catch (error) {
    if (error instanceof GpioError) return false;
    throw error;
  }
}

function rpioButton({ loadRpio: load, ...choice }: ButtonChoice): RpioButton {
  return new RpioButton({ ...choice, ...(load !== undefined && { load }) });
}

function keyboardButton({ terminal, clock }: ButtonChoice): KeyboardButton {
  if (terminal !== undefined) return new KeyboardButton({ ...terminal, clock });
  throw new GpioError(
    'notSupported',
    'The button driver "keyboard" needs a terminal, and there is none: start Pressel in a terminal, or choose another driver.',
  );
}
