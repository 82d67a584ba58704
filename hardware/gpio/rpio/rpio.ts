import { GpioError } from '../drivers.js';

/** The part of the npm package rpio that is used here. */
export interface Rpio {
  readonly INPUT: number;
  readonly PULL_OFF: number;
  readonly PULL_DOWN: number;
  readonly PULL_UP: number;
  init(options: { readonly gpiomem: boolean; readonly mapping: 'gpio'; readonly close_on_exit: boolean }): void;
  open(pin: number, mode: number, pull: number): void;
  /** 0 or 1: the voltage, whatever it means. */
  read(pin: number): number;
  close(pin: number): void;
  on(event: 'warn', listener: (message: string) => void): unknown;
  removeListener(event: 'warn', listener: (message: string) => void): unknown;
}

export type LoadRpio = () => Promise<unknown>;

/** Its name is not written in an `import`, because the package is optional and has no types. */
const PACKAGE = 'rpio';

/**
 * The package rpio, which is there only where a compiler was.
 * @throws {GpioError} libraryMissing
 */
export async function loadRpio(load: LoadRpio = () => import(PACKAGE)): Promise<Rpio> {
  let cause: unknown;
  try {
    const loaded = await load();
    if (isModule(loaded) && isRpio(loaded.default)) return loaded.default;
  } catch (error) {
    cause = error;
  }
  throw new GpioError(
    'libraryMissing',
    'The optional package rpio is not installed or does not load: run "sudo apt install build-essential python3 && npm install rpio", or use the button driver "chardev".',
    { cause },
  );
}

function isModule(loaded: unknown): loaded is { readonly default: unknown } {
  return typeof loaded === 'object' && loaded !== null && 'default' in loaded;
}

function isRpio(candidate: unknown): candidate is Rpio {
  return typeof candidate === 'object' && candidate !== null && 'init' in candidate && 'read' in candidate;
}
