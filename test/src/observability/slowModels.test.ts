import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type MeasuredSpeeds, NOTHING_MEASURED } from '../../../src/observability/measuredSpeeds.js';
import { slowModels } from '../../../src/observability/slowModels.js';

const NAMES = { asr: 'moonshine-tiny', llm: 'ollama:llama3.2:3b', tts: 'piper:en_US-amy-medium' };

const slow = (speeds: Partial<MeasuredSpeeds>) => slowModels({ ...NOTHING_MEASURED, ...speeds }, NAMES);

describe('a model slower than speech', () => {
  it('is none as long as nothing is known', () => {
    assert.deepEqual(slow({}), []);
  });

  it('is none that just keeps up', () => {
    assert.deepEqual(slow({ asrRealTimeFactor: 1, ttsRealTimeFactor: 1, generatedTokensPerSecond: 3.3 }), []);
  });

  it('is never told from how fast it reads, or begins', () => {
    assert.deepEqual(slow({ promptTokensPerSecond: 0.1, ttsFirstPieceMs: 60_000 }), []);
  });

  for (const [part, speeds, says] of [
    ['tts', { ttsRealTimeFactor: 1.44 }, /piper:en_US-amy-medium needs 1\.4 s .* smaller voice \(tts\.voice\)/],
    ['asr', { asrRealTimeFactor: 1.2 }, /moonshine-tiny needs 1\.2 s .* faster one/],
    ['llm', { generatedTokensPerSecond: 2.04 }, /llama3\.2:3b writes 2\.0 tokens .* smaller model \(llm\.model\)/],
  ] as const) {
    it(`is named with its speed and a remedy: ${part}`, () => {
      const [first, ...more] = slow(speeds);
      assert.equal(first?.part, part);
      assert.match(first.message, says);
      assert.deepEqual(more, []);
    });
  }
});
