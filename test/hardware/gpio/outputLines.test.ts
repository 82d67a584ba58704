import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { listGpioChips } from '../../../hardware/gpio/chardev/chips.js';
import { requestOutputLines } from '../../../hardware/gpio/chardev/outputLines.js';
import type { OutputLine } from '../../../hardware/gpio/drivers.js';
import { HEADER_DEVICE, skipOutsideVirtualMachine, VirtualChip } from './virtualChip.js';

describe('output lines of the GPIO character device', { skip: skipOutsideVirtualMachine }, () => {
  const held: OutputLine[] = [];
  const request: typeof requestOutputLines = (names, options) => {
    const lines = requestOutputLines(names, options);
    held.push(...lines);
    return lines;
  };
  afterEach(() => {
    for (const line of held.splice(0)) line.close();
  });
  const users = () =>
    listGpioChips()
      .flatMap((chip) => chip.lines)
      .filter((line) => line.used)
      .map((line) => ({ name: line.name, consumer: line.consumer }));

  it('are off at first, follow what is set, each for itself, and are off when closed', () => {
    const header = new VirtualChip(HEADER_DEVICE);
    const levels = () => [22, 27].map((offset) => header.level(offset));
    const [red, green] = request(['GPIO22', 'GPIO27']);
    assert.ok(red && green);
    assert.deepEqual([red.name, green.name], ['GPIO22', 'GPIO27']);
    assert.deepEqual(levels(), [0, 0]);
    red.set(true);
    assert.deepEqual(levels(), [1, 0]);
    green.set(true);
    red.set(false);
    assert.deepEqual(levels(), [0, 1]);
    green.close();
    green.close();
    green.set(true);
    assert.deepEqual(users(), [{ name: 'GPIO22', consumer: 'pressel' }]);
  });

  it('are at ground when they are on, where active-low was asked for', () => {
    const header = new VirtualChip(HEADER_DEVICE);
    const [led] = request(['GPIO5'], { activeLow: true });
    assert.equal(header.level(5), 1);
    led?.set(true);
    assert.equal(header.level(5), 0);
  });

  it('are all given back when one of them cannot be had', () => {
    assert.throws(() => request(['GPIO22', 'GPIO99']), { reason: 'lineUnknown' });
    assert.deepEqual(users(), []);
    const [first] = request(['GPIO22']);
    assert.throws(() => request(['GPIO23', 'GPIO22']), { reason: 'lineBusy' });
    assert.deepEqual(users(), [{ name: 'GPIO22', consumer: 'pressel' }]);
    first?.close();
    assert.deepEqual(users(), []);
  });

  it('say that they are lost when their chip is unplugged, and can still be closed', () => {
    const chip = VirtualChip.create('lamp', 'lamp-hat', ['LAMP']);
    const [lamp] = request(['LAMP']);
    chip.unplug();
    assert.throws(() => lamp?.set(true), { reason: 'lost' });
    lamp?.close();
    chip.remove(1);
  });
});

describe('the list of GPIO chips', { skip: skipOutsideVirtualMachine }, () => {
  it('tells each chip once with its label, and the names and users of its lines', () => {
    const { label } = new VirtualChip(HEADER_DEVICE);
    const headers = listGpioChips().filter((chip) => chip.label === label);
    assert.equal(headers.length, 1);
    const [header] = headers;
    assert.match(header?.path ?? '', /^\/dev\/gpiochip\d+$/);
    assert.equal(header?.path, `/dev/${header?.name}`);
    assert.equal(header?.lines.length, 54);
    assert.deepEqual(header?.lines[17], { offset: 17, name: 'GPIO17', used: false });
    assert.equal(header?.lines[40]?.name, '');
  });
});
