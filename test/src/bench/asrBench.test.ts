import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SimulatedClock } from 'xstate';
import { benchAsr } from '../../../src/bench/asrBench.js';
import type { SpeechRecognizer } from '../../../src/speech/asr/recognizer.js';

const never = new AbortController().signal;

/** A recogniser that takes the given times, one after the other. */
function simulatedRecognizer(clock: SimulatedClock, durationsMs: number[]): SpeechRecognizer {
  return {
    name: 'simulated',
    warmUp: async () => clock.increment(700),
    async transcribe(_samples, signal) {
      signal.throwIfAborted();
      clock.increment(durationsMs.shift() ?? 0);
      return { text: '', asrMs: 0 };
    },
    close: async () => {},
  };
}

describe('the benchmark of recognisers', () => {
  const recordings = [
    { name: 'long', samples: new Float32Array(32_000) },
    { name: 'short', samples: new Float32Array(8000) },
  ];

  it('reports median, extremes and real-time factor of each clip, from rounds over all of them', async () => {
    const clock = new SimulatedClock();
    const recognizer = simulatedRecognizer(clock, [100, 50, 300, 60, 200, 40]);
    const result = await benchAsr({ recognizer, recordings, runs: 3, signal: never, clock });
    assert.equal(result.warmUpMs, 700);
    assert.deepEqual(result.clips, [
      { name: 'long', audioMs: 2000, medianMs: 200, minMs: 100, maxMs: 300, realTimeFactor: 0.1 },
      { name: 'short', audioMs: 500, medianMs: 50, minMs: 40, maxMs: 60, realTimeFactor: 0.1 },
    ]);
    assert.equal(result.realTimeFactor, 0.1);
    const { p99, max } = result.mainThreadStallMs;
    assert.ok(p99 >= 0 && max >= p99);
  });

  it('stops when aborted', async () => {
    const clock = new SimulatedClock();
    const recognizer = simulatedRecognizer(clock, []);
    const signal = AbortSignal.abort('enough');
    await assert.rejects(benchAsr({ recognizer, recordings, runs: 1, signal, clock }), (error) => error === 'enough');
  });
});
