import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { FoundLine } from '../../../../hardware/gpio/chardev/findLine.js';
import { GpioError, type GpioFailure } from '../../../../hardware/gpio/drivers.js';
import { gpioCheck, ledDeviceCheck, spiLeds, sysfsLed } from '../../../../src/doctor/checks/gpio.js';
import { fakeComputer } from '../../../fixtures/fakeComputer.js';

const { signal } = new AbortController();

const lineOf = (name: string, consumer?: string): FoundLine => {
  const line = { offset: 17, name, used: consumer !== undefined, ...(consumer !== undefined && { consumer }) };
  return { chip: { path: '/dev/gpiochip0', name: 'gpiochip0', label: 'pinctrl-rp1', lines: [line] }, line };
};

function check(find: (line: string) => FoundLine, { isRunning = false, isPi = true, lines = ['GPIO17'] } = {}) {
  const named = lines.map((line) => ({ line, setting: 'button.line' }));
  return gpioCheck('button', named, { find, isRunning, isPi }).run(signal);
}

const failing = (reason: GpioFailure) => () => {
  throw new GpioError(reason, `It is ${reason}.`);
};

suite('the check of GPIO lines', () => {
  test('names the chip of one that is free', async () => {
    const { verdict, reason } = await check(lineOf);
    assert.deepEqual([verdict, reason], ['ok', 'GPIO17 of pinctrl-rp1 (/dev/gpiochip0) is free']);
  });

  test('tells who has one, unless it is the running copy', async () => {
    const taken = await check((line) => lineOf(line, 'gpio-keys'));
    assert.equal(taken.verdict, 'degraded');
    assert.match(taken.reason, /in use by gpio-keys/);
    assert.match(taken.remedy ?? '', /set button\.line/);
    assert.equal((await check((line) => lineOf(line, 'pressel'), { isRunning: true })).verdict, 'ok');
    assert.equal((await check((line) => lineOf(line, 'pressel'))).verdict, 'degraded');
  });

  test('says what mends each failure', async () => {
    const cases: readonly (readonly [GpioFailure, RegExp])[] = [
      ['permissionDenied', /^sudo usermod -aG gpio/],
      ['lineUnknown', /^set button\.line to a line of: pressel devices --json$/],
      ['chipMissing', /full-upgrade/],
      ['notSupported', /full-upgrade/],
    ];
    for (const [reason, remedy] of cases) {
      const finding = await check(failing(reason));
      assert.equal(finding.verdict, 'degraded', reason);
      assert.match(finding.remedy ?? '', remedy);
    }
  });

  test('is skipped on a computer that has none, and where none is named', async () => {
    assert.equal((await check(failing('chipMissing'), { isPi: false })).verdict, 'skipped');
    assert.equal((await check(lineOf, { lines: [] })).verdict, 'skipped');
  });

  test('shows the bad ones of several', async () => {
    const { reason } = await check((line) => lineOf(line, line === 'GPIO24' ? 'fan' : undefined), {
      lines: ['GPIO25', 'GPIO24', 'GPIO23'],
    });
    assert.equal(reason, 'GPIO24 of pinctrl-rp1 (/dev/gpiochip0) is in use by fan');
  });
});

suite('the check of LEDs that are no GPIO lines', () => {
  const SPI = '/dev/spidev0.0';

  test('says how to switch SPI on, and who may use it', async () => {
    const run = (computer: Parameters<typeof fakeComputer>[0]) =>
      ledDeviceCheck(fakeComputer(computer), spiLeds(SPI)).run(signal);
    assert.equal((await run({ usable: [SPI] })).verdict, 'ok');
    assert.match((await run({})).remedy ?? '', /raspi-config nonint do_spi 0/);
    assert.match((await run({ denied: [SPI] })).remedy ?? '', /usermod -aG spi/);
  });

  test("finds the kernel's LED by its name", async () => {
    const { verdict } = await ledDeviceCheck(
      fakeComputer({ usable: ['/sys/class/leds/ACT/brightness'] }),
      sysfsLed('ACT'),
    ).run(signal);
    assert.equal(verdict, 'ok');
  });
});
