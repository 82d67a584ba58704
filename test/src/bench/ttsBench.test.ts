import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SimulatedClock } from 'xstate';
import { benchTts } from '../../../src/bench/ttsBench.js';
import type { Voice } from '../../../src/speech/tts/voice.js';

/** A voice that takes 10 ms for each of two clauses of a second. */
function simulatedVoice(clock: SimulatedClock): Voice {
  return {
    name: 'simulated',
    sampleRateHz: 1000,
    warmUp: async () => clock.increment(500),
    async *synthesize() {
      for (let clause = 0; clause < 2; clause++) {
        clock.increment(10);
        yield { samples: new Float32Array(1000), sampleRateHz: 1000 };
      }
    },
    close: async () => {},
  };
}

describe('the benchmark of voices', () => {
  it('reports medians for each class of length that it was given', async () => {
    const clock = new SimulatedClock();
    const sentences = ['Three short words.', 'One two.', Array(28).fill('word').join(' ')];
    const result = await benchTts(simulatedVoice(clock), sentences, 3, clock, new AbortController().signal);
    assert.equal(result.warmUpMs, 500);
    const each = { firstPcmMs: 10, totalMs: 20, audioMs: 2000, rtf: 0.01 };
    assert.deepEqual(result.lengths, [
      { words: 3, runs: 6, ...each },
      { words: 30, runs: 3, ...each },
    ]);
  });
});
