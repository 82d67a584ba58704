import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SimulatedClock } from 'xstate';
import { benchAsr } from '../../../src/bench/asrBench.js';
import type { SpeechRecognizer } from '../../../src/speech/asr/recognizer.js';

const never = new AbortController().signal;

/**
 * A recogniser that writes a token per 100 ms of sound, and takes the given times for whole recordings, one after the
 * other: so much less with a draft as the draft has tokens.
 */
function simulatedRecognizer(clock: SimulatedClock, durationsMs: number[]): SpeechRecognizer {
  let latestMs = 0;
  return {
    name: 'simulated',
    warmUp: async () => clock.increment(700),
    async transcribe({ length }, signal, draft) {
      signal.throwIfAborted();
      const isWhole = length > 0 && length % 8000 === 0;
      if (isWhole && !draft) latestMs = durationsMs.shift() ?? 0;
      if (isWhole) clock.increment(latestMs - (draft?.tokens?.length ?? 0));
      const heard = Math.round(length / 1600);
      // The last token is a guess while more is to come.
      const tokens = Array.from({ length: heard }, (_, index) => (isWhole || index + 1 < heard ? index : -1));
      return { text: '', asrMs: 0, tokens };
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
    assert.deepEqual(
      result.clips.map(({ withDraft: _, ...clip }) => clip),
      [
        { name: 'long', audioMs: 2000, medianMs: 200, minMs: 100, maxMs: 300, realTimeFactor: 0.1 },
        { name: 'short', audioMs: 500, medianMs: 50, minMs: 40, maxMs: 60, realTimeFactor: 0.1 },
      ],
    );
    assert.equal(result.realTimeFactor, 0.1);
    const { p99, max } = result.mainThreadStallMs;
    assert.ok(p99 >= 0 && max >= p99);
  });

  it('reports the same recognitions with drafts, and how much of those was kept', async () => {
    const clock = new SimulatedClock();
    const recognizer = simulatedRecognizer(clock, [100, 50, 300, 60, 200, 40]);
    const { clips } = await benchAsr({ recognizer, recordings, runs: 3, signal: never, clock });
    assert.deepEqual(
      clips.map(({ withDraft }) => withDraft),
      [
        [
          { unheardMs: 300, medianMs: 183, minMs: 83, maxMs: 283, draftTokens: 17, acceptedTokens: 16 },
          { unheardMs: 600, medianMs: 186, minMs: 86, maxMs: 286, draftTokens: 14, acceptedTokens: 13 },
        ],
        [
          { unheardMs: 300, medianMs: 48, minMs: 38, maxMs: 58, draftTokens: 2, acceptedTokens: 1 },
          { unheardMs: 600, medianMs: 50, minMs: 40, maxMs: 60, draftTokens: 0, acceptedTokens: 0 },
        ],
      ],
    );
  });

  it('stops when aborted', async () => {
    const clock = new SimulatedClock();
    const recognizer = simulatedRecognizer(clock, []);
    const signal = AbortSignal.abort('enough');
    await assert.rejects(benchAsr({ recognizer, recordings, runs: 1, signal, clock }), (error) => error === 'enough');
  });
});
