import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as realTime } from 'node:timers/promises';
import { pulseMissing } from '../../fixtures/pulse/pulseMissing.js';
import type { PulseRig } from '../../fixtures/pulse/pulseRig.js';
import { TestAppliance } from '../../fixtures/pulse/runningAppliance.js';
import { startPulse } from '../../fixtures/pulse/startPulse.js';
import { transcriptionMissing } from '../../fixtures/pulse/transcribed.js';
import { questionFile } from '../../fixtures/questionFile.js';

const limit = () => AbortSignal.timeout(30_000);

/** How long a device is away: longer than the watchdog's patience and a first attempt to open it again. */
const AWAY_MS = 2_500;

/** What the appliance may take from the device's return until it works again. */
const RECOVERY_MS = 5_000;

const STORY = `${'This is a long story about a kettle and a cat, and it goes on for quite a while. '.repeat(4)}The end.`;

interface Fault {
  readonly name: string;
  /** The regions that must say so. */
  readonly loses: readonly ('microphone' | 'speaker')[];
  readonly happens: (rig: PulseRig) => Promise<void> | void;
  readonly passes: (rig: PulseRig) => Promise<void> | void;
}

const FAULTS: readonly Fault[] = [
  {
    name: 'the microphone is unplugged',
    loses: ['microphone'],
    happens: (rig) => rig.unloadMicrophone(),
    passes: (rig) => rig.loadMicrophone(),
  },
  {
    name: 'the speaker is unplugged',
    loses: ['speaker'],
    happens: (rig) => rig.unloadSpeaker(),
    passes: (rig) => rig.loadSpeaker(),
  },
  {
    name: 'the sound server is killed',
    loses: ['microphone', 'speaker'],
    happens: (rig) => rig.kill(),
    passes: (rig) => rig.restart(),
  },
  {
    name: 'the sound server hangs',
    loses: ['microphone', 'speaker'],
    happens: (rig) => rig.stop(),
    passes: (rig) => rig.cont(),
  },
];

/** Ways into each state. */
const STATES: Readonly<Record<string, (appliance: TestAppliance) => Promise<void> | void>> = {
  idle: () => {},
  listening: (appliance) => appliance.tap(),
  thinking: (appliance) => appliance.ask('think about it'),
  speaking: async (appliance) => {
    appliance.ask('tell me a story');
    await appliance.is('turn.speaking');
    await realTime(500);
  },
};

describe('the appliance that loses its devices', { skip: pulseMissing() || transcriptionMissing() }, () => {
  for (const fault of FAULTS) {
    it(`stays up, says so and recovers by itself when ${fault.name}, in whatever state`, async (t) => {
      const rig = await startPulse(t);
      const appliance = await TestAppliance.start(t, rig, {
        model: {
          reply: (messages) => (/story/.test(messages.at(-1)?.content ?? '') ? STORY : 'Well.'),
          firstTokenMs: 300,
        },
        settings: { 'audio.earcons': false, 'conversation.follow_up_ms': 200 },
      });
      for (const [state, enter] of Object.entries(STATES)) {
        await enter(appliance);
        await appliance.is(`turn.${state}`);
        await fault.happens(rig);
        for (const device of fault.loses) {
          await appliance.until(
            () => !appliance.states.includes(`${device}.ok`),
            `has missed the ${device} in ${state}`,
          );
        }
        await realTime(AWAY_MS);
        const backMs = performance.now();
        await fault.passes(rig);
        for (const device of fault.loses) await appliance.is(`${device}.ok`);
        const tookMs = performance.now() - backMs;
        t.diagnostic(`${state}: works again ${Math.round(tookMs)} ms after the return`);
        assert.ok(tookMs < RECOVERY_MS, `${state}: ${tookMs} ms`);
        await settled(appliance);
      }
      await provesItself(appliance, rig);
      assert.doesNotMatch(appliance.log(), /has failed and is started again/);
    });
  }
});

/** Brings it to rest, whatever it was doing. */
async function settled(appliance: TestAppliance): Promise<void> {
  if (!appliance.states[0]?.startsWith('turn.idle')) appliance.cancel();
  await appliance.is('turn.idle');
}

/** It hears a question and answers it. */
async function provesItself(appliance: TestAppliance, rig: PulseRig): Promise<void> {
  const recording = await rig.recordSpeaker();
  await realTime(400); // not a double tap with what was before
  const turn = appliance.records.length;
  await appliance.tap();
  await rig.playIntoMicrophone(questionFile(), limit());
  await appliance.is('turn.speaking');
  await recording.audible(limit());
  recording.end();
  await appliance.until(() => appliance.records.slice(turn).some(({ heard }) => heard === 'Well.'), 'has answered');
  const answered = appliance.records.slice(turn).find(({ heard }) => heard === 'Well.');
  assert.match(answered?.transcript ?? '', /is blue/i);
  await appliance.is('turn.idle');
}
