import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { runSetup } from '../../../src/setup/runSetup.js';
import { ScriptedDialogue } from './scriptedDialogue.js';
import { ScriptedServer, scriptedModels } from './scriptedParts.js';
import { settingsIn } from './scriptedSettings.js';

import { contextOf, EARS, setUp, stepsIn, VOICE } from './settingUp.js';

suite('the language model in setup', () => {
  test('is looked for again once Ollama was installed, which is never done unasked', async (t) => {
    const server = new ScriptedServer({ missing: 1 });
    const { dialogue, step } = await setUp(t, {}, { server });
    assert.ok(dialogue.heard(/^curl -fsSL https:\/\/ollama\.com\/install\.sh \| sh$/));
    assert.deepEqual([server.asked.length, step('chatModel')?.outcome], [2, 'done']);
  });

  test('may be on another computer of the house, whose address is kept', async (t) => {
    const server = new ScriptedServer({ missing: 1, models: ['mistral:7b'] });
    const answers = {
      'Where is the': ['On another'],
      'Its address': ['192.168.1.20'],
      'Which language': ['mistral:7b'],
    };
    const { config } = await setUp(t, answers, { server, computer: { memoryBytes: 0.94e9 } });
    const { llm } = await config();
    assert.deepEqual([llm.url, llm.model], ['http://192.168.1.20:11434', 'mistral:7b']);
  });

  test('is looked for where the owner says, and here again on demand; how to install it is told once', async (t) => {
    const server = new ScriptedServer({ missing: 4 });
    const answers = {
      'Where is the': ['Here', 'On another', 'At http://192.168.1.20:11434: look again', 'On this computer'],
      'Its address': ['192.168.1.20'],
    };
    const { dialogue } = await setUp(t, answers, { server });
    const [here, there] = ['http://127.0.0.1:11434', 'http://192.168.1.20:11434'];
    assert.deepEqual(server.asked, [here, here, there, there, here]);
    assert.equal(dialogue.said.filter((line) => line.startsWith('curl')).length, 1);
  });

  test('that the owner does without is no matter of memory', async (t) => {
    const { report } = await setUp(t, { 'Which language': ['None'] });
    assert.match(report.left.join(), /^No language model: time, timers/);
  });

  test('is shown with its licence before it is fetched', async (t) => {
    const { dialogue } = await setUp(t, { 'Which language': ['gemma3:1b'] });
    assert.ok(dialogue.heard(/gemma3:1b comes from Ollama's library\. Licence: Gemma Terms of Use/));
  });

  test('is none on a Pi of 1 GB, unless somebody insists', async (t) => {
    const { dialogue, report } = await setUp(t, {}, { computer: { memoryBytes: 0.94e9 } });
    assert.ok(dialogue.heard(/940\.0 MB of memory, where no language model fits/));
    assert.match(report.left.join(), /another computer of the house/);
    const server = new ScriptedServer();
    await setUp(t, { 'Which language': ['gemma3:270m'] }, { server, computer: { memoryBytes: 0.94e9 } });
    assert.deepEqual(server.pulled, ['gemma3:270m']);
  });

  test('that cannot be fetched is tried again, or left with its command and the old choice in the file', async (t) => {
    const patient = new ScriptedServer({ failures: 2 });
    assert.equal((await setUp(t, {}, { server: patient })).step('chatModel')?.outcome, 'done');
    const { report, config } = await setUp(
      t,
      { 'What now?': ['Go on without it'] },
      { server: new ScriptedServer({ failures: 9 }) },
    );
    assert.match(report.left.join(), /llama3\.2:1b: pressel setup, which goes on .*\(the line is dead\)/);
    assert.equal((await config()).llm.model, 'qwen2.5:0.5b');
  });

  test('that somebody has chosen and fetched before stays', async (t) => {
    const server = new ScriptedServer({ models: ['qwen2.5:0.5b'] });
    const { config } = await setUp(t, {}, { server });
    assert.deepEqual([(await config()).llm.model, server.pulled], ['qwen2.5:0.5b', []]);
  });
});

suite('the voice in setup', () => {
  test('stays the old one where the new one cannot be fetched', async (t) => {
    const models = scriptedModels(EARS, [VOICE]);
    const { config, report } = await setUp(t, { 'What now?': ['Go on without'] }, { models });
    assert.equal((await config()).tts.voice, 'flite:rms');
    assert.deepEqual(report.left, [`The voice ${VOICE}: pressel setup (No network)`]);
  });

  test('is the one that ships on a small computer, and nothing is fetched against the owner', async (t) => {
    const models = scriptedModels([]);
    const { config, report } = await setUp(
      t,
      { 'Download them': [false] },
      { models, computer: { memoryBytes: 0.94e9 } },
    );
    assert.equal((await config()).tts.voice, 'flite:rms');
    assert.equal(models.here.size, 0);
    assert.deepEqual(
      report.left.filter((line) => line.startsWith('pressel models')),
      EARS.map((id) => `pressel models fetch ${id} (not wanted now)`),
    );
  });
});

suite('what somebody has chosen before', () => {
  test('is marked again: the small voice, and a model that the server has not got', async (t) => {
    const kept = await settingsIn(t);
    await kept.settings.keep({ 'tts.voice': 'flite:rms', 'llm.model': 'mistral:7b' });
    const server = new ScriptedServer({ models: ['qwen2.5:0.5b'] });
    const world = { server, models: scriptedModels(EARS) };
    await runSetup(stepsIn(world), contextOf(new ScriptedDialogue(), kept.settings));
    const { tts, llm } = await kept.config();
    assert.deepEqual([tts.voice, llm.model, server.pulled], ['flite:rms', 'mistral:7b', ['mistral:7b']]);
  });

  test('is known by its short name, which stays', async (t) => {
    const kept = await settingsIn(t);
    await kept.settings.keep({ 'llm.model': 'mistral' });
    const server = new ScriptedServer({ models: ['mistral:latest'] });
    const dialogue = new ScriptedDialogue({ 'Which language': ['mistral'] });
    await runSetup(stepsIn({ server }), contextOf(dialogue, kept.settings));
    assert.deepEqual([(await kept.config()).llm.model, server.pulled], ['mistral', []]);
  });

  test('of voices is kept where it is here, though other models are not wanted now', async (t) => {
    const answers = { 'Which voice?': [VOICE], 'Download them': [false] };
    const { config } = await setUp(t, answers, { models: scriptedModels([VOICE]) });
    assert.equal((await config()).tts.voice, VOICE);
  });
});

test('a model that the server has got as a whole is said to be checked, and not to arrive', async (t) => {
  const server = new ScriptedServer();
  server.pull = async (_url, _model, onProgress) => {
    onProgress({ status: 'pulling 1234', doneBytes: 2e6, totalBytes: 2e6 });
    onProgress({ status: 'verifying sha256 digest', doneBytes: 2e6, totalBytes: 2e6 });
  };
  const { dialogue } = await setUp(t, {}, { server });
  assert.ok(dialogue.heard(/^llama3\.2:1b: verifying sha256 digest$/));
});

suite('models from a folder', () => {
  test('bring the voice that is in it, and are said to be copied', async (t) => {
    const models = scriptedModels([], [VOICE], '/media/usb');
    const { config, report, dialogue } = await setUp(t, {}, { models });
    assert.equal((await config()).tts.voice, 'flite:rms');
    assert.deepEqual(report.left, []);
    assert.ok(dialogue.heard(/^To copy from \/media\/usb, /));
    assert.ok(dialogue.heard(/^Copy them, under these licences\?/));
  });

  test('that are not in it are not looked for for ever', async (t) => {
    const models = scriptedModels(EARS, [VOICE], '/media/usb');
    const { report } = await setUp(t, { 'Which voice?': [VOICE] }, { models });
    assert.deepEqual(report.left, [`The voice ${VOICE}: pressel setup --from /media/usb (No network)`]);
  });
});
