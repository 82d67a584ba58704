import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { Arrivals } from '../../../src/streams/arrivals.js';

/** Counts what was asked of it; gives `items`, then what `atEnd` does. */
function sourceOf(items: readonly number[], atEnd: () => Promise<void> = async () => {}) {
  const seen = { asked: 0, closed: false };
  const source = (async function* () {
    try {
      for (const item of items) {
        seen.asked++;
        yield item;
      }
      await atEnd();
    } finally {
      seen.closed = true;
    }
  })();
  return { seen, source };
}

const never = () => new Promise<void>(() => {});

describe('the arrivals of a source', () => {
  it('come in order, and then the end, however often it is asked', async () => {
    const arrivals = new Arrivals(sourceOf([1, 2]).source, 8);
    const got = [await arrivals.next(), await arrivals.next(), await arrivals.next(), await arrivals.next()];
    assert.deepEqual(got, [1, 2, undefined, undefined]);
  });

  it('show the next one once it has come, and keep it', async () => {
    const arrivals = new Arrivals(sourceOf([1, 2]).source, 8);
    assert.equal(arrivals.waiting, undefined);
    await turnOfTheLoop();
    assert.equal(arrivals.waiting, 1);
    assert.equal(await arrivals.next(), 1);
    assert.equal(arrivals.waiting, 2);
  });

  it('are fetched up to the capacity, and further ones as room is made', async () => {
    const { seen, source } = sourceOf([1, 2, 3, 4, 5]);
    const arrivals = new Arrivals(source, 2);
    await turnOfTheLoop();
    assert.equal(seen.asked, 2);
    await arrivals.next();
    await turnOfTheLoop();
    assert.equal(seen.asked, 3);
  });

  it('fail as the source does, behind what came before', async () => {
    const failing = sourceOf([1], () => Promise.reject(new Error('dry')));
    const arrivals = new Arrivals(failing.source, 8);
    await turnOfTheLoop();
    assert.equal(await arrivals.next(), 1);
    await assert.rejects(arrivals.next(), /dry/);
  });

  it('close their source', async () => {
    const { seen, source } = sourceOf([1, 2, 3]);
    const arrivals = new Arrivals(source, 1);
    await turnOfTheLoop();
    await arrivals.close();
    assert.equal(seen.closed, true);
    assert.equal(await arrivals.next(), 1);
    assert.equal(await arrivals.next(), undefined);
  });

  it('do not wait for a stalled source when they are closed', async () => {
    const arrivals = new Arrivals(sourceOf([], never).source, 1);
    await turnOfTheLoop();
    await arrivals.close();
    assert.equal(await arrivals.next(), undefined);
  });
});
