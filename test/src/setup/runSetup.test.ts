import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { suite, type TestContext, test } from 'node:test';
import { freeDevices } from '../../../src/setup/freeDevices.js';
import { ServiceCommandError } from '../../../src/setup/pausedService.js';
import { recommendedDialogue } from '../../../src/setup/recommendedDialogue.js';
import { runSetup } from '../../../src/setup/runSetup.js';
import type { SetupStep } from '../../../src/setup/setupStep.js';
import type { DevicesInUse } from '../../../src/setup/soundTests.js';
import { boardStep } from '../../../src/setup/steps/boardStep.js';
import { buttonStep } from '../../../src/setup/steps/buttonStep.js';
import { chatModelStep } from '../../../src/setup/steps/chatModelStep.js';
import { computerStep } from '../../../src/setup/steps/computerStep.js';
import { firstQuestionStep } from '../../../src/setup/steps/firstQuestionStep.js';
import { inspectorStep } from '../../../src/setup/steps/inspectorStep.js';
import { ledStep } from '../../../src/setup/steps/ledStep.js';
import { microphoneStep } from '../../../src/setup/steps/microphoneStep.js';
import { speakerStep } from '../../../src/setup/steps/speakerStep.js';
import { speechModelsStep } from '../../../src/setup/steps/speechModelsStep.js';
import type { ComputerFacts } from '../../../src/setup/tables/computerRequirements.js';
import { type Answer, CTRL_C, ScriptedDialogue } from './scriptedDialogue.js';
import { ScriptedServer, ScriptedSound, scriptedBody, scriptedModels, scriptedQuestion } from './scriptedParts.js';
import { settingsIn } from './scriptedSettings.js';

const EARS = ['silero-vad-v6', 'moonshine-tiny-en'];
const VOICE = 'en_US-ljspeech-medium';

const PI: ComputerFacts = {
  model: 'Raspberry Pi 5 Model B Rev 1.0',
  arch: 'arm64',
  nodeVersion: 'v20.19.2',
  memoryBytes: 4e9,
  now: new Date('2026-06-01'),
  lacksService: false,
  freeBytes: 10e9,
};

interface World {
  readonly computer?: Partial<ComputerFacts>;
  readonly sound?: ScriptedSound;
  readonly body?: ReturnType<typeof scriptedBody>;
  readonly server?: ScriptedServer;
  readonly models?: ReturnType<typeof scriptedModels>;
  readonly turn?: Parameters<typeof scriptedQuestion>[0];
  readonly inUse?: () => DevicesInUse | undefined;
  readonly listen?: string;
  readonly cards?: readonly string[];
}

function stepsIn(world: World): SetupStep[] {
  const computer = { ...PI, ...world.computer };
  const mayTest = freeDevices(async () => world.inUse?.(), true);
  const sound = world.sound ?? new ScriptedSound();
  const body = world.body ?? scriptedBody('pressed');
  const machine = { memoryBytes: computer.memoryBytes, arch: computer.arch, speed: 'pi5' as const };
  let tokens = 0;
  return [
    computerStep(computer),
    boardStep(async () => ({ hatProduct: undefined, cards: world.cards ?? ['seeed2micvoicec'] })),
    speakerStep(sound, mayTest),
    microphoneStep(sound, mayTest),
    buttonStep(body, mayTest),
    ledStep(body, mayTest),
    chatModelStep({ server: world.server ?? new ScriptedServer(), machine, now: () => 0 }),
    speechModelsStep({
      models: (world.models ?? scriptedModels(EARS)).models,
      memoryBytes: computer.memoryBytes,
      now: () => 0,
    }),
    inspectorStep({
      listen: () => world.listen ?? '127.0.0.1:7333',
      hasToken: async () => tokens > 0,
      newLinks: async () => ({ links: [`http://pi.local:7333/?token=${++tokens}`], code: ['█▀█'] }),
    }),
    firstQuestionStep(scriptedQuestion(world.turn), mayTest),
  ];
}

/** Runs the wizard to its end with these answers. */
async function setUp(t: TestContext, answers: Readonly<Record<string, readonly Answer[]>> = {}, world: World = {}) {
  const dialogue = new ScriptedDialogue(answers);
  const kept = await settingsIn(t);
  const { signal } = new AbortController();
  const report = await runSetup(stepsIn(world), { dialogue, settings: kept.settings, signal });
  const step = (name: string) => report.steps.find((each) => each.name === name);
  return { dialogue, report, step, ...kept };
}

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
    await assert.rejects(
      runSetup(steps, { dialogue, settings: kept.settings, signal: new AbortController().signal }),
      /64-bit only/,
    );
    assert.equal(existsSync(kept.file.path), false);
  });

  test('stops for a file that somebody has broken meanwhile, and leaves it', async (t) => {
    const kept = await settingsIn(t);
    writeFileSync(kept.file.path, '[llm\n');
    const running = runSetup(stepsIn({}), {
      dialogue: new ScriptedDialogue(),
      settings: kept.settings,
      signal: new AbortController().signal,
    });
    await assert.rejects(running, /not valid TOML/);
    assert.equal(kept.text(), '[llm\n');
  });

  test('ends at once with its signal', async (t) => {
    const kept = await settingsIn(t);
    const stop = new AbortController();
    const steps = stepsIn({ inUse: () => stop.abort(new Error('stopped by SIGINT')) as undefined });
    await assert.rejects(
      runSetup(steps, { dialogue: new ScriptedDialogue(), settings: kept.settings, signal: stop.signal }),
      /SIGINT/,
    );
  });
});

suite('the sound in setup', () => {
  test('is that of the board under the name that its driver gives it here', async (t) => {
    const sound = new ScriptedSound();
    const { config } = await setUp(t, {}, { sound, cards: ['vc4hdmi0', 'whisplaysound'] });
    const { input, output } = (await config()).audio;
    assert.deepEqual([input, output], Array(2).fill('plughw:CARD=whisplaysound'));
    assert.deepEqual(sound.playedOn, ['plughw:CARD=whisplaysound']);
  });

  test('is played until it is heard, on another speaker where that helps', async (t) => {
    const sound = new ScriptedSound();
    const { config, step } = await setUp(
      t,
      { 'Which speaker?': ['Speakerphone', 'Other'], 'Did you hear': [false], 'What now?': ['Choose another'] },
      { sound },
    );
    assert.deepEqual(sound.playedOn, ['plughw:CARD=Speakerphone,DEV=0', 'plughw:CARD=Other,DEV=0']);
    assert.equal((await config()).audio.output, 'plughw:CARD=Other,DEV=0');
    assert.equal(step('speaker')?.outcome, 'done');
  });

  test('is played on a speaker that was plugged in meanwhile', async (t) => {
    const sound = new ScriptedSound();
    const all = await sound.list();
    let listed = 0;
    sound.list = async () => (listed++ === 0 ? { ...all, devices: [] } : all);
    const answers = {
      'Which speaker?': ["The system's", 'Other'],
      'Did you': [false],
      'What now?': ['Choose another'],
    };
    const { config } = await setUp(t, answers, { sound });
    assert.equal((await config()).audio.output, 'plughw:CARD=Other,DEV=0');
  });

  test('says who has the speaker, and goes on without it', async (t) => {
    const sound = new ScriptedSound();
    sound.broken.add('plughw:CARD=Other,DEV=0');
    const { dialogue, report } = await setUp(
      t,
      { 'Which speaker?': ['Other'], 'What now?': ['Go on without'] },
      { sound },
    );
    assert.ok(dialogue.heard(/in use by mpd/));
    assert.match(report.left.join(), /in use by mpd\. See: pressel devices/);
  });

  test('of a soft microphone is made louder, and tried again', async (t) => {
    const sound = new ScriptedSound([0.004, 0.1]);
    const { config, step } = await setUp(t, { 'What now?': ['Let Pressel add'] }, { sound });
    assert.equal(step('microphone')?.outcome, 'done');
    assert.deepEqual([sound.gains.length, sound.gains[1]], [2, (await config()).audio.inputGainDb]);
    assert.ok((sound.gains[1] ?? 0) > 15);
  });

  test('of a dead microphone is left with its remedy', async (t) => {
    const { report } = await setUp(t, { 'What now?': ['Go on as it is'] }, { sound: new ScriptedSound([0]) });
    assert.match(report.left.join(), /digital silence.*alsamixer/);
  });

  test('is not tried where the appliance has the devices, which is asked once', async (t) => {
    const sound = new ScriptedSound();
    const inUse = { by: 'Pressel runs as a service', stop: 'sudo systemctl stop pressel' };
    const { dialogue, step, report } = await setUp(t, {}, { sound, inUse: () => inUse });
    assert.deepEqual(sound.playedOn, []);
    assert.equal(dialogue.said.filter((line) => line.startsWith('Stop it in another terminal')).length, 1);
    assert.deepEqual(
      ['speaker', 'microphone', 'button', 'firstQuestion'].map((name) => step(name)?.outcome),
      Array(4).fill('skipped'),
    );
    assert.equal(report.left.filter((line) => line.includes('systemctl stop')).length, 1);
    assert.ok(dialogue.said.filter((line) => line === 'Not tried: Pressel runs as a service.').length >= 4);
  });

  test('is tried once the appliance was stopped', async (t) => {
    const sound = new ScriptedSound();
    const answers: (DevicesInUse | undefined)[] = [{ by: 'It runs', stop: 'kill 7' }, undefined];
    await setUp(t, { 'Stop it in another': ['I have stopped it'] }, { sound, inUse: () => answers.shift() });
    assert.equal(sound.playedOn.length, 1);
  });
});

suite('a service that setup may stop', () => {
  /** It runs until it is paused, so often. */
  function serviceThat({ comesBack = 0, fails = false } = {}) {
    let runs = 1 + comesBack;
    const pauses: string[] = [];
    const pause = async () => {
      pauses.push('paused');
      if (fails) throw new ServiceCommandError('systemctl stop pressel.service: Access denied');
      runs--;
    };
    const inUse = { by: 'Pressel runs as a service', stop: 'sudo systemctl stop pressel', pause };
    return { inUse: () => (runs > 0 ? inUse : undefined), pauses };
  }
  const QUESTION =
    'Pressel runs as a service and has the devices. Stop it while you set up? It is started again at the end.';

  test('is stopped unless the owner says no, and everything is tried then', async (t) => {
    const sound = new ScriptedSound();
    const { inUse, pauses } = serviceThat();
    const { dialogue, report } = await setUp(t, {}, { sound, inUse });
    assert.equal(dialogue.said.filter((line) => line === QUESTION).length, 1);
    assert.deepEqual([pauses.length, sound.playedOn.length, report.left], [1, 1, []]);
  });

  test('goes on where the owner says no, and nothing is tried', async (t) => {
    const sound = new ScriptedSound();
    const { inUse, pauses } = serviceThat();
    const { report } = await setUp(t, { 'Pressel runs as a service': [false] }, { sound, inUse });
    assert.deepEqual([pauses, sound.playedOn], [[], []]);
    assert.match(report.left.join(), /were not tested, as Pressel runs as a service: sudo pressel setup, and/);
  });

  for (const [what, service] of [
    ['that cannot be stopped', serviceThat({ fails: true })],
    ['that somebody starts again', serviceThat({ comesBack: 9 })],
  ] as const) {
    test(`${what} is left to the owner, and setup goes on without the tests`, async (t) => {
      const { dialogue, step } = await setUp(t, {}, { inUse: service.inUse });
      assert.equal(service.pauses.length, 1);
      assert.ok(dialogue.heard(/^Stop it in another terminal \(sudo systemctl stop pressel\)/));
      assert.equal(step('speaker')?.outcome, 'skipped');
    });
  }
});

test('a button that reads the other way round is turned, and tried again', async (t) => {
  const body = scriptedBody('downAtOnce', 'pressed');
  const { config, step } = await setUp(t, { 'What now?': ['Take it the other way'] }, { body });
  assert.deepEqual(body.activeLow, [true, false]);
  assert.equal((await config()).button.activeLow, false);
  assert.equal(step('button')?.outcome, 'done');
});

test('a computer that is set up without a button is not said to have no GPIO', async (t) => {
  const without = scriptedBody();
  const { settings } = await settingsIn(t, { PRESSEL_BUTTON_DRIVER: 'none' });
  const dialogue = new ScriptedDialogue();
  const { signal } = new AbortController();
  const step = buttonStep(without, async () => undefined);
  assert.equal((await step.run({ dialogue, settings, signal })).outcome, 'skipped');
  assert.deepEqual(dialogue.said, ['button.driver is "none".']);
});

test('LEDs that stay dark are left with their remedy', async (t) => {
  const { report } = await setUp(t, { 'The LEDs (GPIO27) blink': [false] });
  assert.match(report.left.join(), /stay dark.*raspi-config/);
});

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
    const { signal } = new AbortController();
    const world = { server, models: scriptedModels(EARS) };
    await runSetup(stepsIn(world), { dialogue: new ScriptedDialogue(), settings: kept.settings, signal });
    const { tts, llm } = await kept.config();
    assert.deepEqual([tts.voice, llm.model, server.pulled], ['flite:rms', 'mistral:7b', ['mistral:7b']]);
  });

  test('is known by its short name, which stays', async (t) => {
    const kept = await settingsIn(t);
    await kept.settings.keep({ 'llm.model': 'mistral' });
    const server = new ScriptedServer({ models: ['mistral:latest'] });
    const { signal } = new AbortController();
    const dialogue = new ScriptedDialogue({ 'Which language': ['mistral'] });
    await runSetup(stepsIn({ server }), { dialogue, settings: kept.settings, signal });
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

suite('the inspector in setup', () => {
  async function inspected(
    t: TestContext,
    listen: string,
    answers: Readonly<Record<string, readonly Answer[]>>,
    hasToken = false,
  ) {
    const { settings } = await settingsIn(t);
    const kept: unknown[] = [];
    const dialogue = new ScriptedDialogue(answers);
    const newLinks = async () => ({ links: ['http://pi.local:7333/?token=abc'], code: ['█▀█'] });
    const step = inspectorStep({ listen: () => listen, hasToken: async () => hasToken, newLinks });
    const keep = async (changes: object) => {
      kept.push(changes);
      return [];
    };
    const report = await step.run({
      dialogue,
      settings: { current: settings.current, keep },
      signal: new AbortController().signal,
    });
    return { report, kept, isShown: dialogue.heard(/token=abc/), said: dialogue.said };
  }

  test('stays on this computer unless somebody opens it, and then has a token that is shown', async (t) => {
    const here = await inspected(t, '127.0.0.1:7333', {});
    assert.deepEqual([here.kept, here.isShown], [[{ 'inspector.listen': '127.0.0.1:7333' }], false]);
    const open = await inspected(t, '127.0.0.1:7333', { 'Who may': ['Every browser'] });
    assert.deepEqual([open.kept, open.isShown], [[{ 'inspector.listen': '0.0.0.0:7333' }], true]);
    const nobody = await inspected(t, '127.0.0.1:7333', { 'Who may': ['Nobody'] });
    assert.deepEqual([nobody.kept, nobody.isShown], [[{ 'inspector.listen': 'off' }], false]);
  });

  test('shows the code and waits before the link, as a small terminal has no room for both', async (t) => {
    const { said } = await inspected(t, '127.0.0.1:7333', { 'Who may': ['Every browser'] });
    const order = [/█▀█/, /Press Enter/, /token=abc/, /never again.*--new-token/].map((part) =>
      said.findIndex((line) => part.test(line)),
    );
    assert.ok(
      order.every((place, index) => place > (order[index - 1] ?? -1)),
      String(order),
    );
  });

  test('makes no token for a script, which could not show it to anybody', async (t) => {
    const { settings } = await settingsIn(t, { PRESSEL_INSPECTOR_LISTEN: '0.0.0.0:7333' });
    const step = inspectorStep({
      listen: () => '0.0.0.0:7333',
      hasToken: async () => false,
      newLinks: () => assert.fail('a token was made'),
    });
    const { signal } = new AbortController();
    const report = await step.run({ dialogue: recommendedDialogue(undefined), settings, signal });
    assert.match(report.left?.join() ?? '', /pressel inspector --new-token/);
  });

  test('keeps the token that is in use unless a new one is wanted', async (t) => {
    assert.equal((await inspected(t, '0.0.0.0:7333', {}, true)).isShown, false);
    assert.equal((await inspected(t, '0.0.0.0:7333', { 'There is a token': [true] }, true)).isShown, true);
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
  const report = await runSetup(stepsIn(world), {
    dialogue,
    settings: kept.settings,
    signal: new AbortController().signal,
  });
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
