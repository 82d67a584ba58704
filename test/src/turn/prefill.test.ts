import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { Prefill } from '../../../src/turn/prefill.js';

/** A model that reads until it is told to go on. */
function reading() {
  const read: { readonly question: string; readonly signal: AbortSignal; readonly done: (error?: Error) => void }[] =
    [];
  const prefill = new Prefill(
    (question, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        read.push({ question, signal, done: (error) => (error ? reject(error) : resolve()) });
      }),
  );
  return { prefill, read, questions: () => read.map(({ question }) => question) };
}

describe('reading a question while it is said', () => {
  it('is one request at a time, and the newest words come next', async () => {
    const { prefill, read, questions } = reading();
    prefill.known('');
    prefill.known('turn on');
    prefill.known('turn on the living');
    assert.deepEqual(questions(), ['']);
    read[0]?.done();
    await turnOfTheLoop();
    assert.deepEqual(questions(), ['', 'turn on the living']);
    assert.equal(prefill.count, 2);
  });

  it('reads nothing twice', async () => {
    const { prefill, read, questions } = reading();
    prefill.known('turn on');
    prefill.known('turn on');
    read[0]?.done();
    await turnOfTheLoop();
    prefill.known('turn on');
    assert.deepEqual(questions(), ['turn on']);
  });

  it('goes on after a request that failed', async () => {
    const { prefill, read, questions } = reading();
    prefill.known('turn');
    read[0]?.done(new Error('the server is gone'));
    await turnOfTheLoop();
    prefill.known('turn on');
    assert.deepEqual(questions(), ['turn', 'turn on']);
  });

  it('is aborted when the reply is asked for, and can go on when the user does', async () => {
    const { prefill, read, questions } = reading();
    prefill.known('turn on');
    prefill.known('turn on the');
    prefill.stop();
    assert.equal(read[0]?.signal.aborted, true);
    await turnOfTheLoop();
    assert.deepEqual(questions(), ['turn on'], 'what waited is dropped too');
    prefill.known('turn on the lamp');
    assert.deepEqual(questions(), ['turn on', 'turn on the lamp']);
  });
});
