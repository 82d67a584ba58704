import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CAPTURE_RATE_HZ } from '../../../hardware/audio/pcm.js';
import { recordedUtterance } from '../../../src/bench/recordedUtterance.js';
import { seededNumbers } from '../../../src/bench/sim/seededNumbers.js';
import { VirtualClock } from '../../../src/bench/sim/virtualClock.js';
import { benchTurn, type TurnBenchOptions } from '../../../src/bench/turnBench.js';
import { TURN_POLICY_NAMES } from '../../../src/bench/turnPolicies.js';
import { DEFAULT_CONFIG } from '../../../src/config/config.js';
import type { VoiceActivityDetector } from '../../../src/speech/vad/sileroVad.js';
import { FakeChatModel } from '../../fixtures/fakeChatModel.js';
import { FakeRecognizer } from '../../fixtures/fakeRecognizer.js';
import { FakeVoice } from '../../fixtures/fakeVoice.js';
import { hearingOptions } from '../../fixtures/speechFrames.js';

/** "v" is 100 ms of voice, "." of silence. */
function said(drawing: string) {
  const perMark = CAPTURE_RATE_HZ / 10;
  const samples = new Float32Array(drawing.length * perMark).map((_, n) =>
    drawing[Math.floor(n / perMark)] === 'v' ? 0.5 : 0,
  );
  return recordedUtterance({ name: drawing, transcript: 'what is it', samples }, false, seededNumbers(1));
}

/** Takes every frame with a loud sample for speech. */
const loudness: VoiceActivityDetector = {
  warmUp: async () => {},
  reset: async () => {},
  probability: async ({ samples }) => (samples.some((sample) => sample > 1_000) ? 1 : 0),
  close: async () => {},
};

const SCRIPT = [300, 'Yes,', 50, ' it', 50, ' is', 50, ' raining', 50, ' here', 50, ' now.', 50, ' Take', 50, ' care.'];
const TOKENS = SCRIPT.filter((step) => typeof step === 'string').length;

function bench(clock: VirtualClock, options: Partial<TurnBenchOptions> = {}) {
  let closed = 0;
  const voice = new FakeVoice(clock);
  const result = clock.run(
    benchTurn({
      policies: TURN_POLICY_NAMES,
      utterances: [said('vvvvvvvvvv'), said('vvvvvvvvvv.........vvvvvvvvvv')],
      seed: 1,
      ears: { vad: loudness, recognizer: new FakeRecognizer(clock, 'What is it?', 100), hearing: hearingOptions },
      chunking: { firstClause: true, idleFlushMs: 150 },
      speculation: DEFAULT_CONFIG.speculation,
      reopenMs: 0,
      voice,
      startVoice: () => new FakeVoice(clock, { makingMs: 500 }),
      skillContext: () => ({ now: new Date(0), language: 'en-US', timeZone: 'UTC', clock: '12h' }),
      openModel: async () => {
        const model = new FakeChatModel(clock, SCRIPT);
        return {
          model,
          get sentTokens() {
            return TOKENS * model.asked.length;
          },
          close: async () => {
            closed += 1;
          },
        };
      },
      clock,
      signal: new AbortController().signal,
      ...options,
    }),
  );
  return { result, closed: () => closed };
}

describe('turns in real time', () => {
  it('give the same utterances to each policy, one after the other', async () => {
    const { result, closed } = bench(new VirtualClock());
    const { policies, turns, endOfTurn } = await result;
    assert.deepEqual(Object.keys(policies), TURN_POLICY_NAMES);
    assert.deepEqual(
      turns.map(({ turn }) => turn),
      [...TURN_POLICY_NAMES.map(() => 1), ...TURN_POLICY_NAMES.map(() => 2)],
    );
    assert.deepEqual(new Set(turns.map(({ policy }) => policy)).size, TURN_POLICY_NAMES.length);
    assert.equal(turns[TURN_POLICY_NAMES.length]?.policy, 'naive-stream', 'another one begins the next round');
    assert.match(endOfTurn, /transcript/);
    assert.equal(closed(), TURN_POLICY_NAMES.length);
  });

  it('are measured from the last voiced sample, over those that were not cut off', async () => {
    const { policies, turns } = await bench(new VirtualClock()).result;
    const first = (name: string) => turns.find(({ policy, turn }) => policy === name && turn === 1);
    for (const name of TURN_POLICY_NAMES) {
      const turn = first(name);
      assert.equal(turn?.cutOff, false, name);
      assert.ok((turn?.firstAudioMs ?? 0) > (turn?.timeline.endpoint ?? Number.NaN), name);
      assert.equal(turn?.timeline.replyEnd, null, 'it is not heard at its own pace');
    }
    // 800, 700 and 550 ms of silence, a whole frame and what the last frame has beside the voice.
    const endpoint = (name: string) => first(name)?.timeline.endpoint ?? Number.NaN;
    for (const [name, silenceMs] of [
      ['blocking', 800],
      ['whisplay-like', 700],
      ['livekit-like', 550],
    ] as const) {
      assert.ok(endpoint(name) >= silenceMs && endpoint(name) < silenceMs + 64, `${name}: ${endpoint(name)}`);
    }
    const audioMs = (name: string) => first(name)?.firstAudioMs ?? Number.NaN;
    assert.ok(audioMs('blocking') > audioMs('naive-stream'));
    assert.ok(audioMs('naive-stream') > audioMs('livekit-like'));
    assert.ok(audioMs('whisplay-like') - audioMs('naive-stream') > 0, 'its voice has to be started');
    assert.equal(policies.blocking?.falseCutoffRate, 0.5, 'the pause of 900 ms ends the second turn');
    assert.equal(policies.blocking?.p95, audioMs('blocking'));
  });

  it('count the tokens of replies that were begun for nothing', async () => {
    const { policies, turns } = await bench(new VirtualClock()).result;
    assert.equal(policies.blocking?.wastedTokensRatio, 0);
    assert.ok(turns.some(({ policy, anticipated }) => policy === 'pressel' && anticipated));
    assert.ok(!turns.some(({ policy, attempts }) => policy === 'naive-stream' && attempts > 0));
  });

  it('are held under the policies that were asked for, and no others', async () => {
    const { policies, mainThreadStallP99Ms } = await bench(new VirtualClock(), { policies: ['blocking'] }).result;
    assert.deepEqual(Object.keys(policies), ['blocking']);
    assert.equal(mainThreadStallP99Ms, null, 'only the turns of pressel are watched');
  });

  it('end at once when nobody wants them any more, and leave nothing open', async () => {
    const unwanted = new AbortController();
    let begun = 0;
    const onTurn = () => {
      begun += 1;
      if (begun === 3) setImmediate(() => unwanted.abort(new Error('enough')));
    };
    const { result, closed } = bench(new VirtualClock(), { signal: unwanted.signal, onTurn });
    await assert.rejects(result, /enough/);
    assert.equal(begun, 3);
    assert.equal(closed(), TURN_POLICY_NAMES.length);
  });
});
