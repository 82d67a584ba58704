import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { pino } from 'pino';
import { SpeedLog } from '../../../src/appliance/speedLog.js';
import { type MeasuredSpeeds, NOTHING_MEASURED } from '../../../src/observability/measuredSpeeds.js';
import { recorder } from '../../fixtures/recordedIo.js';

function speedLog() {
  const stream = recorder();
  const log = new SpeedLog(pino({ level: 'info', base: null, timestamp: false }, stream), {
    asr: 'moonshine-tiny',
    llm: 'ollama:qwen2.5:0.5b',
    tts: 'flite:rms',
  });
  const lines = () => stream.text.split('\n').filter((line) => line !== '');
  return { tell: (speeds: Partial<MeasuredSpeeds>) => log.tell({ ...NOTHING_MEASURED, ...speeds }), lines };
}

suite('the log of the speeds', () => {
  test('says them when one becomes known, and not whenever one changes a little', () => {
    const { tell, lines } = speedLog();
    tell({ promptTokensPerSecond: 41.238 });
    tell({ promptTokensPerSecond: 41.238, generatedTokensPerSecond: 8.06 });
    tell({ promptTokensPerSecond: 41.238, generatedTokensPerSecond: 8.11 });
    assert.deepEqual(lines(), [
      '{"level":30,"promptTokensPerSecond":41,"msg":"speeds"}',
      '{"level":30,"promptTokensPerSecond":41,"generatedTokensPerSecond":8.1,"msg":"speeds"}',
    ]);
  });

  test('warns once of each model that is slower than speech', () => {
    const { tell, lines } = speedLog();
    tell({ ttsRealTimeFactor: 1.5 });
    tell({ ttsRealTimeFactor: 1.5, generatedTokensPerSecond: 2 });
    tell({ ttsRealTimeFactor: 1.5, generatedTokensPerSecond: 2.1 });
    const warnings = lines().filter((line) => line.includes('"level":40'));
    assert.equal(warnings.length, 2);
    assert.match(warnings[0] ?? '', /the voice flite:rms needs 1\.5 s/);
    assert.match(warnings[1] ?? '', /qwen2\.5:0\.5b writes 2\.0 tokens/);
  });
});
