import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { DEFAULT_CONFIG } from '../../../src/config/config.js';
import { modelFolder } from '../../../src/models/modelFolder.js';
import { configuredModelFolder, neededModels } from '../../../src/models/neededModels.js';

suite('the folder of models', () => {
  test('is the one in PRESSEL_MODELS, else in the data folder of the user', () => {
    assert.equal(modelFolder({ PRESSEL_MODELS: '/m', XDG_DATA_HOME: '/d' }, '/home/pi'), '/m');
    assert.equal(modelFolder({ XDG_DATA_HOME: '/d' }, '/home/pi'), '/d/pressel/models');
    assert.equal(modelFolder({ XDG_DATA_HOME: 'relative' }, '/home/pi'), '/home/pi/.local/share/pressel/models');
    assert.equal(modelFolder({}, '/home/pi'), '/home/pi/.local/share/pressel/models');
  });

  test('is the configured one before all', () => {
    const config = { ...DEFAULT_CONFIG, models: { folder: '~/models' } };
    assert.equal(configuredModelFolder(config, {}, '/home/pi'), '/home/pi/models');
    assert.equal(configuredModelFolder(DEFAULT_CONFIG, {}, '/home/pi'), '/home/pi/.local/share/pressel/models');
  });
});

suite('the models that a configuration needs', () => {
  test('are VAD and ASR when the voice ships with the program', () => {
    assert.deepEqual(neededModels(DEFAULT_CONFIG), ['silero-vad-v6', 'moonshine-tiny-en']);
  });

  test('include the voice when it is one of the catalogue', () => {
    const config = { ...DEFAULT_CONFIG, tts: { ...DEFAULT_CONFIG.tts, voice: 'en_US-amy-low' } };
    assert.deepEqual(neededModels(config), ['silero-vad-v6', 'moonshine-tiny-en', 'en_US-amy-low']);
  });

  test('include the end-of-turn model only when it is turned on', () => {
    const endpointing = { ...DEFAULT_CONFIG.endpointing, endOfTurn: 'smart-turn' as const };
    const config = { ...DEFAULT_CONFIG, endpointing };
    assert.deepEqual(neededModels(config), ['silero-vad-v6', 'moonshine-tiny-en', 'smart-turn-v3']);
  });

  test('include those of the wake words, but of an own word only what all words share', () => {
    const wake = { ...DEFAULT_CONFIG.wake, words: ['hey_jarvis:0.6', '/srv/computer.onnx'] };
    assert.deepEqual(neededModels({ ...DEFAULT_CONFIG, wake }).slice(2), [
      'openwakeword-features',
      'openwakeword-hey-jarvis',
    ]);
  });
});
