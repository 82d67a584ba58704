import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { resume } from '../../../src/update/update.js';
import { because } from './because.js';
import { setUp, UNTOUCHED, UPDATED } from './fakeUpdate.js';

describe('an update measures the new version by the old one: it', () => {
  const MODEL = 'Ready to be asked. No language model: http://127.0.0.1:11434 does not answer.';
  const START = 'Cannot start: asr.onnx is damaged. It is tried again.';
  for (const [what, before, after] of [
    ['does not start, and says that it is ready to try again', 'Ready to be asked.', START],
    ['starts again and again', 'Ready to be asked.', 'Starting: the models are being checked.'],
    ['has lost the language model', 'Ready to be asked.', MODEL],
    ['has lost the speaker besides', MODEL, `${MODEL} No speaker: hw:2 is gone.`],
  ] as const) {
    test(`goes back when the new version ${what}`, async (t) => {
      const { run, service, links } = await setUp(t);
      service.says.set('0.2.0', before).set('0.3.0', after);
      await assert.rejects(run(), because('notReady', /what worked before did not within 60 s: it says "/));
      assert.deepEqual(await links(), UNTOUCHED);
    });
  }

  for (const [what, before, after] of [
    ['lacks what the old one lacked', MODEL, 'Listening. No language model.'],
    ['mends what was wrong', MODEL, 'Ready to be asked.'],
    ['follows one that could not start', START, `${START} No microphone.`],
    ['says nothing of itself', 'Ready to be asked.', ''],
    ['quotes a trouble that is none', 'Ready to be asked.', 'Ready to be asked, as in "No speaker: x".'],
  ] as const) {
    test(`stays when the new version ${what}`, async (t) => {
      const { run, service, links } = await setUp(t);
      service.says.set('0.2.0', before).set('0.3.0', after);
      await run();
      assert.deepEqual(await links(), UPDATED);
    });
  }

  test('waits for a microphone that is found a little later', async (t) => {
    const { run, service, links } = await setUp(t);
    service.says.set('0.2.0', 'Ready to be asked.').set('0.3.0', 'Ready to be asked. No microphone: busy.');
    let looks = 0;
    const state = service.state.bind(service);
    service.state = () => {
      if (++looks === 20) service.says.set('0.3.0', 'Ready to be asked.');
      return state();
    };
    const change = await run();
    assert.equal(change?.tookMs, 9_000);
    assert.deepEqual(await links(), UPDATED);
  });

  test('asks nothing but to be ready of a version that follows one which was not up', async (t) => {
    const { run, service, links } = await setUp(t);
    service.broken.set('0.2.0', 'failed');
    service.says.set('0.2.0', 'Ready to be asked.').set('0.3.0', START);
    await run();
    assert.deepEqual(await links(), UPDATED);
  });

  test('measures by the version before also when a power cut came between', async (t) => {
    const { run, service, installation, options, links } = await setUp(t);
    service.says.set('0.2.0', 'Ready to be asked.').set('0.3.0', MODEL);
    const onStep = (step: string) => {
      if (step === 'prove') throw new Error('power cut');
    };
    await assert.rejects(run({ onStep }), /power cut/);
    await assert.rejects(resume(installation, options), because('notReady', /what worked before/));
    assert.deepEqual(await links(), UNTOUCHED);
  });

  test('finishes what a version began that had not noted what worked before', async (t) => {
    const { installation, options, service, links } = await setUp(t);
    service.says.set('0.2.0', MODEL);
    await installation.remember({ from: '0.1.0', to: '0.2.0', previous: null, serviceWanted: true });
    assert.equal(await resume(installation, options), '0.2.0');
    assert.deepEqual(await links(), UNTOUCHED);
  });
});
