import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { GpioError } from '../../../hardware/gpio/drivers.js';
import { KeyboardButton } from '../../../hardware/gpio/keyboard/keyboardButton.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { buttonContract, listen, until } from './buttonContract.js';
import { FakeTerminal } from './fakeTerminal.js';

const ENHANCED = '\x1b[?15u';
const DOWN = '\x1b[32;1:1u';
const HELD = '\x1b[32;1:2u';
const UP = '\x1b[32;1:3u';

function keyboard(terminal = new FakeTerminal()) {
  const clock = new SteppedClock();
  const stop = new AbortController();
  let quits = 0;
  const driver = new KeyboardButton({ clock, input: terminal, output: terminal.output, onQuit: () => (quits += 1) });
  /** Lets time pass. */
  const pass = async (ms: number) => {
    clock.advance(ms);
    await nextTick();
  };
  return { terminal, clock, stop, driver, pass, quits: () => quits };
}

const rig = (tell: (terminal: FakeTerminal, down: boolean) => void) => () => {
  const { terminal, driver, pass } = keyboard();
  return {
    driver,
    press: () => tell(terminal, true),
    release: () => tell(terminal, false),
    async settle() {
      await nextTick();
      await pass(1000);
    },
    held: () => terminal.isRaw,
    close: () => {
      assert.equal(terminal.listenerCount('data'), 0);
      terminal.destroy();
    },
  };
};

const noFirstState = { knowsFirstState: false };
buttonContract(
  'the space bar of a terminal that reports releases',
  rig((terminal, down) => terminal.write(down ? DOWN : UP)),
  noFirstState,
);
buttonContract(
  'the space bar of a plain terminal',
  rig((terminal, down) => {
    if (down) terminal.write(' ');
  }),
  noFirstState,
);

describe('the space bar of a plain terminal', () => {
  it('is a tap of 90 ms', async () => {
    const { terminal, stop, driver, pass } = keyboard();
    const heard = listen(driver, stop.signal);
    await until(() => terminal.isRaw);
    await terminal.key(' ');
    await pass(89);
    assert.deepEqual(heard.states(), [true]);
    await pass(1);
    assert.deepEqual(heard.edges, [
      { pressed: true, atMs: 0 },
      { pressed: false, atMs: 90 },
    ]);
    stop.abort();
    await heard.ended;
  });

  it('is one tap however long it is held, and the next tap is another', async () => {
    const { terminal, stop, driver, pass } = keyboard();
    const heard = listen(driver, stop.signal);
    await until(() => terminal.isRaw);
    await terminal.key(' ');
    await pass(660);
    for (let repeats = 0; repeats < 50; repeats += 1) {
      await terminal.key(' ');
      await pass(33);
    }
    assert.deepEqual(heard.states(), [true, false]);
    await pass(120);
    await terminal.key(' ');
    assert.deepEqual(heard.states(), [true, false, true]);
    stop.abort();
    await heard.ended;
  });

  it('leaves no timer behind when it is aborted in a tap', async () => {
    const { terminal, clock, stop, driver } = keyboard();
    const heard = listen(driver, stop.signal);
    await until(() => terminal.isRaw);
    await terminal.key(' ');
    assert.equal(clock.waiting, 1);
    stop.abort();
    await heard.ended;
    assert.equal(clock.waiting, 0);
  });
});

describe('the space bar of a terminal that reports releases', () => {
  it('is down for as long as it is held', async () => {
    const { terminal, stop, driver, pass } = keyboard();
    const heard = listen(driver, stop.signal);
    await until(() => terminal.isRaw);
    await terminal.key(ENHANCED);
    await terminal.key(DOWN);
    for (let repeats = 0; repeats < 50; repeats += 1) {
      await pass(33);
      await terminal.key(HELD);
    }
    assert.deepEqual(heard.states(), [true]);
    await terminal.key(UP);
    assert.deepEqual(heard.states(), [true, false]);
    stop.abort();
    await heard.ended;
  });

  it('may send presses as characters all the same', async () => {
    const { terminal, stop, driver, pass } = keyboard();
    const heard = listen(driver, stop.signal);
    await until(() => terminal.isRaw);
    await terminal.key('\x1b[?2u');
    await terminal.key(' ');
    await pass(700);
    await terminal.key(' ');
    assert.deepEqual(heard.states(), [true]);
    await terminal.key(UP);
    assert.deepEqual(heard.states(), [true, false]);
    stop.abort();
    await heard.ended;
  });
});

describe('the keyboard', () => {
  it('asks to quit for q and Ctrl-C, and goes on until it is aborted', async () => {
    const { terminal, stop, driver, quits } = keyboard();
    const heard = listen(driver, stop.signal);
    await until(() => terminal.isRaw);
    await terminal.key('q');
    assert.equal(quits(), 1);
    await terminal.key('\x03');
    assert.equal(quits(), 2);
    await terminal.key(' ');
    assert.deepEqual(heard.states(), [true]);
    stop.abort();
    await heard.ended;
  });

  it('asks the terminal to report releases, and takes that back', async () => {
    const { terminal, stop, driver } = keyboard();
    const exits = process.listenerCount('exit');
    const heard = listen(driver, stop.signal);
    await until(() => terminal.isRaw);
    assert.equal(terminal.written, '\x1b[>15u\x1b[?u');
    assert.equal(process.listenerCount('exit'), exits + 1);
    stop.abort();
    await heard.ended;
    assert.equal(terminal.written, '\x1b[>15u\x1b[?u\x1b[<u');
    assert.equal(terminal.isRaw, false);
    assert.equal(terminal.isPaused(), true);
    assert.equal(process.listenerCount('exit'), exits);
  });

  it('leaves a terminal raw that was raw before', async () => {
    const { terminal, stop, driver } = keyboard();
    terminal.setRawMode(true);
    const heard = listen(driver, stop.signal);
    await until(() => terminal.written !== '');
    stop.abort();
    await heard.ended;
    assert.equal(terminal.isRaw, true);
  });

  it('tells that the terminal was closed', async () => {
    const { terminal, stop, driver } = keyboard();
    const heard = listen(driver, stop.signal);
    await until(() => terminal.isRaw);
    terminal.end();
    const error = await heard.ended;
    assert.ok(error instanceof GpioError);
    assert.equal(error.reason, 'lost');
    const again = await listen(driver, stop.signal).ended;
    assert.ok(again instanceof GpioError);
    assert.equal(again.reason, 'lost');
  });

  it('needs a terminal', async () => {
    const { terminal, stop, driver } = keyboard(new FakeTerminal({ isTTY: false }));
    const error = await listen(driver, stop.signal).ended;
    assert.ok(error instanceof GpioError);
    assert.equal(error.reason, 'notSupported');
    assert.equal(terminal.written, '');
  });
});
