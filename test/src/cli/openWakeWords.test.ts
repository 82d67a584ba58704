import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { openWakeWords } from '../../../src/cli/openWakeWords.js';
import { DEFAULT_CONFIG } from '../../../src/config/config.js';
import { ModelStore } from '../../../src/models/modelStore.js';

const store = new ModelStore('/nowhere', { env: {} });

suite('opening the configured wake words', () => {
  test('opens nothing where there are none', () => {
    assert.equal(openWakeWords(DEFAULT_CONFIG, store), undefined);
  });

  test('gives each word its threshold', async () => {
    const wake = { words: ['hey_jarvis:0.7', '/nowhere/computer.onnx'], threshold: 0.4, refractoryMs: 1000 };
    const ear = openWakeWords({ ...DEFAULT_CONFIG, wake }, store);
    assert.deepEqual(ear?.detector.words, ['hey_jarvis', 'computer']);
    assert.deepEqual(ear?.options, { thresholds: { hey_jarvis: 0.7, computer: 0.4 }, refractoryMs: 1000 });
    await ear?.detector.close();
  });
});
