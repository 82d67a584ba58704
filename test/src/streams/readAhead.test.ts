import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import fc from 'fast-check';
import { readAhead } from '../../../src/streams/readAhead.js';

/** Counts from 0 and says how far it has come. */
class Counter {
  made = 0;
  isClosed = false;
  constructor(
    readonly length: number,
    readonly error?: Error,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<number> {
    try {
      while (this.made < this.length) yield this.made++;
      if (this.error) throw this.error;
    } finally {
      this.isClosed = true;
    }
  }
}

/** A source whose item never comes. */
class Stalled implements AsyncIterableIterator<never> {
  isReturned = false;
  fail: (error: Error) => void = () => {};

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<never>> {
    return new Promise((_, reject) => {
      this.fail = reject;
    });
  }

  /** Like that of an async generator, it waits for the item that is under way. */
  return(): Promise<IteratorResult<never>> {
    this.isReturned = true;
    return new Promise(() => {});
  }
}

describe('readAhead', () => {
  it('gives every item once and in order, whatever the capacity', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer()), fc.nat(40), async (items, capacity) => {
        async function* source() {
          yield* items;
        }
        const got: number[] = [];
        for await (const item of readAhead(source(), capacity)) got.push(item);
        assert.deepEqual(got, items);
      }),
      { numRuns: 50 },
    );
  });

  it('takes nothing from the source before it is asked for the first item', async () => {
    const counter = new Counter(3);
    readAhead(counter, 2);
    await turnOfTheLoop();
    assert.equal(counter.made, 0);
  });

  for (const capacity of [0, 1, 3]) {
    it(`holds at most ${capacity} items besides the one its reader has, and so slows the source down`, async () => {
      const counter = new Counter(20);
      const reader = readAhead(counter, capacity);
      for (let taken = 1; taken <= 4; taken++) {
        await reader.next();
        await turnOfTheLoop();
        assert.equal(counter.made, taken + capacity);
      }
      await reader.return();
    });
  }

  it('makes the next item while its reader is busy with one', async () => {
    const counter = new Counter(2);
    const reader = readAhead(counter, 1);
    assert.deepEqual(await reader.next(), { done: false, value: 0 });
    await turnOfTheLoop();
    assert.equal(counter.made, 2);
    assert.deepEqual(await reader.next(), { done: false, value: 1 });
    assert.equal((await reader.next()).done, true);
  });

  it("throws the source's error behind the items that came before it", async () => {
    const got: number[] = [];
    const reading = (async () => {
      for await (const item of readAhead(new Counter(3, new Error('no more')), 8)) {
        await turnOfTheLoop(); // the error is there long before the reader
        got.push(item);
      }
    })();
    await assert.rejects(reading, /no more/);
    assert.deepEqual(got, [0, 1, 2]);
  });

  it('closes the source when its reader leaves, before the reader goes on', async () => {
    const counter = new Counter(10);
    for await (const item of readAhead(counter, 2)) if (item === 1) break;
    assert.equal(counter.isClosed, true);
  });

  it('closes the source when its reader fails', async () => {
    const counter = new Counter(10);
    const reading = (async () => {
      for await (const _ of readAhead(counter, 2)) throw new Error('reader');
    })();
    await assert.rejects(reading, /reader/);
    assert.equal(counter.isClosed, true);
  });

  it('lets its reader leave while an item is under way that never comes', async () => {
    const stalled = new Stalled();
    async function* source() {
      yield 'first';
      yield* stalled;
    }
    for await (const item of readAhead(source(), 1)) {
      assert.equal(item, 'first');
      await turnOfTheLoop();
      break;
    }
    stalled.fail(new Error('after everybody has gone')); // and is nobody's unhandled rejection
    await turnOfTheLoop();
  });
});
