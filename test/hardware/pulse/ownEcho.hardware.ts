import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as realTime } from 'node:timers/promises';
import { pulseMissing } from '../../fixtures/pulse/pulseMissing.js';
import { TestAppliance } from '../../fixtures/pulse/runningAppliance.js';
import { startPulse } from '../../fixtures/pulse/startPulse.js';
import { transcriptionMissing } from '../../fixtures/pulse/transcribed.js';
import { questionFile } from '../../fixtures/questionFile.js';

const limit = () => AbortSignal.timeout(30_000);

const STORY = `${'Once there was a kettle that sang in the morning while a cat listened to it. '.repeat(3)}The end.`;

describe('the appliance beside its own speaker', { skip: pulseMissing() || transcriptionMissing() }, () => {
  it('does not answer itself in the follow-up window', async (t) => {
    const rig = await startPulse(t);
    await rig.standSpeakerBesideMicrophone();
    const appliance = await TestAppliance.start(t, rig, {
      model: { reply: () => STORY, tokensPerSecond: 200 },
      settings: { 'conversation.follow_up_ms': 3_000 },
    });
    appliance.ask('tell me a story');
    await appliance.is('turn.conversation');
    await appliance.is('turn.idle');
    const [replied, followUp, ...more] = appliance.records;
    assert.equal(replied?.heard, STORY);
    assert.equal(followUp?.transcript ?? '', '');
    assert.deepEqual(more, []);
  });

  it('hears the user and not its own last words after a barge-in', async (t) => {
    const rig = await startPulse(t);
    await rig.standSpeakerBesideMicrophone();
    const appliance = await TestAppliance.start(t, rig, { model: { reply: () => STORY, tokensPerSecond: 200 } });
    appliance.ask('tell me a story');
    await appliance.is('turn.speaking');
    await realTime(2_000);
    await appliance.tap();
    await realTime(500);
    assert.equal(appliance.states[0], 'turn.listening.speech.waitingForSpeech', 'its own words are no speech to it');
    await rig.playIntoMicrophone(questionFile(), limit());
    await appliance.is('turn.speaking');
    await appliance.tap();
    const { transcript } = await appliance.record(1);
    assert.match(transcript ?? '', /is blue/i);
  });
});
