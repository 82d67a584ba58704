import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as realTime } from 'node:timers/promises';
import { lockInstance } from '../../../src/appliance/instanceLock.js';
import { soundEndMs } from '../../../src/bench/soundCard/audible.js';
import { type ScriptedOllamaOptions, startScriptedOllama } from '../../../src/llm/scripted/scriptedOllama.js';
import { SCRIPTED_MODEL } from '../../../src/llm/scripted/scriptedResponder.js';
import { type ApplianceEnd, ApplianceTerminal } from '../../fixtures/applianceTerminal.js';
import { pulseMissing } from '../../fixtures/pulse/pulseMissing.js';
import type { PulseRig } from '../../fixtures/pulse/pulseRig.js';
import { startPulse } from '../../fixtures/pulse/startPulse.js';
import { transcriptionMissing } from '../../fixtures/pulse/transcribed.js';
import { questionFile } from '../../fixtures/questionFile.js';

const STORY = `${'This is a long story about a kettle and a cat, and it goes on for quite a while. '.repeat(6)}The end.`;

/** What the product promises: systemd and people wait no longer. */
const END_LIMIT_MS = 2_000;
const SILENCE_LIMIT_MS = 300;

interface State {
  readonly state: string;
  readonly model?: Partial<ScriptedOllamaOptions>;
  readonly enter?: (appliance: ApplianceTerminal, rig: PulseRig, signal: AbortSignal) => Promise<void>;
}

const tapped: State['enter'] = async (appliance) => {
  await appliance.was('idle');
  await devicesOpen(appliance);
  appliance.type(' ');
};

const asked: State['enter'] = async (appliance, rig, signal) => {
  await tapped?.(appliance, rig, signal);
  await appliance.was('listening');
  rig.playIntoMicrophone(questionFile(), signal).catch(() => {}); // it ends with the test
};

const STATES: readonly State[] = [
  { state: 'starting' },
  { state: 'starting.loading' },
  { state: 'starting.warming' },
  { state: 'idle', enter: async (appliance) => devicesOpen(appliance) },
  { state: 'listening.speech.waitingForSpeech', enter: tapped },
  { state: 'listening.speech.hearing', enter: asked },
  { state: 'listening.speech.pausing', enter: asked },
  { state: 'thinking', enter: asked, model: { firstTokenMs: 60_000 } },
  { state: 'speaking', enter: asked, model: { reply: () => STORY } },
  { state: 'conversation', enter: asked, model: { reply: () => 'Well.' } },
  {
    state: 'muted',
    enter: async (appliance) => {
      await devicesOpen(appliance);
      await appliance.holdSpace();
    },
  },
];

type Ending = (pid: number, appliance: ApplianceTerminal) => void | Promise<void>;

const signalled =
  (name: NodeJS.Signals): Ending =>
  (pid) => {
    process.kill(pid, name);
  };

/** What every state must obey. */
const BY_THE_SYSTEM: Readonly<Record<string, Ending>> = { SIGTERM: signalled('SIGTERM') };

/** What people do; tried where most is under way. */
const BY_HAND: Readonly<Record<string, Ending>> = {
  SIGINT: signalled('SIGINT'),
  q: (_pid, appliance) => appliance.type('q'),
  'Ctrl-C twice': async (_pid, appliance) => {
    appliance.type('\x03');
    await realTime(30);
    appliance.type('\x03');
  },
  'SIGINT twice': async (pid) => {
    process.kill(pid, 'SIGINT');
    await realTime(30);
    try {
      process.kill(pid, 'SIGINT');
    } catch {} // it was fast
  },
};

const TRIED_BY_HAND = ['starting.warming', 'speaking'];

const noTerminal = spawnSync('script', ['--version']).status === 0 ? false : 'needs script: sudo apt install bsdutils';

describe('the appliance that is told to end', {
  skip: pulseMissing() || transcriptionMissing() || noTerminal,
}, () => {
  for (const state of STATES) {
    it(`ends at once, with 0, silent and without a trace, in ${state.state}`, async (t) => {
      const rig = await startPulse(t);
      const endings = TRIED_BY_HAND.includes(state.state) ? { ...BY_THE_SYSTEM, ...BY_HAND } : BY_THE_SYSTEM;
      for (const [name, ending] of Object.entries(endings)) {
        const { end, soundMs, output } = await ended(t, rig, state, ending);
        t.diagnostic(`${name}: ended after ${Math.round(end.tookMs)} ms, silent after ${Math.round(soundMs)} ms`);
        const why = `${name}\n${output.slice(-3_000)}`;
        assert.equal(end.code, 0, why);
        assert.ok(end.tookMs < END_LIMIT_MS, `${name}: ${end.tookMs} ms`);
        assert.ok(soundMs < SILENCE_LIMIT_MS, `${name}: sound for ${soundMs} ms`);
        assert.deepEqual(end.leftProcesses, [], why);
        assert.equal(end.terminalTrouble, undefined, why);
      }
    });
  }
});

/** One life of the appliance, up to `state`, and its end. */
async function ended(
  t: TestContext,
  rig: PulseRig,
  { state, model, enter }: State,
  ending: Ending,
): Promise<{ end: ApplianceEnd; soundMs: number; output: string }> {
  const server = await startScriptedOllama({ firstTokenMs: 100, tokensPerSecond: 40, ...model });
  const question = new AbortController();
  try {
    const appliance = await ApplianceTerminal.start(t, {
      ...rig.env,
      PRESSEL_LLM_URL: server.url,
      PRESSEL_LLM_MODEL: SCRIPTED_MODEL,
      PRESSEL_CONVERSATION_FOLLOW_UP_MS: '20000',
    });
    await enter?.(appliance, rig, question.signal);
    await appliance.was(state);
    const recording = await rig.recordSpeaker();
    if (state === 'speaking') await recording.audible(question.signal);
    const endedAtMs = performance.now();
    const end = await appliance.end(ending);
    await recording.quiet(SILENCE_LIMIT_MS, AbortSignal.timeout(5_000));
    const soundMs = soundEndMs(recording.end(), endedAtMs, SILENCE_LIMIT_MS / 2) - endedAtMs;
    // Free: nobody else has it.
    lockInstance(appliance.lockFile)();
    return { end, soundMs, output: appliance.output };
  } finally {
    question.abort(new Error('nobody listens any more'));
    await server.close();
  }
}

async function devicesOpen(appliance: ApplianceTerminal): Promise<void> {
  await appliance.said('the microphone is open');
  await appliance.said('the speaker is open');
  await appliance.was('idle');
}
