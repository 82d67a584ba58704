import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reconnectDelayMs } from '../../../../src/inspector/view/reconnectDelay.js';
import { tabOf } from '../../../../src/inspector/view/tabs.js';
import { latestTrace, TRACE_MS, traceColumns, traceSamples } from '../../../../src/inspector/view/trace.js';
import { watchFor } from '../../../../src/inspector/view/watchFor.js';

describe('coming back after a lost connection', () => {
  it('waits twice as long each time, up to a quarter of a minute', () => {
    assert.deepEqual(
      [1, 2, 3, 9].map((attempt) => reconnectDelayMs(attempt, 1)),
      [500, 1000, 2000, 15_000],
    );
  });

  it('leaves half of it to chance, so that pages do not come back together', () => {
    assert.equal(reconnectDelayMs(3, 0), 1000);
    assert.equal(reconnectDelayMs(3, 0.5), 1500);
  });
});

describe('what the page watches', () => {
  it('is only what is seen', () => {
    assert.deepEqual(watchFor('panel', true, false), { type: 'watch', trace: true, health: false, words: false });
    assert.deepEqual(watchFor('health', true, true), { type: 'watch', trace: false, health: true, words: true });
    assert.deepEqual(watchFor('panel', false, false), { type: 'watch', trace: false, health: false, words: false });
  });

  it('is nothing that has to be measured while the page is hidden', () => {
    assert.deepEqual(watchFor('health', false, true), { type: 'watch', trace: false, health: false, words: true });
  });

  it('is named by the hash', () => {
    assert.equal(tabOf('#events'), 'events');
    assert.equal(tabOf('#elsewhere'), 'chart');
  });
});

describe('the trace of the microphone', () => {
  const message = (at: number) => ({ type: 'trace', at, levelDb: [-50, -40], speechProbability: [0.1, null] }) as const;

  it('has each value at its time, the last at that of the message', () => {
    assert.deepEqual(traceSamples(message(1000)), [
      { at: 950, levelDb: -50, speechProbability: 0.1 },
      { at: 1000, levelDb: -40, speechProbability: null },
    ]);
  });

  it('keeps the last 15 seconds', () => {
    const samples = latestTrace([...traceSamples(message(1000)), ...traceSamples(message(1000 + TRACE_MS))]);
    assert.deepEqual(
      samples.map(({ at }) => at),
      [1000, 950 + TRACE_MS, 1000 + TRACE_MS],
    );
  });

  it('is drawn in seconds before now, with a gap where nothing came', () => {
    const columns = traceColumns([...traceSamples(message(1000)), ...traceSamples(message(3000))]);
    assert.deepEqual(columns, [
      [-2.05, -2, -0.1, -0.05, 0],
      [-50, -40, null, -50, -40],
      [0.1, null, null, 0.1, null],
    ]);
  });
});
