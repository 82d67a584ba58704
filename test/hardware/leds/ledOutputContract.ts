import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { LedError, type LedOutput } from '../../../hardware/leds/drivers.js';
import type { Rgb } from '../../../hardware/leds/rgb.js';

/** LEDs under test, and what can be seen of them from outside. */
export interface ObservedLeds {
  readonly output: LedOutput;
  /** Whether pixel `index` is lit in any colour. */
  isLit(index: number): boolean;
  /** How often something was sent to the device. */
  sent(): number;
  /** Unplugs the device. */
  unplug(): void;
}

const WHITE: Rgb = [1, 1, 1];
const DARK: Rgb = [0, 0, 0];

/** What all LEDs keep, however they are connected. `open` makes fresh ones; they have at least one pixel. */
export function ledsKeepTheirContract(name: string, open: (t: TestContext) => Promise<ObservedLeds>): void {
  describe(`${name} as an LED output`, () => {
    async function opened(t: TestContext) {
      const leds = await open(t);
      t.after(() => leds.output.close());
      const { pixels } = leds.output;
      const lit = () => Array.from({ length: pixels }, (_, index) => leds.isLit(index));
      return { ...leds, lit, all: (colour: Rgb) => Array.from({ length: pixels }, () => colour) };
    }

    it('has a name, pixels and at least two levels, and begins dark', async (t) => {
      const { output, lit } = await opened(t);
      assert.notEqual(output.name, '');
      assert.ok(output.pixels >= 1 && output.levels >= 2);
      assert.ok(lit().every((isLit) => !isLit));
    });

    it('lights each pixel on its own', async (t) => {
      const { output, lit, all } = await opened(t);
      for (const wanted of all(DARK).keys()) {
        output.show(all(DARK).map((_, index) => (index === wanted ? WHITE : DARK)));
        assert.deepEqual(
          lit(),
          all(DARK).map((_, index) => index === wanted),
        );
      }
      output.show(all(DARK));
      assert.ok(lit().every((isLit) => !isLit));
    });

    it('takes missing pixels for dark ones and leaves surplus ones out', async (t) => {
      const { output, lit, all } = await opened(t);
      output.show([...all(WHITE), WHITE, WHITE]);
      assert.ok(lit().every((isLit) => isLit));
      output.show([]);
      assert.ok(lit().every((isLit) => !isLit));
    });

    it('brings impossible values back into range', async (t) => {
      const { output, lit, all } = await opened(t);
      output.show(all([7, Infinity, 2]));
      assert.ok(lit().every((isLit) => isLit));
      output.show(all([-1, Number.NaN, -Infinity]));
      assert.ok(lit().every((isLit) => !isLit));
    });

    it('is dark once closed, stays so, and may be closed twice', async (t) => {
      const { output, lit, all, sent } = await opened(t);
      output.show(all(WHITE));
      await Promise.all([output.close(), output.close()]);
      assert.ok(lit().every((isLit) => !isLit));
      const sentBefore = sent();
      output.show(all(WHITE));
      await output.close();
      assert.equal(sent(), sentBefore);
    });

    it('says deviceLost and what to do when the device is gone, and still closes', async (t) => {
      const { output, unplug, all } = await opened(t);
      unplug();
      assert.throws(
        () => output.show(all(WHITE)),
        (error) => error instanceof LedError && error.reason === 'deviceLost' && error.remedy !== '',
      );
      await output.close();
    });
  });
}
