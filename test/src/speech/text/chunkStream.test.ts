import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { SimulatedClock } from 'xstate';
import { type Chunk, type ChunkStreamOptions, chunkStream } from '../../../../src/speech/text/chunkStream.js';
import { HiddenTextFilter } from '../../../../src/speech/text/hiddenText.js';

/** A token stream that a test drives by hand, and that notices being read and returned. */
class HandFedTokens implements AsyncIterableIterator<string> {
  reads = 0;
  isReturned = false;
  #deliver: ((result: Promise<IteratorResult<string>>) => void) | undefined;

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<string>> {
    this.reads++;
    return new Promise((resolve) => {
      this.#deliver = resolve;
    });
  }

  return(): Promise<IteratorResult<string>> {
    this.isReturned = true;
    return Promise.resolve({ done: true, value: undefined });
  }

  async give(...tokens: string[]): Promise<void> {
    for (const value of tokens) {
      this.#deliver?.(Promise.resolve({ done: false, value }));
      await turnOfTheLoop();
    }
  }

  async end(error?: Error): Promise<void> {
    this.#deliver?.(error ? Promise.reject(error) : Promise.resolve({ done: true, value: undefined }));
    await turnOfTheLoop();
  }
}

function start(options: Partial<ChunkStreamOptions> = {}) {
  const clock = new SimulatedClock();
  const tokens = new HandFedTokens();
  const abort = new AbortController();
  const chunks: Chunk[] = [];
  const over = (async () => {
    for await (const chunk of chunkStream(tokens, { clock, ...options }, abort.signal)) chunks.push(chunk);
  })();
  over.catch(() => undefined);
  return { clock, tokens, abort, chunks, over };
}

async function* listOf(...tokens: string[]): AsyncGenerator<string> {
  yield* tokens;
}

async function collect(tokens: AsyncIterable<string>, options: Partial<ChunkStreamOptions> = {}): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  const stream = chunkStream(tokens, { clock: new SimulatedClock(), ...options }, new AbortController().signal);
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

describe('the chunk stream', () => {
  it('says which token released each chunk', async () => {
    assert.deepEqual(await collect(listOf('It', ' is', ' on', '.', ' Good', '.')), [
      { text: 'It is on. ', afterToken: 4 },
      { text: 'Good.', afterToken: 5 },
    ]);
  });

  it('yields nothing for no tokens, and no chunk of mere white space', async () => {
    assert.deepEqual(await collect(listOf()), []);
    assert.deepEqual(await collect(listOf('Yes.\n', '\n')), [{ text: 'Yes.\n', afterToken: 0 }]);
  });

  it('gives the first clause on its own when asked', async () => {
    const texts = (await collect(listOf('The weather today,', ' I think', ', is fine.'), { firstClause: true })).map(
      ({ text }) => text,
    );
    assert.deepEqual(texts, ['The weather today,', ' I think, is fine.']);
  });

  it('counts the tokens that a filter takes out', async () => {
    const chunks = await collect(listOf('<think>', 'Hm.', ' So', '</think>', 'Yes', '.', ' <'), {
      filter: new HiddenTextFilter(),
    });
    assert.deepEqual(chunks, [
      { text: 'Yes. ', afterToken: 6 },
      { text: '<', afterToken: 6 },
    ]);
  });

  it('releases a complete sentence when the next token is late', async () => {
    const { clock, tokens, chunks } = start();
    await tokens.give('Shall', ' I', '?');
    clock.increment(149);
    await turnOfTheLoop();
    assert.deepEqual(chunks, []);
    clock.increment(1);
    await turnOfTheLoop();
    assert.deepEqual(chunks, [{ text: 'Shall I?', afterToken: 2 }]);
    await tokens.give(' Yes');
    await tokens.end();
    assert.deepEqual(chunks[1], { text: ' Yes', afterToken: 3 });
  });

  it('waits longer for a slow model, whose pace the first token does not tell', async () => {
    const { clock, tokens, chunks } = start();
    clock.increment(5000);
    await tokens.give('Shall');
    clock.increment(400);
    await tokens.give(' I?');
    clock.increment(599);
    await turnOfTheLoop();
    assert.deepEqual(chunks, []);
    clock.increment(1);
    await turnOfTheLoop();
    assert.equal(chunks.length, 1);
  });

  it('reads one token ahead of its consumer and no more', async () => {
    const tokens = new HandFedTokens();
    const stream = chunkStream(tokens, { clock: new SimulatedClock() }, new AbortController().signal);
    const first = stream.next();
    await turnOfTheLoop();
    await tokens.give('One. Two');
    assert.equal((await first).value?.text, 'One. ');
    await tokens.give('. Three', '. Four');
    assert.equal(tokens.reads, 2);
  });

  it('returns the token stream when its consumer leaves, even while a token is awaited', async () => {
    const tokens = new HandFedTokens();
    const stream = chunkStream(tokens, { clock: new SimulatedClock() }, new AbortController().signal);
    const first = stream.next();
    await turnOfTheLoop();
    await tokens.give('One. Two');
    await first;
    await stream.return();
    assert.ok(tokens.isReturned);
  });

  it('stops at once when aborted, yields nothing more and returns the token stream', async () => {
    const { tokens, abort, chunks, over } = start();
    await tokens.give('It is on');
    abort.abort(new Error('barge-in'));
    await assert.rejects(over, /barge-in/);
    assert.deepEqual(chunks, []);
    assert.ok(tokens.isReturned);
  });

  it('does not begin when it is already aborted', async () => {
    const stream = chunkStream(
      listOf('Yes.'),
      { clock: new SimulatedClock() },
      AbortSignal.abort(new Error('too late')),
    );
    await assert.rejects(stream.next(), /too late/);
  });

  it('yields the words that had arrived before it reports that the token stream failed', async () => {
    const { tokens, chunks, over } = start();
    await tokens.give('It is on. And', ' then', ' it b');
    await tokens.end(new Error('model crashed'));
    await assert.rejects(over, /model crashed/);
    assert.deepEqual(chunks, [
      { text: 'It is on. ', afterToken: 0 },
      { text: 'And then it ', afterToken: 2 },
    ]);
  });

  for (const [arrived, kept] of [
    ['It is on.', ['It is on.']],
    ['It costs 20', ['It costs ']],
    ["It's on. I don'", ["It's on. ", 'I ']],
    ['Wel', []],
    ['水开了。茶', ['水开了。']],
  ] as const) {
    it(`keeps ${kept.length === 0 ? 'nothing' : `"${kept.join('')}"`} of "${arrived}" when more was to come`, async () => {
      const { tokens, chunks, over } = start();
      await tokens.give(arrived);
      await tokens.end(new Error('model crashed'));
      await assert.rejects(over, /model crashed/);
      assert.deepEqual(
        chunks.map(({ text }) => text),
        kept,
      );
    });
  }
});
