import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { type ButtonChoice, type ButtonDriverName, chooseButton } from '../../../hardware/gpio/chooseButton.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { listen } from './buttonContract.js';
import { type FakeBoard, fakeBoard } from './fakeBoard.js';
import { FakeTerminal } from './fakeTerminal.js';
import { skipOutsideVirtualMachine } from './virtualChip.js';

const PI_4 = 'Raspberry Pi 4 Model B Rev 1.4';
const PI_5 = 'Raspberry Pi 5 Model B Rev 1.0';
/** A file in the place of a chip answers like a kernel that is too old: it knows none of the requests. */
const OLD_CHIP = 'gpiochip0';

describe('the choice of a button', () => {
  const boards: FakeBoard[] = [];
  afterEach(() => {
    for (const board of boards.splice(0)) board.remove();
  });
  const chosen = (driver: ButtonDriverName, machine: FakeBoard, more: Partial<ButtonChoice> = {}) => {
    boards.push(machine);
    const { procFolder, devFolder } = machine;
    return chooseButton({ driver, line: 'GPIO17', clock: new SteppedClock(), procFolder, devFolder, ...more });
  };
  const terminal = { input: new FakeTerminal(), onQuit: () => {} };
  const noTerminal = { input: new FakeTerminal({ isTTY: false }), onQuit: () => {} };
  const rpioThere = { loadRpio: async () => ({ default: { init() {}, read() {} } }) };
  const rpioMissing = { loadRpio: () => Promise.reject(new Error('not found')) };

  it('is the one that is named, and says so', async () => {
    const names = { chardev: 'chardev GPIO17', rpio: 'rpio GPIO17', simulated: 'simulated button', none: 'no button' };
    for (const driver of ['chardev', 'rpio', 'simulated', 'none'] as const) {
      const choice = await chosen(driver, fakeBoard(undefined));
      assert.equal(choice.driver.name, names[driver]);
      assert.match(choice.why, /configuration/);
    }
    const { driver } = await chosen('keyboard', fakeBoard(PI_4), { terminal });
    assert.equal(driver.name, 'keyboard space bar');
  });

  it('is rpio where a Pi 4 has no usable kernel interface, and says what is wrong with that', async () => {
    const choice = await chosen('auto', fakeBoard(PI_4, [OLD_CHIP]), { ...rpioThere, terminal });
    assert.equal(choice.driver.name, 'rpio GPIO17');
    assert.match(choice.why, /Linux 5\.10/);
  });

  it('is never rpio on a Pi 5', async () => {
    const loadRpio = () => assert.fail('rpio was loaded');
    const choice = await chosen('auto', fakeBoard(PI_5, [OLD_CHIP]), { loadRpio });
    assert.equal(choice.driver.name, 'chardev GPIO17');
    assert.match(choice.why, /Raspberry Pi 5/);
  });

  it('is the space bar where there is a terminal and no GPIO', async () => {
    for (const machine of [fakeBoard(undefined), fakeBoard(PI_5), fakeBoard(PI_4)]) {
      const choice = await chosen('auto', machine, { ...rpioMissing, terminal });
      assert.equal(choice.driver.name, 'keyboard space bar');
      assert.match(choice.why, /no GPIO chip/);
    }
  });

  it('stays with the line on a Pi without a terminal, to work as soon as the cause is mended', async () => {
    const choice = await chosen('auto', fakeBoard(PI_4), { ...rpioMissing, terminal: noTerminal });
    assert.equal(choice.driver.name, 'chardev GPIO17');
    assert.match(choice.why, /no GPIO chip/);
  });

  it('is none where there is nothing to press, and nobody presses it', async () => {
    const choice = await chosen('auto', fakeBoard(undefined));
    assert.equal(choice.driver.name, 'no button');
    const stop = new AbortController();
    const heard = listen(choice.driver, stop.signal);
    const reason = new Error('enough');
    stop.abort(reason);
    assert.equal(await heard.ended, reason);
    assert.deepEqual(heard.edges, []);
  });

  it('refuses the keyboard without a terminal', async () => {
    await assert.rejects(chosen('keyboard', fakeBoard(undefined)), { name: 'GpioError', reason: 'notSupported' });
  });

  it('is the line itself wherever the kernel has it', { skip: skipOutsideVirtualMachine }, async () => {
    for (const model of [PI_4, PI_5, undefined]) {
      const choice = await chosen('auto', fakeBoard(model), { devFolder: '/dev', terminal });
      assert.equal(choice.driver.name, 'chardev GPIO17');
      assert.match(choice.why, /GPIO17 is a line of pinctrl-/);
    }
  });
});
