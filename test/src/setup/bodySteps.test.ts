import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ServiceCommandError } from '../../../src/setup/pausedService.js';
import type { DevicesInUse } from '../../../src/setup/soundTests.js';
import { buttonStep } from '../../../src/setup/steps/buttonStep.js';
import { ScriptedDialogue } from './scriptedDialogue.js';
import { ScriptedSound, scriptedBody } from './scriptedParts.js';
import { settingsIn } from './scriptedSettings.js';

import { contextOf, setUp } from './settingUp.js';

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
  const step = buttonStep(without, async () => undefined);
  assert.equal((await step.run(contextOf(dialogue, settings))).outcome, 'skipped');
  assert.deepEqual(dialogue.said, ['button.driver is "none".']);
});

test('LEDs that stay dark are left with their remedy', async (t) => {
  const { report } = await setUp(t, { 'The LEDs (GPIO27) blink': [false] });
  assert.match(report.left.join(), /stay dark.*raspi-config/);
});
