import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, it } from 'node:test';
import { untilEither } from '../../../hardware/audio/untilEither.js';

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
  });

describe('work under two signals', () => {
  for (const [name, which] of [
    ['one', 0],
    ['other', 1],
  ] as const) {
    it(`ends with the reason of the ${name}`, async () => {
      const controllers = [new AbortController(), new AbortController()] as const;
      const work = untilEither(controllers[0].signal, controllers[1].signal, aborted);
      controllers[which].abort(new Error(name));
      await assert.rejects(work, { message: name });
    });

    it(`knows when the ${name} has aborted before`, async () => {
      const controllers = [new AbortController(), new AbortController()] as const;
      controllers[which].abort(new Error(name));
      await assert.rejects(untilEither(controllers[0].signal, controllers[1].signal, aborted), { message: name });
    });
  }

  it('gives what the work gives, and leaves nothing behind in the signals', async () => {
    const signals = [new AbortController().signal, new AbortController().signal] as const;
    assert.equal(await untilEither(...signals, async () => 7), 7);
    await assert.rejects(
      untilEither(...signals, () => Promise.reject(new Error('broken'))),
      { message: 'broken' },
    );
    for (const signal of signals) assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });
});
