import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { apa102Leds, encodeApa102 } from '../../../hardware/leds/apa102.js';
import { LedError } from '../../../hardware/leds/drivers.js';
import { gpioLeds, rgbLed } from '../../../hardware/leds/gpioLeds.js';
import { noLeds } from '../../../hardware/leds/noLeds.js';
import { openSpiDevice } from '../../../hardware/leds/spiDevice.js';
import { openSysfsLed } from '../../../hardware/leds/sysfsLed.js';
import { terminalDots, terminalLeds } from '../../../hardware/leds/terminalLeds.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { FakeLine, FakeSpi } from './fakeLeds.js';
import { ledsKeepTheirContract } from './ledOutputContract.js';

const gone = () => new LedError('deviceLost', 'It is gone.', 'Plug it in.');

function fakeLines() {
  return [new FakeLine('GPIO25'), new FakeLine('GPIO24'), new FakeLine('GPIO23')] as const;
}

/** A folder that looks like /sys/class/leds with one LED in it. */
function fakeSysfs(t: TestContext, files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder(t);
  const file = (name: string) => path.join(folder, 'ACT', name);
  mkdirSync(path.join(folder, 'ACT'));
  for (const [name, contents] of Object.entries(files)) writeFileSync(file(name), contents);
  return { folder, read: (name: string) => readFileSync(file(name), 'utf8') };
}

const KERNEL_LED = { max_brightness: '255\n', brightness: '0\n', trigger: 'none timer [mmc0] heartbeat\n' };

ledsKeepTheirContract('LEDs on GPIO lines', async () => {
  const lines = fakeLines();
  return {
    output: gpioLeds(lines),
    isLit: (index) => lines[index]?.isOn === true,
    sent: () => lines.reduce((sum, line) => sum + line.states.length, 0),
    unplug: () => {
      for (const line of lines) line.fault = new Error('EIO');
    },
  };
});

ledsKeepTheirContract('an RGB LED on three lines', async () => {
  const lines = fakeLines();
  return {
    output: rgbLed(lines),
    isLit: () => lines.some((line) => line.isOn),
    sent: () => lines.reduce((sum, line) => sum + line.states.length, 0),
    unplug: () => {
      for (const line of lines) line.fault = new Error('EIO');
    },
  };
});

ledsKeepTheirContract('APA102 LEDs', async () => {
  const spi = new FakeSpi();
  return {
    output: apa102Leds(spi, { pixels: 3, brightness: 0.5 }),
    isLit: (index) =>
      spi.written
        .at(-1)
        ?.slice(5 + 4 * index, 8 + 4 * index)
        .some((byte) => byte > 0) === true,
    sent: () => spi.written.length,
    unplug: () => {
      spi.fault = gone();
    },
  };
});

ledsKeepTheirContract('an LED of the kernel', async (t) => {
  const { folder, read } = fakeSysfs(t, KERNEL_LED);
  let lastSeen = '0';
  return {
    output: openSysfsLed({ name: 'ACT', brightness: 0.5, folder }),
    isLit: () => {
      lastSeen = read('brightness');
      return Number(lastSeen) > 0;
    },
    // A file does not count its writes; what matters is that nothing changes it any more.
    sent: () => Number(read('brightness')),
    unplug: () => rmSync(path.join(folder, 'ACT'), { recursive: true }),
  };
});

suite('an RGB LED on three lines', () => {
  test('mixes eight colours', () => {
    const lines = fakeLines();
    rgbLed(lines).show([[1, 0.3, 0.1]]);
    assert.deepEqual(
      lines.map((line) => line.isOn),
      [true, true, false],
    );
  });

  test('switches only the lines that change', () => {
    const lines = fakeLines();
    const led = rgbLed(lines);
    led.show([[1, 0, 0]]);
    led.show([[1, 1, 0]]);
    led.show([[0.9, 1, 0]]);
    assert.deepEqual(
      lines.map((line) => line.states),
      [[true], [false, true], [false]],
    );
  });

  test('closes every line, even when one fails', async () => {
    const lines = fakeLines();
    lines[0].fault = new Error('EIO');
    await rgbLed(lines).close();
    assert.deepEqual(
      lines.map((line) => line.closings),
      [1, 1, 1],
    );
  });
});

suite('the picture that APA102 LEDs read', () => {
  test('is a start frame, brightness and blue, green, red for each LED, and an end frame', () => {
    const bytes = encodeApa102(
      [
        [1, 0, 0],
        [0, 0.5, 1],
      ],
      31,
    );
    // biome-ignore format: one line for each part of the frame
    assert.deepEqual([...bytes], [
      0, 0, 0, 0,
      0xff, 0, 0, 255,
      0xff, 255, 128, 0,
      0, 0, 0, 0, 0,
    ]);
  });

  test('carries a brightness of 0 to 31 beside the colour', () => {
    assert.deepEqual([...encodeApa102([[1, 1, 1]], 9).slice(4, 8)], [0xe9, 255, 255, 255]);
  });

  test('has half a clock for every LED behind the 32 bits that an SK9822 waits for', () => {
    for (const count of [1, 3, 16, 17, 64, 300]) {
      const pixels = Array.from({ length: count }, () => [1, 1, 1] as const);
      const endBits = (encodeApa102(pixels, 31).length - 4 - 4 * count) * 8;
      assert.ok(endBits >= 32 + count / 2, `${count}`);
    }
  });

  test('is as bright as the owner wants', () => {
    for (const [brightness, step] of [
      [1, 31],
      [0.3, 10],
      [0.001, 1],
      [0, 0],
    ] as const) {
      const spi = new FakeSpi();
      apa102Leds(spi, { pixels: 1, brightness }).show([[1, 1, 1]]);
      assert.equal(spi.written[0]?.[4], 0xe0 | step);
    }
  });
});

suite('an SPI device', () => {
  test('that is not there is explained with the command that enables SPI', async (t) => {
    const file = path.join(temporaryFolder(t), 'spidev0.0');
    await assert.rejects(openSpiDevice(file, 4_000_000), (error) => {
      assert.ok(error instanceof LedError && error.reason === 'deviceMissing');
      assert.match(
        error.message,
        /spidev0\.0 is not there \(ENOENT\)\. Enable SPI with "sudo raspi-config nonint do_spi 0"/,
      );
      return true;
    });
  });

  test('that is something else is refused', async () => {
    await assert.rejects(openSpiDevice('/dev/null', 4_000_000), { name: 'LedError', reason: 'unsupported' });
  });
});

suite('an LED of the kernel', () => {
  test('gives up its trigger while it is used and has it back at the end', async (t) => {
    const { folder, read } = fakeSysfs(t, KERNEL_LED);
    const led = openSysfsLed({ name: 'ACT', brightness: 1, folder });
    assert.equal(read('trigger'), 'none');
    await led.close();
    assert.equal(read('trigger'), 'mmc0');
    assert.equal(read('brightness'), '0');
  });

  test('is dimmed where it can be', (t) => {
    const { folder, read } = fakeSysfs(t, KERNEL_LED);
    const led = openSysfsLed({ name: 'ACT', brightness: 0.5, folder });
    led.show([[0, 0, 1]]);
    assert.equal(read('brightness'), '128');
    assert.equal(led.levels, 256);
  });

  test('that can only be on or off is on or off', (t) => {
    const { folder, read } = fakeSysfs(t, { max_brightness: '1\n', brightness: '0\n' });
    const led = openSysfsLed({ name: 'ACT', brightness: 0.1, folder });
    assert.equal(led.levels, 2);
    led.show([[0.1, 0, 0]]);
    assert.equal(read('brightness'), '0');
    led.show([[0.3, 0, 0]]);
    assert.equal(read('brightness'), '1');
  });

  test('that is not there is refused with the names of those that are', (t) => {
    const { folder } = fakeSysfs(t, KERNEL_LED);
    assert.throws(() => openSysfsLed({ name: 'PWR', brightness: 1, folder }), {
      reason: 'deviceMissing',
      message: 'The LED PWR is not there (ENOENT). Set leds.sysfs_name to one of those that are there: ACT.',
    });
  });
});

suite('a light on a terminal', () => {
  test('is a coloured dot', () => {
    assert.equal(terminalDots([[1, 0, 0]], true), '\u001b[38;2;255;0;0m●\u001b[39m');
    assert.equal(terminalDots([[0, 0, 0]], true), '○');
    assert.equal(terminalDots([[0.05, 0, 0]], true), '\u001b[38;2;64;0;0m●\u001b[39m');
  });

  test('is filled or empty without colours', () => {
    const pixels = [
      [1, 0, 0],
      [0.05, 0, 0],
    ] as const;
    assert.equal(terminalDots(pixels, false), '●○');
  });

  test('is empty once closed', async () => {
    const drawn: string[] = [];
    const led = terminalLeds((dots) => drawn.push(dots), false);
    led.show([[1, 1, 1]]);
    await led.close();
    led.show([[1, 1, 1]]);
    assert.deepEqual(drawn, ['●', '○']);
  });
});

test('no LEDs take everything and do nothing', async () => {
  const none = noLeds();
  none.show([[1, 1, 1]]);
  await none.close();
  assert.equal(none.pixels, 0);
});
