import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { type SimulatedTurns, simulateTurns } from '../../../../src/bench/sim/simulateTurns.js';
import { TURN_POLICIES, TURN_POLICY_NAMES, type TurnPolicyName } from '../../../../src/bench/turnPolicies.js';

const usual = { pi: 5, llmModel: 'qwen2.5:0.5b', turns: 20, seed: 1 } as const;

/** With the capital and the mark of the recogniser taken off. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[.?]$/, '');
}

describe('simulated turns', () => {
  const results = new Map<TurnPolicyName, SimulatedTurns>();
  const of = (policy: TurnPolicyName) => {
    const result = results.get(policy);
    assert.ok(result);
    return { ...result, p50: result.p50 ?? Number.NaN };
  };

  before(async () => {
    for (const policy of TURN_POLICY_NAMES) results.set(policy, await simulateTurns({ ...usual, policy }));
  });

  it('give the same numbers each time', async () => {
    assert.deepEqual(await simulateTurns({ ...usual, policy: 'pressel' }), results.get('pressel'));
  });

  it('are slower the more a policy waits for', () => {
    assert.ok(of('blocking').p50 > of('naive-stream').p50);
    assert.ok(of('naive-stream').p50 > of('livekit-like').p50);
    assert.ok(of('livekit-like').p50 > of('pressel').p50);
    assert.ok(of('whisplay-like').p50 > of('pressel').p50);
  });

  it('are never heard to be answered before the silence that ends them, unless the user was cut off', () => {
    for (const policy of TURN_POLICY_NAMES) {
      const { silenceMs } = TURN_POLICIES[policy];
      const leastMs = typeof silenceMs === 'number' ? silenceMs : silenceMs.finishedMs;
      for (const { cutOff, firstAudioMs, timeline } of of(policy).turns) {
        if (cutOff) continue;
        assert.ok((timeline.endpoint ?? 0) >= leastMs, policy);
        assert.ok((firstAudioMs ?? 0) > (timeline.endpoint ?? 0), policy);
      }
    }
  });

  it('cut off whoever pauses for longer than the silence that ends a turn, and nobody else', () => {
    for (const policy of TURN_POLICY_NAMES) {
      for (const { cutOff, said, recognised } of of(policy).turns) {
        assert.equal(plain(recognised) === said, !cutOff, `${policy}: "${said}" was heard as "${recognised}"`);
      }
    }
    assert.ok(of('livekit-like').falseCutoffRate >= of('naive-stream').falseCutoffRate);
    assert.ok(of('naive-stream').falseCutoffRate > 0);
  });

  it('waste nothing where nothing is asked before it is certain', () => {
    for (const policy of TURN_POLICY_NAMES) {
      const { work, wastedTokensRatio, turns } = of(policy);
      const anticipates = TURN_POLICIES[policy].speculation !== undefined;
      assert.equal(
        turns.some(({ anticipated }) => anticipated),
        anticipates,
        policy,
      );
      assert.equal(work.abortedPromptTokens > 0, anticipates, policy);
      if (!anticipates) assert.ok(wastedTokensRatio < 0.02, policy);
    }
  });

  it('do not speak a reply that was begun early before the turn is over, where the policy says so', async () => {
    const policy = TURN_POLICIES['livekit-like'];
    const early = await simulateTurns({ ...usual, policy: { ...policy, speaksEarly: true } });
    for (const { timeline, cutOff } of of('livekit-like').turns) {
      if (!cutOff) assert.ok((timeline.firstPcm ?? 0) > (timeline.endpoint ?? 0));
    }
    assert.ok((early.p50 ?? Number.NaN) <= of('livekit-like').p50);
  });

  it('are answered sooner by a voice that is heard before its clause is made', async () => {
    const whole = await simulateTurns({ ...usual, policy: { ...TURN_POLICIES.pressel, voice: 'resident' } });
    assert.ok(of('pressel').p50 < (whole.p50 ?? Number.NaN));
  });

  it('wait for no silence when the button is held and released', async () => {
    const held = await simulateTurns({ ...usual, policy: 'pressel', ending: 'release' });
    assert.equal(held.falseCutoffRate, 0);
    assert.equal(held.stages.endpoint, 100);
  });

  it('take longer on an older board and with a larger model', async () => {
    const older = await simulateTurns({ ...usual, turns: 4, pi: 4, policy: 'pressel' });
    const larger = await simulateTurns({ ...usual, turns: 4, llmModel: 'llama3.2:1b', policy: 'pressel' });
    assert.ok((older.p50 ?? 0) > of('pressel').p50);
    assert.ok((larger.p50 ?? 0) > of('pressel').p50);
  });

  it('need a chat model whose speed is known', async () => {
    await assert.rejects(simulateTurns({ ...usual, llmModel: 'gpt-5', policy: 'pressel' }), RangeError);
  });
});
