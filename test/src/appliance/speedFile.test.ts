import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { SpeedFile, timesSlower } from '../../../src/appliance/speedFile.js';
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

  test('remember the best of each and its day, through worse ones and restarts', async (t) => {
    const file = path.join(temporaryFolder(t), 'speeds.json');
    const days = ['2026-01-20', '2026-02-20', '2026-03-20'].map((day) => () => new Date(`${day}T12:00:00Z`));
    const figures = [
      { generatedTokensPerSecond: 26, asrRealTimeFactor: 0.4 },
      { generatedTokensPerSecond: 2.6, asrRealTimeFactor: 0.2 },
      { generatedTokensPerSecond: 26, asrRealTimeFactor: 0.2 },
    ];
    for (const [index, figure] of figures.entries()) {
      const speeds = new SpeedFile(file, MODELS, days[index]);
      speeds.learn({ ...NOTHING_MEASURED, ...figure });
      await speeds.save();
    }
    const { best } = new SpeedFile(file, MODELS);
    assert.deepEqual(best, {
      generatedTokensPerSecond: { value: 26, on: '2026-01-20' },
      asrRealTimeFactor: { value: 0.2, on: '2026-02-20' },
    });
    assert.deepEqual(new SpeedFile(file, { ...MODELS, llm: 'other' }).best, {
      asrRealTimeFactor: { value: 0.2, on: '2026-02-20' },
    });
  });

  test('know the release of the server that the best of a chat model was measured with, if it is a release', async (t) => {
    const file = path.join(temporaryFolder(t), 'speeds.json');
    const today = () => new Date('2026-01-20T12:00:00Z');
    for (const [server, kept] of [
      ['0.14.2', { server: '0.14.2' }],
      ['0.30.0-rc1', { server: '0.30.0-rc1' }],
      ['0.1; reboot', {}],
      [undefined, {}],
    ] as const) {
      const speeds = new SpeedFile(file, { ...MODELS, llm: server ?? 'none' }, today);
      speeds.learn({ ...NOTHING_MEASURED, generatedTokensPerSecond: 26, asrRealTimeFactor: 0.2 }, server);
      await speeds.save();
      const { best } = new SpeedFile(file, { ...MODELS, llm: server ?? 'none' });
      assert.deepEqual(best, {
        generatedTokensPerSecond: { value: 26, on: '2026-01-20', ...kept },
        asrRealTimeFactor: { value: 0.2, on: '2026-01-20' },
      });
    }
  });

  test('of an earlier version of the program have no best, and damage to it leaves the rest', (t) => {
    const file = path.join(temporaryFolder(t), 'speeds.json');
    for (const best of [undefined, [], 'x', { generatedTokensPerSecond: { value: -1, on: 'then' } }]) {
      writeFileSync(file, JSON.stringify({ models: MODELS, speeds: SPEEDS, best }));
      const speeds = new SpeedFile(file, MODELS);
      assert.deepEqual([speeds.known, speeds.best], [SPEEDS, {}]);
    }
  });

  test('are slower when there are fewer tokens a second, or more seconds for one', () => {
    assert.equal(timesSlower('generatedTokensPerSecond', 2.5, 25), 10);
    assert.equal(timesSlower('asrRealTimeFactor', 0.5, 0.25), 2);
    assert.equal(timesSlower('ttsFirstPieceMs', 100, 200), 0.5);
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
