import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { DEFAULT_CONFIG } from '../../../src/config/config.js';
import { loadConfig } from '../../../src/config/loadConfig.js';
import { parseWakeWord, wakeWordsOf } from '../../../src/config/wakeSettings.js';

suite('wake words in the configuration', () => {
  test('are none unless the owner says so', () => {
    assert.deepEqual(wakeWordsOf(DEFAULT_CONFIG.wake), []);
  });

  test('have the threshold of the section, or one of their own', () => {
    const words = wakeWordsOf({ words: ['hey_jarvis', 'alexa:0.7'], threshold: 0.55 });
    assert.deepEqual(words, [
      {
        word: 'hey_jarvis',
        threshold: 0.55,
        model: { id: 'openwakeword-hey-jarvis', file: 'hey_jarvis_v0.1.onnx' },
      },
      { word: 'alexa', threshold: 0.7, model: { id: 'openwakeword-alexa', file: 'alexa_v0.1.onnx' } },
    ]);
  });

  test('may be models of the owner, named after their file', () => {
    const own = { word: 'computer', threshold: 0.5, model: { path: '/srv/words/computer.onnx' } };
    assert.deepEqual(parseWakeWord('/srv/words/computer.onnx', 0.5), own);
    assert.deepEqual(parseWakeWord('/srv/words/computer.onnx:.6', 0.5), { ...own, threshold: 0.6 });
  });

  for (const wrong of ['', 'hey_siri', 'alexa:', 'alexa:1', 'alexa:0', 'alexa:0.5:0.5', '/srv/words/.onnx'])
    test(`are not "${wrong}"`, () => assert.equal(parseWakeWord(wrong, 0.5), undefined));

  test('come from the environment with commas between them', async () => {
    const env = { PRESSEL_WAKE_WORDS: 'hey_jarvis, alexa:0.7' };
    const { config } = await loadConfig({ env, home: '/nowhere', systemFile: '/nowhere/config.toml' });
    assert.deepEqual(config.wake.words, ['hey_jarvis', 'alexa:0.7']);
  });
});
