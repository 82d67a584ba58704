import type { Config } from '../config/config.js';

/** How the configured button did. */
export type PressReport =
  | { readonly seen: 'pressed' }
  /** Nobody pressed it, or nothing came. */
  | { readonly seen: 'nothing' }
  /** It is down already: stuck, or the other way round than is configured. */
  | { readonly seen: 'downAtOnce' };

/** Which LEDs those are: "GPIO27". */
export interface ConfiguredLeds {
  readonly name: string;
  /** False: each is on or off, and has the colour that it has. */
  readonly isColoured: boolean;
}

/** What setup does with button and LEDs. Opens what is configured for each test and closes it again. */
export interface BodyTests {
  /** Which button that is: "GPIO17 is a line of pinctrl-rp1 on Raspberry Pi 5"; undefined: none that hangs on GPIO. */
  button(config: Config): Promise<string | undefined>;
  /** @throws {GpioError} */
  waitForPress(config: Config, patienceMs: number, signal: AbortSignal): Promise<PressReport>;
  /** Which LEDs are configured; undefined: none. */
  leds(config: Config): ConfiguredLeds | undefined;
  /** Shows red, green, blue and dark one behind the other until `signal` aborts. @throws {LedError} */
  showColours(config: Config, signal: AbortSignal): Promise<void>;
}
