import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SimulatedClock } from 'xstate';
import { WatchedVad } from '../../../../src/speech/vad/watchedVad.js';

const FRAME = { samples: new Int16Array(512), capturedAtMs: 0 };
const { signal } = new AbortController();

test('a watched detector keeps its newest value, as long as it is new and somebody watches', async () => {
  const clock = new SimulatedClock();
  const values = [0.9, 0.8, 0.7];
  const vad = new WatchedVad(
    {
      warmUp: async () => {},
      reset: async () => {},
      probability: async () => values.shift() ?? 0,
      close: async () => {},
    },
    clock,
  );
  clock.increment(1_000);
  assert.equal(await vad.probability(FRAME, signal), 0.9);
  assert.equal(vad.newest, null, 'nobody watches');
  const leave = vad.watch();
  const leaveToo = vad.watch();
  assert.equal(vad.newest, null, 'nothing was heard since');
  assert.equal(await vad.probability(FRAME, signal), 0.8);
  assert.equal(vad.newest, 0.8);
  clock.increment(200);
  assert.equal(vad.newest, null, 'nobody listens any more');
  await vad.probability(FRAME, signal);
  leave();
  leave();
  assert.deepEqual([vad.newest, vad.watchers], [0.7, 1]);
  leaveToo();
  assert.deepEqual([vad.newest, vad.watchers], [null, 0]);
});
