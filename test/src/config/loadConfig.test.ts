import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { DEFAULT_CONFIG, SETTINGS } from '../../../src/config/config.js';
import { variableName } from '../../../src/config/environment.js';
import { loadConfig } from '../../../src/config/loadConfig.js';
import { configSchema } from '../../../src/config/schema.js';
import { parseVoice } from '../../../src/config/voiceSetting.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

/** A home and a system without any configuration. */
function emptyPlaces(t: TestContext) {
  const folder = temporaryFolder(t);
  const write = (name: string, source: string) => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, source);
    return file;
  };
  return { home: folder, systemFile: path.join(folder, 'etc', 'config.toml'), env: {}, write };
}

suite('the configuration', () => {
  test('is complete without any file', async (t) => {
    const { config, file, origins } = await loadConfig(emptyPlaces(t));
    assert.deepEqual(config, DEFAULT_CONFIG);
    assert.equal(file, null);
    assert.deepEqual([...new Set(origins.values())], ['default']);
    assert.equal(config.endpointing.silenceMs, 600);
    assert.equal(config.tts.voice, 'flite:rms');
  });

  test('takes the system file before the one of the user, and --config before both', async (t) => {
    const { write, ...places } = emptyPlaces(t);
    const userFile = write('.config/pressel/config.toml', '[llm]\nmodel = "user"');
    assert.equal((await loadConfig(places)).file, userFile);
    const systemFile = write('etc/config.toml', '[llm]\nmodel = "system"');
    assert.equal((await loadConfig(places)).config.llm.model, 'system');
    assert.equal((await loadConfig(places)).file, systemFile);
    const own = write('own.toml', '[llm]\nmodel = "own"');
    assert.equal((await loadConfig({ ...places, file: own })).config.llm.model, 'own');
  });

  test('finds the file of the user in XDG_CONFIG_HOME', async (t) => {
    const { write, ...places } = emptyPlaces(t);
    const file = write('elsewhere/pressel/config.toml', '');
    const env = { XDG_CONFIG_HOME: path.join(places.home, 'elsewhere') };
    assert.equal((await loadConfig({ ...places, env })).file, file);
  });

  test('lets the environment win over the file, and flags over both, and knows which won', async (t) => {
    const { write, ...places } = emptyPlaces(t);
    const file = write('c.toml', '[llm]\nmodel = "file"\nstreaming = false\n\n[asr]\npadding_ms = 100');
    const env = { PRESSEL_LLM_MODEL: 'env', PRESSEL_ASR_PADDING_MS: '150' };
    const flags = { 'llm.model': 'flag', 'tts.voice': undefined } as const;
    const { config, origins } = await loadConfig({ ...places, file, env, flags });
    assert.equal(config.llm.model, 'flag');
    assert.equal(config.asr.paddingMs, 150);
    assert.equal(config.llm.streaming, false);
    assert.equal(origins.get('llm.model'), 'flag');
    assert.equal(origins.get('asr.padding_ms'), 'env PRESSEL_ASR_PADDING_MS');
    assert.equal(origins.get('llm.streaming'), 'file:3');
    assert.equal(origins.get('tts.voice'), 'default');
  });

  test('reads dotted keys and inline tables like sections', async (t) => {
    const { write, ...places } = emptyPlaces(t);
    const file = write('c.toml', 'llm.model = "dotted"\nvad = { threshold = 0.6 }\n[log]\n"level" = "debug"');
    const { config } = await loadConfig({ ...places, file });
    assert.equal(config.llm.model, 'dotted');
    assert.equal(config.vad.threshold, 0.6);
    assert.equal(config.log.level, 'debug');
  });

  test('reads a table within a section, however it is written', async (t) => {
    const { write, ...places } = emptyPlaces(t);
    for (const written of [
      '[skills.mqtt]\nurl = "mqtt://b"\n[skills]\nfolder = "f"',
      '[skills]\nfolder = "f"\nmqtt.url = "mqtt://b"',
      '[skills]\nfolder = "f"\nmqtt = { url = "mqtt://b" }',
      'skills = { folder = "f", mqtt = { url = "mqtt://b" } }',
      'skills.folder = "f"\nskills.mqtt.url = "mqtt://b"',
      'skills.folder = "f"\nskills.mqtt = { url = "mqtt://b" }',
    ]) {
      const file = write('c.toml', written);
      const { config, origins } = await loadConfig({ ...places, file });
      assert.deepEqual([config.skills.folder, config.mqtt.url], ['f', 'mqtt://b'], written);
      assert.match(origins.get('skills.mqtt.url') ?? '', /^file:\d$/);
    }
    const env = { PRESSEL_SKILLS_MQTT_URL: 'mqtt://c', PRESSEL_SKILLS_HOME_ASSISTANT_TIMEOUT_MS: '900' };
    const { config } = await loadConfig({ ...places, env, flags: { 'skills.mqtt.enabled': true } });
    assert.deepEqual([config.mqtt.url, config.mqtt.enabled, config.homeAssistant.timeoutMs], ['mqtt://c', true, 900]);
  });

  test('accepts keep_alive as seconds or as a duration, and -1 as text', async (t) => {
    const { write, ...places } = emptyPlaces(t);
    for (const [written, meant] of [
      ['-1', -1],
      ['"-1"', -1],
      ['300', 300],
      ['"10m"', '10m'],
    ] as const) {
      const file = write('c.toml', `[llm]\nkeep_alive = ${written}`);
      assert.equal((await loadConfig({ ...places, file })).config.llm.keepAlive, meant);
    }
    const fromEnv = await loadConfig({ ...places, env: { PRESSEL_LLM_KEEP_ALIVE: '-1' } });
    assert.equal(fromEnv.config.llm.keepAlive, -1);
  });

  test('leaves optional settings out when nobody gives them', async (t) => {
    const { config } = await loadConfig(emptyPlaces(t));
    assert.equal('threads' in config.llm || 'speaker' in config.tts || 'lengthScale' in config.tts, false);
    const { config: given } = await loadConfig({ ...emptyPlaces(t), env: { PRESSEL_TTS_LENGTH_SCALE: '1.2' } });
    assert.equal(given.tts.lengthScale, 1.2);
  });

  test('documents every setting', () => {
    for (const section of Object.values(configSchema.shape)) {
      for (const [key, setting] of Object.entries(section.shape)) assert.ok(setting.description, key);
    }
  });
});

suite('environment variables', () => {
  test('exist for every setting', async (t) => {
    const places = emptyPlaces(t);
    const { raw } = await loadConfig(places);
    const optional: Record<string, string> = {
      'llm.threads': '2',
      'tts.threads': '2',
      'tts.speaker': '1',
      'tts.length_scale': '1',
      'audio.input_channel': '1',
    };
    for (const [section, keys] of SETTINGS) {
      const values: Readonly<Record<string, unknown>> = raw[section as keyof typeof raw];
      for (const key of keys) {
        const value = String(values[key] ?? optional[`${section}.${key}`]);
        const name = variableName(section, key);
        const { origins } = await loadConfig({ ...places, env: { [name]: value } });
        assert.equal(origins.get(`${section}.${key}`), value === '' ? 'default' : `env ${name}`);
      }
    }
  });

  test('that are empty count as not set', async (t) => {
    const { config } = await loadConfig({ ...emptyPlaces(t), env: { PRESSEL_LLM_MODEL: '', PRESSEL_LLM_MODLE: '' } });
    assert.equal(config.llm.model, DEFAULT_CONFIG.llm.model);
  });

  test('include PRESSEL_MODELS for the folder of models', async (t) => {
    const { config, origins } = await loadConfig({ ...emptyPlaces(t), env: { PRESSEL_MODELS: '/m' } });
    assert.equal(config.models.folder, '/m');
    assert.equal(origins.get('models.folder'), 'env PRESSEL_MODELS');
  });

  const bad = [
    ['PRESSEL_LLM_MODLE', 'x', 'PRESSEL_LLM_MODLE: there is no such setting; did you mean "PRESSEL_LLM_MODEL"?'],
    ['PRESSEL_LMM_MODEL', 'x', 'PRESSEL_LMM_MODEL: there is no such setting; did you mean "PRESSEL_LLM_MODEL"?'],
    [
      'PRESSEL_SKILLS_MQT_URL',
      'x',
      'PRESSEL_SKILLS_MQT_URL: there is no such setting; did you mean "PRESSEL_SKILLS_MQTT_URL"?',
    ],
    ['PRESSEL_MODEL', 'x', 'PRESSEL_MODEL: there is no such setting; did you mean "PRESSEL_MODELS"?'],
    [
      'PRESSEL_LLM_THREADS',
      'two',
      'PRESSEL_LLM_THREADS: llm.threads: expected a whole number from 1 to 64, found "two"',
    ],
    ['PRESSEL_LLM_STREAMING', '1', 'PRESSEL_LLM_STREAMING: llm.streaming: expected true or false, found "1"'],
  ] as const;
  for (const [name, value, message] of bad) {
    test(`${name}=${value} is refused`, async (t) => {
      await assert.rejects(loadConfig({ ...emptyPlaces(t), env: { [name]: value } }), { message });
    });
  }

  test('of other programs are left alone', async (t) => {
    await loadConfig({ ...emptyPlaces(t), env: { PRESSEL_SOMETHING_ELSE: 'x', PRESS: 'y', PATH: '/bin' } });
  });
});

suite('a configuration that cannot be read', () => {
  test('is an error when it was asked for and is not there', async (t) => {
    const { home, ...places } = emptyPlaces(t);
    const file = path.join(home, 'missing.toml');
    await assert.rejects(loadConfig({ ...places, home, file }), { message: `${file}: there is no such file` });
  });

  test('is an error when it is a folder', async (t) => {
    const places = emptyPlaces(t);
    await assert.rejects(loadConfig({ ...places, file: places.home }), {
      message: /is a folder; a configuration is one file/,
    });
  });

  test('reports the file, the environment and the flags together', async (t) => {
    const { write, ...places } = emptyPlaces(t);
    const file = write('c.toml', '[vad]\nthreshold = "high"');
    const loading = loadConfig({
      ...places,
      file,
      env: { PRESSEL_LLM_TEMPERATURE: 'hot' },
      flags: { 'llm.modell': 'x' },
    });
    await assert.rejects(loading, (error: Error) => {
      const [first = '', second = '', third = '', ...more] = error.message.split('\n');
      assert.match(first, /c\.toml:2: vad\.threshold: expected a number from 0\.01 to 0\.99, found "high"/);
      assert.match(second, /^PRESSEL_LLM_TEMPERATURE: llm\.temperature: expected a number from 0 to 2, found "hot"/);
      assert.equal(third, 'command line: unknown setting "llm.modell"; did you mean "llm.model"?');
      assert.deepEqual(more, []);
      return true;
    });
  });
});

suite('the choice of a voice', () => {
  test('names an engine and what it speaks with', () => {
    assert.deepEqual(parseVoice('flite:slt'), { engine: 'flite', voice: 'slt' });
    assert.deepEqual(parseVoice('espeak-ng:en-us'), { engine: 'espeak-ng', language: 'en-us' });
    assert.deepEqual(parseVoice('piper:/v/x.onnx'), { engine: 'piper', modelPath: '/v/x.onnx' });
    assert.deepEqual(parseVoice('de_DE-thorsten-medium'), { engine: 'piper', modelId: 'de_DE-thorsten-medium' });
    for (const wrong of ['', 'flite', 'flite:', 'flite:bob', 'piper:/v/x.wav', 'espeak-ng:', 'silero-vad-v6']) {
      assert.equal(parseVoice(wrong), undefined, wrong);
    }
  });
});
