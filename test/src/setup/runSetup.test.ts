import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { recommendedDialogue } from '../../../src/setup/recommendedDialogue.js';
import { runSetup } from '../../../src/setup/runSetup.js';
import { CTRL_C, ScriptedDialogue } from './scriptedDialogue.js';
import { ScriptedServer, ScriptedSound, scriptedModels } from './scriptedParts.js';
import { settingsIn } from './scriptedSettings.js';

import { contextOf, EARS, setUp, stepsIn, VOICE } from './settingUp.js';

suite('setup', () => {
  test('of a computer where all is well leaves nothing to do, and every choice in the file with its meaning', async (t) => {
    const server = new ScriptedServer();
    const { report, config, text, dialogue } = await setUp(t, {}, { server });
    assert.deepEqual([report.left, report.stopped], [[], false]);
    assert.deepEqual(
      report.steps.map(({ outcome }) => outcome).filter((outcome) => outcome === 'left'),
      [],
    );
    const { audio, llm, tts } = await config();
    assert.deepEqual([llm.model, tts.voice], ['llama3.2:1b', VOICE]);
    // The board has them, and they are written as chosen.
    assert.equal(audio.input, 'plughw:CARD=seeed2micvoicec');
    assert.match(text(), /board = "respeaker-2mic"/);
    assert.match(text(), /# The chat model\./);
    assert.deepEqual(server.pulled, ['llama3.2:1b']);
    assert.ok(dialogue.heard(/Licence: public domain/));
    assert.ok(dialogue.heard(/Pressel: It's noon\. {2}\(began after 0\.8 s\)/));
  });

  test('ended by Ctrl-C keeps what was confirmed, and goes on from there', async (t) => {
    const { report, config } = await setUp(t, { 'Which speaker?': ['Other'], 'Which language model?': [CTRL_C] });
    assert.equal(report.stopped, true);
    assert.equal((await config()).audio.output, 'plughw:CARD=Other,DEV=0');
    assert.equal((await config()).llm.model, 'qwen2.5:0.5b');
  });

  test('leaves a step that fails to the owner and takes the others', async (t) => {
    const world = { turn: { problem: 'The model is not there.' } };
    const { report, step } = await setUp(t, { 'Try once more?': [true, false] }, world);
    assert.equal(step('speechModels')?.outcome, 'done');
    assert.deepEqual(report.left, ['The first question: The model is not there. See: pressel doctor']);
  });

  test('refuses a 32-bit system before it asks or writes anything', async (t) => {
    const kept = await settingsIn(t);
    const dialogue = new ScriptedDialogue();
    const steps = stepsIn({ computer: { arch: 'arm' } });
    await assert.rejects(runSetup(steps, contextOf(dialogue, kept.settings)), /64-bit only/);
    assert.equal(existsSync(kept.file.path), false);
  });

  test('stops for a file that somebody has broken meanwhile, and leaves it', async (t) => {
    const kept = await settingsIn(t);
    writeFileSync(kept.file.path, '[llm\n');
    const running = runSetup(stepsIn({}), contextOf(new ScriptedDialogue(), kept.settings));
    await assert.rejects(running, /not valid TOML/);
    assert.equal(kept.text(), '[llm\n');
  });

  test('ends at once with its signal', async (t) => {
    const kept = await settingsIn(t);
    const stop = new AbortController();
    const steps = stepsIn({ inUse: () => stop.abort(new Error('stopped by SIGINT')) as undefined });
    await assert.rejects(runSetup(steps, contextOf(new ScriptedDialogue(), kept.settings, stop.signal)), /SIGINT/);
  });
});
test('a script takes what is recommended, is told in plain lines, and is never waited for', async (t) => {
  const kept = await settingsIn(t, { PRESSEL_LLM_MODEL: 'other:1b' });
  let said = '';
  const dialogue = recommendedDialogue((text) => {
    said += text;
  });
  const world = {
    server: new ScriptedServer({ missing: 99 }),
    sound: new ScriptedSound([0]),
    models: scriptedModels([], [...EARS, VOICE]),
  };
  const report = await runSetup(stepsIn(world), contextOf(dialogue, kept.settings));
  assert.equal(report.stopped, false);
  assert.deepEqual(
    report.steps.filter(({ outcome }) => outcome === 'left').map(({ name }) => name),
    ['microphone', 'chatModel', 'speechModels'],
  );
  assert.match(said, /^1 of 10 {2}This computer\n {2}ok Raspberry Pi 5/);
});

test('a setting that the environment overrides is told of', async (t) => {
  const { settings } = await settingsIn(t, { PRESSEL_LLM_MODEL: 'other:1b' });
  assert.deepEqual(await settings.keep({ 'llm.model': 'gemma3:1b', 'tts.voice': 'flite:slt' }), ['PRESSEL_LLM_MODEL']);
  assert.equal(settings.current.config.tts.voice, 'flite:slt');
});
