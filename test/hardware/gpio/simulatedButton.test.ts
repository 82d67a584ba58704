import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { SimulatedButton } from '../../../hardware/gpio/simulatedButton.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { buttonContract, listen, until } from './buttonContract.js';

buttonContract('a simulated button', () => {
  const clock = new SteppedClock();
  const driver = new SimulatedButton(clock);
  return {
    driver,
    press: () => driver.press(),
    release: () => driver.release(),
    async settle() {
      clock.advance(10);
      await nextTick();
    },
    held: () => driver.listeners > 0,
    close: () => {},
  };
});

describe('a simulated button', () => {
  it('tells all who listen, and nothing twice', async () => {
    const button = new SimulatedButton(new SteppedClock());
    const stop = new AbortController();
    const heard = [listen(button, stop.signal), listen(button, stop.signal)];
    await until(() => button.listeners === 2);
    button.press();
    button.press();
    button.release();
    button.release();
    await nextTick();
    stop.abort();
    for (const one of heard) {
      await one.ended;
      assert.deepEqual(one.states(), [true, false]);
    }
  });
});
