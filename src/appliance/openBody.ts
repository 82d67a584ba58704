import type { Clock } from '../../hardware/clock.js';
import { requestOutputLines } from '../../hardware/gpio/chardev/outputLines.js';
import { chooseButton } from '../../hardware/gpio/chooseButton.js';
import { type ButtonDriver, GpioError } from '../../hardware/gpio/drivers.js';
import type { KeyboardButtonOptions } from '../../hardware/gpio/keyboard/keyboardButton.js';
import { LedError, type LedOutput } from '../../hardware/leds/drivers.js';
import { parsePatterns } from '../../hardware/leds/ledPatterns.js';
import { LedShow } from '../../hardware/leds/ledShow.js';
import { noLeds } from '../../hardware/leds/noLeds.js';
import { openLedOutput } from '../../hardware/leds/openLedOutput.js';
import { type ButtonDelays, buttonDelayDefaults } from '../../machines/buttonDelays.js';
import type { Config } from '../config/config.js';
import type { Log } from '../observability/log.js';

/** A terminal for people: its keys are a button, and it can show a light. */
export interface BodyTerminal {
  readonly keys: Omit<KeyboardButtonOptions, 'clock'>;
  readonly drawLight: (dots: string) => void;
}

/** The configured LEDs; where they cannot be had, none, and the log says why. The caller closes both. */
export async function openLights(
  { leds, ledPatterns }: Config,
  terminal: BodyTerminal | undefined,
  clock: Clock,
  log: Log,
): Promise<{ readonly show: LedShow; readonly output: LedOutput }> {
  const output = await openLedOutput(leds, {
    openOutputLines: (names, activeLow) => requestOutputLines(names, { activeLow }),
    ...(terminal === undefined ? {} : { drawTerminal: terminal.drawLight }),
  }).then(
    (opened) => {
      log.debug({ leds: opened.output.name, why: opened.why }, 'LEDs');
      return opened.output;
    },
    (error: unknown) => {
      if (!(error instanceof LedError)) throw error;
      log.warn(`There are no LEDs: ${error.message}`);
      return noLeds();
    },
  );
  const patterns = parsePatterns(ledPatterns);
  const show = new LedShow({ output, clock, patterns, onFailed: (error) => log.warn(error.message) });
  return { show, output };
}

/** The configured button; where it cannot be had, none, and the log says why. */
export async function openButton(
  { button }: Config,
  terminal: BodyTerminal | undefined,
  clock: Clock,
  log: Log,
): Promise<ButtonDriver | undefined> {
  try {
    const { driver, why } = await chooseButton({
      driver: button.driver,
      line: button.line,
      activeLow: button.activeLow,
      bias: button.activeLow ? 'pullUp' : 'pullDown',
      debounceMs: button.debounceMs,
      clock,
      ...(button.chip === '' ? {} : { chipLabel: button.chip }),
      ...(terminal === undefined ? {} : { terminal: terminal.keys }),
    });
    log.info({ button: driver.name }, why);
    return driver;
  } catch (error) {
    if (!(error instanceof GpioError)) throw error;
    log.warn(`There is no button: ${error.message}`);
    return undefined;
  }
}

/** Beyond the end of a tap, but not before a good part of the way to a long press has gone by. */
const COUNTING_SHARE = 0.15;
/** A longer hold than the one that mutes. */
const SHUTDOWN_MARGIN_MS = 2_000;

/** The gestures as configured; what is not configurable keeps its distance from what is. */
export function buttonDelaysOf({ button }: Config): ButtonDelays {
  const { holdAfterMs, longPressMs, doubleTapMs } = button;
  return {
    ...buttonDelayDefaults,
    holdAfterMs,
    doubleTapMs,
    longPressMs,
    countingAfterMs: holdAfterMs + COUNTING_SHARE * (longPressMs - holdAfterMs),
    shutdownMs: Math.max(buttonDelayDefaults.shutdownMs, longPressMs + SHUTDOWN_MARGIN_MS),
  };
}
