import { sleep, systemClock } from '../../../hardware/clock.js';
import { readBoardModel } from '../../../hardware/gpio/boardModel.js';
import { requestOutputLines } from '../../../hardware/gpio/chardev/outputLines.js';
import { chooseButton } from '../../../hardware/gpio/chooseButton.js';
import { lineNames, openLedOutput } from '../../../hardware/leds/openLedOutput.js';
import { DARK, type Rgb } from '../../../hardware/leds/rgb.js';
import type { Config } from '../../config/config.js';
import type { BodyTests } from '../../setup/bodyTests.js';

const COLOURS: readonly Rgb[] = [[1, 0, 0], [0, 1, 0], [0, 0, 1], DARK];
const COLOUR_MS = 700;

/** Down sooner than anybody can press after being asked: it was down before. */
const SOONEST_PRESS_MS = 150;

/** The button and LED tests of setup on this computer. */
export function realBodyTests(): BodyTests {
  return {
    button: async (config) => {
      const { driver, why } = await chosen(config);
      // A computer with no GPIO has a keyboard at best, and that is the terminal's.
      return driver.name === 'none' || isAbsent(config) ? undefined : why;
    },
    waitForPress: async (config, patienceMs, signal) => {
      const { driver } = await chosen(config);
      const patience = AbortSignal.timeout(patienceMs);
      const beganMs = systemClock.now();
      try {
        for await (const edge of driver.edges(AbortSignal.any([signal, patience]))) {
          if (!edge.pressed) continue;
          return { seen: edge.atMs - beganMs < SOONEST_PRESS_MS ? 'downAtOnce' : 'pressed' };
        }
      } catch (error) {
        signal.throwIfAborted();
        if (!patience.aborted) throw error;
      }
      return { seen: 'nothing' };
    },
    leds: ({ leds }) => {
      if (leds.output === 'none' || leds.output === 'terminal') return undefined;
      if (leds.output === 'apa102') return { name: `${leds.pixels} on ${leds.spiDevice}`, isColoured: true };
      const lines = lineNames(leds.lines);
      const isColoured = leds.output === 'rgb' || (leds.output === 'auto' && lines.length === 3);
      if (lines.length > 0) return { name: lines.join(', '), isColoured };
      return leds.sysfsName === '' ? undefined : { name: leds.sysfsName, isColoured };
    },
    showColours: async ({ leds }, signal) => {
      const { output } = await openLedOutput(leds, {
        openOutputLines: (names, activeLow) => requestOutputLines(names, { activeLow }),
      });
      try {
        for (let turn = 0; !signal.aborted; turn++) {
          const colour = COLOURS[turn % COLOURS.length] ?? DARK;
          output.show(Array.from({ length: output.pixels }, () => colour));
          await sleep(systemClock, COLOUR_MS, signal).catch(() => {});
        }
      } finally {
        await output.close();
      }
    },
  };
}

function isAbsent({ button }: Config): boolean {
  if (button.driver === 'none' || button.driver === 'keyboard') return true;
  return button.driver === 'auto' && readBoardModel().gpio === 'unknown';
}

function chosen({ button }: Config) {
  return chooseButton({
    driver: button.driver === 'keyboard' ? 'none' : button.driver,
    line: button.line,
    activeLow: button.activeLow,
    bias: button.activeLow ? 'pullUp' : 'pullDown',
    debounceMs: button.debounceMs,
    clock: systemClock,
    ...(button.chip === '' ? {} : { chipLabel: button.chip }),
  });
}
