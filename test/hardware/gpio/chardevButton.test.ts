import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sleep, systemClock } from '../../../hardware/clock.js';
import { ChardevButton, type ChardevButtonOptions } from '../../../hardware/gpio/chardev/chardevButton.js';
import { listGpioChips } from '../../../hardware/gpio/chardev/chips.js';
import { GpioError, type GpioFailure } from '../../../hardware/gpio/drivers.js';
import { type ButtonRig, buttonContract, listen, until } from './buttonContract.js';
import { HEADER_DEVICE, skipOutsideVirtualMachine, VirtualChip } from './virtualChip.js';

const BUTTON_OFFSET = 17;
const DEBOUNCE_MS = 15;
/** The kernel debounces on its own clock, which no test can turn. */
const settle = () => sleep(systemClock, 4 * DEBOUNCE_MS, new AbortController().signal);

function lineUsed(name: string): boolean {
  return listGpioChips().some((chip) => chip.lines.some((line) => line.name === name && line.used));
}

/** The simulated chip has one resistor for both sides: a request with a bias would open the contact that we closed. */
function openRig(options: Partial<ChardevButtonOptions> = { bias: 'none' }): ButtonRig {
  const header = new VirtualChip(HEADER_DEVICE);
  header.open(BUTTON_OFFSET);
  return {
    driver: new ChardevButton({ line: 'GPIO17', clock: systemClock, ...options }),
    press: () => header.ground(BUTTON_OFFSET),
    release: () => header.open(BUTTON_OFFSET),
    settle,
    held: () => lineUsed('GPIO17'),
    async bounce() {
      const down = header.level(BUTTON_OFFSET) === 0;
      for (let bounces = 0; bounces < 8; bounces += 1) {
        if (down) header.open(BUTTON_OFFSET);
        else header.ground(BUTTON_OFFSET);
        if (down) header.ground(BUTTON_OFFSET);
        else header.open(BUTTON_OFFSET);
      }
    },
    close: () => header.open(BUTTON_OFFSET),
  };
}

buttonContract('a line of the GPIO character device', openRig, { skip: skipOutsideVirtualMachine });

/** How opening `button` fails. */
async function failure(button: ChardevButton): Promise<GpioError> {
  const stop = new AbortController();
  const heard = listen(button, stop.signal);
  const timer = systemClock.setTimeout(() => stop.abort(), 1000);
  const error = await heard.ended;
  systemClock.clearTimeout(timer);
  assert.ok(error instanceof GpioError, String(error));
  return error;
}

function assertFailure(error: GpioError, reason: GpioFailure, ...says: RegExp[]): void {
  assert.equal(error.reason, reason);
  for (const words of says) assert.match(error.message, words);
}

const openedWithBias = (bias: ChardevButtonOptions['bias']) =>
  new ChardevButton({ line: 'GPIO17', clock: systemClock, ...(bias && { bias }) });

const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity;
const shown = (values: number[]) =>
  `median ${middle(values).toFixed(1)} ms, worst ${Math.max(...values).toFixed(1)} ms`;

describe('a button on the GPIO character device', { skip: skipOutsideVirtualMachine }, () => {
  for (const debounceMs of [0, DEBOUNCE_MS]) {
    it(`tells edges within 20 ms, with a debounce time of ${debounceMs} ms`, async (test) => {
      const rig = openRig({ debounceMs });
      const stop = new AbortController();
      const sinceStamp: number[] = [];
      const sinceContact: number[] = [];
      const change = (press: boolean) => {
        const startedMs = systemClock.now();
        if (press) rig.press();
        else rig.release();
        return startedMs;
      };
      const edges = rig.driver.edges(stop.signal)[Symbol.asyncIterator]();
      for (let count = 0; count < 20; count += 1) {
        const arrival = edges.next();
        await until(rig.held);
        const changedMs = change(count % 2 === 0);
        const { value } = await arrival;
        const nowMs = systemClock.now();
        assert.ok(value);
        sinceStamp.push(nowMs - value.atMs);
        sinceContact.push(nowMs - changedMs);
        await settle();
      }
      await edges.return?.();
      rig.close();
      test.diagnostic(`debounce ${debounceMs} ms, kernel's time stamp to caller: ${shown(sinceStamp)}`);
      test.diagnostic(`debounce ${debounceMs} ms, contact to caller: ${shown(sinceContact)}`);
      assert.ok(middle(sinceStamp) <= 20);
      // The kernel counts the debounce time in its ticks, 10 ms long in the virtual machine.
      if (debounceMs === 0) assert.ok(middle(sinceContact) <= 20);
    });
  }

  it('asks for the pull-up resistor unless told otherwise', async () => {
    const header = new VirtualChip(HEADER_DEVICE);
    header.ground(BUTTON_OFFSET);
    for (const { bias, level } of [
      { bias: 'none', level: 0 },
      { bias: 'pullUp', level: 1 },
      { bias: 'pullDown', level: 0 },
      { bias: undefined, level: 1 },
    ] as const) {
      const stop = new AbortController();
      const heard = listen(openedWithBias(bias), stop.signal);
      await until(() => lineUsed('GPIO17'));
      assert.equal(header.level(BUTTON_OFFSET), level, `bias ${bias}`);
      stop.abort();
      await heard.ended;
    }
  });

  it('takes a high line for pressed where the button is active-high', async () => {
    const header = new VirtualChip(HEADER_DEVICE);
    const stop = new AbortController();
    const button = new ChardevButton({ line: 'GPIO17', clock: systemClock, activeLow: false, bias: 'pullDown' });
    const heard = listen(button, stop.signal);
    await until(() => lineUsed('GPIO17'));
    header.open(BUTTON_OFFSET);
    await settle();
    header.ground(BUTTON_OFFSET);
    await settle();
    assert.deepEqual(heard.states(), [true, false]);
    stop.abort();
    await heard.ended;
  });

  it('names the nearest lines when there is none of the name', async () => {
    const button = new ChardevButton({ line: 'GPOI17', clock: systemClock });
    assertFailure(await failure(button), 'lineUnknown', /GPOI17/, /nearest names are .*GPIO17/);
  });

  it('finds the line on the chip of a label, and names the labels there are', async () => {
    const { label } = new VirtualChip(HEADER_DEVICE);
    const heard = new AbortController();
    const there = listen(new ChardevButton({ line: 'GPIO17', chipLabel: label, clock: systemClock }), heard.signal);
    await until(() => lineUsed('GPIO17'));
    heard.abort();
    await there.ended;
    const elsewhere = new ChardevButton({ line: 'GPIO17', chipLabel: 'pinctrl-none', clock: systemClock });
    assertFailure(await failure(elsewhere), 'chipMissing', /pinctrl-none/, new RegExp(label));
  });

  it('says who holds a line that is in use', async () => {
    const rig = openRig();
    const stop = new AbortController();
    const first = listen(rig.driver, stop.signal);
    await until(rig.held);
    assertFailure(await failure(new ChardevButton({ line: 'GPIO17', clock: systemClock })), 'lineBusy', /by pressel/);
    rig.press();
    await settle();
    assert.deepEqual(first.states(), [true], 'the first holder goes on');
    stop.abort();
    await first.ended;
    rig.close();
  });

  it('tells how to be allowed to open the chips', async () => {
    const nobody = 65534;
    process.seteuid?.(nobody);
    try {
      const button = new ChardevButton({ line: 'GPIO17', clock: systemClock });
      assertFailure(await failure(button), 'permissionDenied', /gpiochip/, /usermod -aG gpio \$USER/);
      assert.throws(() => listGpioChips(), { reason: 'permissionDenied' });
    } finally {
      process.seteuid?.(0);
    }
  });

  it('ends when the chip is unplugged, and opens again when it is back', async () => {
    const chip = VirtualChip.create('hat', 'button-hat', ['HAT_BUTTON']);
    const stop = new AbortController();
    const button = new ChardevButton({ line: 'HAT_BUTTON', clock: systemClock });
    const before = listen(button, stop.signal);
    await until(() => lineUsed('HAT_BUTTON'));
    chip.unplug();
    const error = await before.ended;
    assert.ok(error instanceof GpioError, String(error));
    assertFailure(error, 'lost', /HAT_BUTTON/, /button-hat/);
    assertFailure(await failure(button), 'lineUnknown');
    chip.plugIn();
    chip.open(0);
    const after = listen(button, stop.signal);
    await until(() => lineUsed('HAT_BUTTON'));
    chip.ground(0);
    await settle();
    assert.deepEqual(after.states(), [true]);
    stop.abort();
    await after.ended;
    chip.remove(1);
  });
});
