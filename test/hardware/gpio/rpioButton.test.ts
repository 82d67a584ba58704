import assert from 'node:assert/strict';
import fs, { chmodSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { GpioError } from '../../../hardware/gpio/drivers.js';
import { RpioButton, type RpioButtonOptions } from '../../../hardware/gpio/rpio/rpioButton.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { type ButtonRig, buttonContract, listen, until } from './buttonContract.js';
import { FakeBcm283x, fakeModelForRpio, rpioOn, skipWithoutRpio } from './fakeBcm283x.js';
import { type FakeBoard, fakeBoard } from './fakeBoard.js';

const PI_4 = 'Raspberry Pi 4 Model B Rev 1.4';
const PIN = 17;
const POLL_MS = 10;

describe('rpio', { skip: skipWithoutRpio }, () => {
  let board: FakeBoard;
  beforeEach((test) => {
    board = fakeBoard(PI_4, ['gpiomem']);
    // A hook's context is the test's own, although its type says less.
    if ('mock' in test) fakeModelForRpio(test, PI_4);
  });
  afterEach(() => board.remove());

  function rpioRig(options: Partial<RpioButtonOptions> = {}): ButtonRig & { readonly registers: FakeBcm283x } {
    const clock = new SteppedClock();
    const registers = new FakeBcm283x();
    const step = async () => {
      clock.advance(POLL_MS);
      await nextTick();
    };
    let down = false;
    const set = (grounded: boolean) => {
      down = grounded;
      if (grounded) registers.ground(PIN);
      else registers.open(PIN);
    };
    return {
      registers,
      driver: new RpioButton({ line: 'GPIO17', clock, ...board, load: rpioOn(registers), ...options }),
      press: () => set(true),
      release: () => set(false),
      async settle() {
        for (let steps = 0; steps < 5; steps += 1) await step();
      },
      held: () => clock.waiting > 0,
      async bounce() {
        for (let bounces = 0; bounces < 4; bounces += 1) {
          set(!down);
          await step();
          set(!down);
          await step();
        }
      },
      close: () => {},
    };
  }

  buttonContract('a pin read through rpio', rpioRig);

  /** How opening it fails, and what the registers saw of it. */
  async function failure(options: Partial<RpioButtonOptions>): Promise<GpioError> {
    const { driver, registers } = rpioRig(options);
    const error = await listen(driver, new AbortController().signal).ended;
    assert.ok(error instanceof GpioError, String(error));
    assert.ok(
      registers.calls.every((call) => call.startsWith('rpio_init')),
      'no pin was touched',
    );
    return error;
  }

  it("makes the pin an input with the pull-up resistor, by the processor's numbering, and leaves an input", async () => {
    const rig = rpioRig();
    const stop = new AbortController();
    const heard = listen(rig.driver, stop.signal);
    await until(rig.held);
    assert.equal(rig.registers.pullOf(PIN), 'up');
    assert.equal(rig.registers.functionOf(PIN), 0);
    stop.abort();
    await heard.ended;
    assert.deepEqual(rig.registers.calls, [
      'rpio_init 0 1',
      'gpio_function 17 0',
      'gpio_pud 17 2',
      'gpio_function 17 0',
    ]);
  });

  it('can pull down and take a high level for pressed', async () => {
    const rig = rpioRig({ bias: 'pullDown', activeLow: false });
    const stop = new AbortController();
    const heard = listen(rig.driver, stop.signal);
    await until(rig.held);
    assert.equal(rig.registers.pullOf(PIN), 'down');
    assert.deepEqual(heard.states(), []);
    stop.abort();
    await heard.ended;
  });

  for (const model of ['Raspberry Pi 5 Model B Rev 1.0', 'Raspberry Pi 500 Rev 1.0', 'Raspberry Pi Compute Module 5']) {
    it(`does not even load rpio on a ${model}, and names the driver to use`, async () => {
      const other = fakeBoard(model, ['gpiomem']);
      const load = () => assert.fail('rpio was loaded');
      const error = await failure({ ...other, load });
      other.remove();
      assert.equal(error.reason, 'notSupported');
      assert.match(error.message, new RegExp(model));
      assert.match(error.message, /"chardev"/);
    });
  }

  it('does not even load rpio off a Pi, where it would only pretend', async () => {
    const other = fakeBoard(undefined, ['gpiomem']);
    const error = await failure({ ...other, load: () => assert.fail('rpio was loaded') });
    other.remove();
    assert.equal(error.reason, 'notSupported');
  });

  it('refuses when rpio does not recognise the machine that we do', async (test) => {
    fakeModelForRpio(test, 'Unheard-of Board');
    const error = await failure({});
    assert.equal(error.reason, 'notSupported');
    assert.match(error.message, /Hardware auto-detect failed/);
  });

  it('says that the package is missing, and how to get it', async () => {
    const error = await failure({ load: () => Promise.reject(new Error("Cannot find package 'rpio'")) });
    assert.equal(error.reason, 'libraryMissing');
    assert.match(error.message, /npm install rpio/);
  });

  it('says that the registers may not be opened, or are not there', {
    skip: process.getuid?.() === 0 && 'root may open everything',
  }, async () => {
    chmodSync(path.join(board.devFolder, 'gpiomem'), 0o000);
    const error = await failure({});
    assert.equal(error.reason, 'permissionDenied');
    assert.match(error.message, /usermod -aG gpio/);
  });

  it('says that there are no registers', async () => {
    const bare = fakeBoard(PI_4);
    const error = await failure(bare);
    bare.remove();
    assert.equal(error.reason, 'chipMissing');
  });

  for (const line of ['GPIO40', 'BUTTON']) {
    it(`does not know a line ${line}`, async () => {
      const error = await failure({ line });
      assert.equal(error.reason, 'lineUnknown');
      assert.match(error.message, new RegExp(line));
    });
  }

  it('says that the line is in use through sysfs', async (test) => {
    test.mock.method(fs, 'existsSync', (file: string) => file === '/sys/class/gpio/gpio17');
    assert.equal((await failure({})).reason, 'lineBusy');
  });
});
