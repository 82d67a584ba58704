import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import { Closing } from '../../../src/cli/closing.js';

suite('closing what was opened', () => {
  test('begins with what was opened last, all of it, each once', async () => {
    const closing = new Closing();
    const closed: number[] = [];
    for (const n of [1, 2, 3]) closing.push(async () => void closed.push(n));
    assert.equal(await closing.close(), true);
    assert.equal(await closing.close(), true);
    assert.deepEqual(closed, [3, 2, 1]);
  });

  test('goes on whatever fails, at once or later', async () => {
    const closing = new Closing();
    const closed: string[] = [];
    closing.push(async () => void closed.push('first'));
    closing.push(() => Promise.reject(new Error('fails later')));
    closing.push(() => {
      throw new Error('fails at once');
    });
    assert.equal(await closing.close(), true);
    assert.deepEqual(closed, ['first']);
  });

  test('waits for what takes a moment, and not for what hangs', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const slow = new Closing();
    let done = () => {};
    slow.push(
      () =>
        new Promise((resolve) => {
          done = resolve;
        }),
    );
    const slowly = slow.close();
    t.mock.timers.tick(999);
    done();
    assert.equal(await slowly, true);

    const hanging = new Closing();
    hanging.push(() => new Promise(() => {}));
    const never = hanging.close();
    await settle();
    t.mock.timers.tick(1_000);
    assert.equal(await never, false);
  });
});
