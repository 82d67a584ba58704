import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { SpeedFile } from '../../../src/appliance/speedFile.js';
import { NOTHING_MEASURED } from '../../../src/observability/measuredSpeeds.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const MODELS = { asr: 'moonshine-tiny', llm: 'ollama:qwen2.5:0.5b', tts: 'flite:rms' };
const SPEEDS = {
  asrRealTimeFactor: 0.3,
  ttsRealTimeFactor: 0.1,
  ttsFirstPieceMs: 150,
  promptTokensPerSecond: 41.2,
  generatedTokensPerSecond: 8.1,
};

suite('the speeds on disk', () => {
  test('are not known before the first measurement, and there again after a restart', async (t) => {
    const file = path.join(temporaryFolder(t), 'state', 'speeds.json');
    const speeds = new SpeedFile(file, MODELS);
    assert.deepEqual(speeds.known, NOTHING_MEASURED);
    await speeds.save();
    assert.ok(!existsSync(file), 'nothing is written before there is something to know');
    speeds.learn({ ...SPEEDS, promptTokensPerSecond: 41.238 });
    await Promise.all([speeds.save(), speeds.save()]);
    assert.deepEqual(new SpeedFile(file, MODELS).known, SPEEDS);
    assert.deepEqual(readdirSync(path.dirname(file)), ['speeds.json']);
  });

  test('stay known as long as they are not measured again', async (t) => {
    const file = path.join(temporaryFolder(t), 'speeds.json');
    const speeds = new SpeedFile(file, MODELS);
    speeds.learn(SPEEDS);
    speeds.learn({ ...NOTHING_MEASURED, generatedTokensPerSecond: 4 });
    await speeds.save();
    assert.deepEqual(new SpeedFile(file, MODELS).known, { ...SPEEDS, generatedTokensPerSecond: 4 });
  });

  test('of another model say nothing of this one', async (t) => {
    const file = path.join(temporaryFolder(t), 'speeds.json');
    const speeds = new SpeedFile(file, MODELS);
    speeds.learn(SPEEDS);
    await speeds.save();
    const { known } = new SpeedFile(file, { ...MODELS, llm: 'ollama:llama3.2:3b' });
    assert.deepEqual(known, { ...SPEEDS, promptTokensPerSecond: null, generatedTokensPerSecond: null });
  });

  for (const damaged of ['', '{', '[]', '{"models":{},"speeds":{}}', '{"speeds":{"asrRealTimeFactor":1}}']) {
    test(`are not known from ${damaged || 'an empty file'}`, (t) => {
      const file = path.join(temporaryFolder(t), 'speeds.json');
      writeFileSync(file, damaged);
      assert.deepEqual(new SpeedFile(file, MODELS).known, NOTHING_MEASURED);
    });
  }

  test('leave out what cannot be a speed', (t) => {
    const file = path.join(temporaryFolder(t), 'speeds.json');
    writeFileSync(
      file,
      JSON.stringify({ models: MODELS, speeds: { ...SPEEDS, asrRealTimeFactor: -1, ttsFirstPieceMs: 'x' } }),
    );
    assert.deepEqual(new SpeedFile(file, MODELS).known, { ...SPEEDS, asrRealTimeFactor: null, ttsFirstPieceMs: null });
  });

  test('that cannot be written are said to be lost, and nothing else breaks', async (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(path.join(folder, 'state'), 'in the way');
    const speeds = new SpeedFile(path.join(folder, 'state', 'speeds.json'), MODELS);
    speeds.learn(SPEEDS);
    await assert.rejects(speeds.save(), { code: 'EEXIST' });
    assert.deepEqual(speeds.known, SPEEDS);
  });
});
