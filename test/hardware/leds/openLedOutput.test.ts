import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { GpioError } from '../../../hardware/gpio/drivers.js';
import { LedError } from '../../../hardware/leds/drivers.js';
import { type LedParts, type LedSettings, lineNames, openLedOutput } from '../../../hardware/leds/openLedOutput.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { FakeLine } from './fakeLeds.js';

const NOTHING: LedSettings = {
  output: 'auto',
  lines: '',
  activeLow: false,
  spiDevice: '/dev/null',
  pixels: 3,
  sysfsName: '',
  brightness: 1,
};

function machine(t: TestContext) {
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, 'ACT'));
  writeFileSync(path.join(folder, 'ACT', 'max_brightness'), '255');
  const lines: FakeLine[] = [];
  const requests: unknown[] = [];
  const parts: LedParts = {
    openOutputLines(names, activeLow) {
      requests.push([names, activeLow]);
      lines.push(...names.map((name) => new FakeLine(name)));
      return lines;
    },
    sysfsFolder: folder,
  };
  const open = async (settings: Partial<LedSettings>, more: Partial<LedParts> = {}) => {
    const opened = await openLedOutput({ ...NOTHING, ...settings }, { ...parts, ...more });
    t.after(() => opened.output.close());
    return opened;
  };
  return { open, lines, requests, folder };
}

suite('the choice of LEDs', () => {
  const table: readonly (readonly [Partial<LedSettings>, string, RegExp])[] = [
    [{}, 'no LEDs', /no LED is configured: set board/],
    [{ lines: 'GPIO27' }, 'gpio GPIO27', /leds\.lines names GPIO lines/],
    [{ lines: 'GPIO1,GPIO2' }, 'gpio GPIO1, GPIO2', /leds\.lines/],
    [{ lines: 'GPIO1, GPIO2 ,GPIO3' }, 'rgb GPIO1, GPIO2, GPIO3', /three GPIO lines/],
    [{ sysfsName: 'ACT' }, 'sysfs ACT', /leds\.sysfs_name/],
    [{ output: 'gpio', lines: 'GPIO1,GPIO2,GPIO3' }, 'gpio GPIO1, GPIO2, GPIO3', /leds\.output is "gpio"/],
    [{ output: 'none', lines: 'GPIO27' }, 'no LEDs', /leds\.output is "none"/],
  ];
  for (const [settings, name, why] of table) {
    test(`${JSON.stringify(settings)} means ${name}`, async (t) => {
      const opened = await machine(t).open(settings);
      assert.equal(opened.output.name, name);
      assert.match(opened.why, why);
    });
  }

  test('falls to the terminal when there is one and nothing else is configured', async (t) => {
    const drawn: string[] = [];
    const { output } = await machine(t).open({}, { drawTerminal: (dots) => drawn.push(dots), coloured: false });
    output.show([[1, 1, 1]]);
    assert.deepEqual(drawn, ['●']);
  });

  test('hands on which level lights an LED', async (t) => {
    const { open, requests } = machine(t);
    await open({ output: 'gpio', lines: 'GPIO27', activeLow: true });
    assert.deepEqual(requests, [[['GPIO27'], true]]);
  });

  test('goes without LEDs and says why when "auto" finds them broken', async (t) => {
    const { output, why } = await machine(t).open({ sysfsName: 'PWR' });
    assert.equal(output.pixels, 0);
    assert.match(why, /^leds\.sysfs_name names an LED, but: The LED PWR is not there/);
  });
});

suite('LEDs that were asked for and cannot be had', () => {
  const table: readonly (readonly [Partial<LedSettings>, string, RegExp])[] = [
    [{ output: 'gpio' }, 'deviceMissing', /Set leds\.lines, such as "GPIO27"/],
    [{ output: 'rgb', lines: 'GPIO1,GPIO2' }, 'unsupported', /leds\.lines names 2/],
    [{ output: 'sysfs', sysfsName: 'PWR' }, 'deviceMissing', /one of those that are there: ACT/],
    [{ output: 'apa102' }, 'unsupported', /\/dev\/null does not work as an SPI device/],
    [{ output: 'apa102', spiDevice: '/dev/spidev-none' }, 'deviceMissing', /raspi-config nonint do_spi 0/],
    [{ output: 'terminal' }, 'deviceMissing', /no terminal/],
  ];
  for (const [settings, reason, message] of table) {
    test(`${JSON.stringify(settings)} is an error: ${reason}`, async (t) => {
      await assert.rejects(machine(t).open(settings), (error) => {
        assert.ok(error instanceof LedError);
        assert.equal(error.reason, reason);
        assert.match(error.message, message);
        return true;
      });
    });
  }

  test('say what the GPIO driver said', async (t) => {
    const openOutputLines = () => {
      throw new GpioError('lineBusy', 'GPIO27 is used by another program.');
    };
    await assert.rejects(machine(t).open({ output: 'gpio', lines: 'GPIO27' }, { openOutputLines }), {
      reason: 'deviceBusy',
      message: 'The LED on GPIO27 cannot be used. GPIO27 is used by another program.',
    });
  });

  test('leave no line open', async (t) => {
    const { open, lines } = machine(t);
    await assert.rejects(open({ output: 'rgb', lines: 'GPIO1,GPIO2' }));
    assert.deepEqual(
      lines.map((line) => line.closings),
      [1, 1],
    );
  });
});

test('names of lines may have spaces between them', () => {
  assert.deepEqual(lineNames(' GPIO1, GPIO2,,'), ['GPIO1', 'GPIO2']);
});
