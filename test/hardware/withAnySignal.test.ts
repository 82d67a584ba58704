import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { suite, test } from 'node:test';
import { withAnySignal } from '../../hardware/withAnySignal.js';

/** Rejects with the signal's reason, as everything that can be cancelled does. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

suite('work under one of several signals', () => {
  for (const which of [0, 1]) {
    test(`is aborted with the reason of signal ${which}, before or while it runs`, async () => {
      const controllers = [new AbortController(), new AbortController()];
      const signals = controllers.map(({ signal }) => signal);
      const running = withAnySignal(signals, untilAborted);
      controllers[which]?.abort('enough');
      await assert.rejects(running, (error) => error === 'enough');
      await assert.rejects(withAnySignal(signals, untilAborted), (error) => error === 'enough');
    });
  }

  test('leaves no listener on them, however it ends', async () => {
    const controllers = [new AbortController(), new AbortController()];
    const signals = controllers.map(({ signal }) => signal);
    assert.equal(await withAnySignal(signals, async () => 'done'), 'done');
    await assert.rejects(
      withAnySignal(signals, () => Promise.reject(new Error('failed'))),
      /failed/,
    );
    const running = withAnySignal(signals, untilAborted);
    controllers[0]?.abort();
    await assert.rejects(running);
    assert.deepEqual(
      signals.map((signal) => getEventListeners(signal, 'abort').length),
      [0, 0],
    );
  });
});
