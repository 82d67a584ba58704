import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { InferenceError, InferenceWorker } from '../../../src/inference/inferenceWorker.js';

const never = new AbortController().signal;
const script = new URL('../../fixtures/sample.worker.js', import.meta.url);

describe('an inference thread', () => {
  let shared: Int32Array<SharedArrayBuffer>;
  let worker: InferenceWorker;
  beforeEach(() => {
    shared = new Int32Array(new SharedArrayBuffer(8));
    worker = new InferenceWorker(script, { shared: shared.buffer });
  });
  afterEach(async () => {
    openGate();
    await worker.close();
  });

  function openGate(): void {
    Atomics.store(shared, 1, 1);
    Atomics.notify(shared, 1);
  }

  /** Resolves when the thread has counted so far. */
  async function counted(atLeast: number): Promise<void> {
    while (Atomics.load(shared, 0) < atLeast) await nextTick();
  }

  it('answers calls in the order in which they were made', async () => {
    const order: string[] = [];
    const calls = ['a', 'b', 'c'].map(async (text) => order.push(await worker.call<string>('echo', { text }, never)));
    await Promise.all(calls);
    assert.deepEqual(order, ['a', 'b', 'c']);
  });

  it('runs one call at a time', async () => {
    const first = worker.call('step', {}, never);
    const second = worker.call<string[]>('begun', {}, never);
    await counted(3);
    openGate();
    assert.equal(await first, 'stepped');
    assert.deepEqual(await second, ['step']);
  });

  it('never begins a call that was cancelled before its turn', async () => {
    const cancel = new AbortController();
    const running = worker.call('step', {}, never);
    const waiting = worker.call('echo', { text: 'cancelled' }, cancel.signal);
    await counted(1);
    cancel.abort('no longer wanted');
    await assert.rejects(waiting, (error) => error === 'no longer wanted');
    openGate();
    await running;
    assert.deepEqual(await worker.call('begun', {}, never), ['step']);
  });

  it('stops a running call at its next step when cancelled, and serves the next one', async () => {
    const cancel = new AbortController();
    const running = worker.call('step', {}, cancel.signal);
    await counted(1);
    cancel.abort('barge-in');
    await assert.rejects(running, (error) => error === 'barge-in');
    // The gate is still shut: this is answered only because the call before it has ended.
    assert.equal(await worker.call('echo', { text: 'next' }, never), 'next');
  });

  it('does not start for a call that is already cancelled', async () => {
    await assert.rejects(worker.call('step', {}, AbortSignal.abort('early')), (error) => error === 'early');
    assert.equal(Atomics.load(shared, 0), 0);
  });

  it('reports what the engine says, with its reason', async () => {
    await assert.rejects(worker.call('refuse', {}, never), new InferenceError('badModel', 'this is no model'));
    await assert.rejects(worker.call('fail', {}, never), new InferenceError('failed', 'out of numbers'));
    await assert.rejects(worker.call('sing', {}, never), new InferenceError('internal', 'unknown operation "sing"'));
    assert.equal(await worker.call('echo', { text: 'still here' }, never), 'still here');
  });

  it('fails all waiting calls when the thread crashes, and starts again with the next', async () => {
    const crash = worker.call('crash', {}, never);
    const behind = worker.call('echo', { text: 'behind' }, never);
    for (const call of [crash, behind]) {
      await assert.rejects(call, (error) => {
        assert.ok(error instanceof InferenceError);
        assert.equal(error.reason, 'crashed');
        assert.match(error.message, /^sample stopped unexpectedly: .*the native library is gone/);
        return true;
      });
    }
    assert.equal(await worker.call('echo', { text: 'again' }, never), 'again');
    await assert.rejects(worker.call('exit', {}, never), /sample stopped unexpectedly: exit code 3/);
    assert.deepEqual(await worker.call('begun', {}, never), []);
  });

  it('closes after the running computation, without ending the process', async () => {
    const call = worker.call('compute', {}, never);
    call.catch(() => {});
    await counted(1);
    const closed = worker.close();
    await assert.rejects(call, { name: 'InferenceError', reason: 'closed' });
    assert.equal(Atomics.load(shared, 0), 1);
    openGate();
    await closed;
    assert.equal(Atomics.load(shared, 0), 2);
  });

  it('closes in the middle of a loop of steps at the next one', async () => {
    const call = worker.call('step', {}, never);
    call.catch(() => {});
    await counted(1);
    await worker.close();
    await assert.rejects(call, { reason: 'closed' });
  });

  it('refuses calls once closed, and may be closed twice or unused', async () => {
    await worker.close();
    await worker.close();
    await assert.rejects(worker.call('echo', { text: 'late' }, never), { reason: 'closed' });
  });

  it('leaves no listener on the signal, however a call ends', async () => {
    const { signal } = new AbortController();
    await worker.call('echo', { text: 'a' }, signal);
    await worker.call('refuse', {}, signal).catch(() => {});
    await assert.rejects(worker.call('echo', { text: () => {} }, signal), { name: 'DataCloneError' });
    await worker.call('crash', {}, signal).catch(() => {});
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('moves large arguments instead of copying them, and results too', async () => {
    const samples = Float32Array.of(0.25, -0.5);
    const answer = worker.call('transferred', { samples }, never, [samples.buffer]);
    assert.equal(samples.length, 0);
    assert.deepEqual(await answer, Float32Array.of(0.25, -0.5));
  });

  it('keeps onnxruntime from reporting home', async () => {
    assert.equal(process.env['ORT_DISABLE_TELEMETRY'], '1');
    assert.equal(await worker.call('telemetry', {}, never), '1');
  });
});
