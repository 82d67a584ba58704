import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as settled } from 'node:timers/promises';
import { policyHangOverMs, policyPatience } from '../../../src/bench/policyEars.js';
import { wordsJudge } from '../../../src/bench/turnBench.js';
import { TURN_POLICIES } from '../../../src/bench/turnPolicies.js';

const silent = (pauseMs: number) => ({ speechMs: 1_000, pauseMs });
const pipecat = TURN_POLICIES['pipecat-like'];

describe('how long a policy waits', () => {
  it('is the longer of its silence and its minimum delay, which count from the same moment', () => {
    const livekit = TURN_POLICIES['livekit-like'];
    assert.equal(policyPatience(livekit, wordsJudge)().silenceMs(silent(100)), 550);
    assert.equal(policyPatience({ ...livekit, minDelayMs: 900 }, wordsJudge)().silenceMs(silent(100)), 900);
  });

  it('is decided by a model that is asked once a pause, when the silence has been long enough', async () => {
    let asked = 0;
    const judge = {
      name: 'test',
      fromSound: async () => {
        asked += 1;
        return asked === 2;
      },
    };
    const patience = policyPatience(pipecat, judge)();
    assert.equal(patience.silenceMs(silent(192)), 200);
    assert.equal(asked, 0);
    assert.equal(patience.silenceMs(silent(224)), 3_000, 'nothing is known yet');
    await settled();
    assert.equal(patience.silenceMs(silent(256)), 3_000, 'it said no');
    assert.equal(asked, 1);
    patience.resumed(288);
    patience.silenceMs(silent(224));
    await settled();
    assert.equal(patience.silenceMs(silent(256)), 200, 'it said yes');
    assert.equal(asked, 2);
  });

  it('is the longest when the model fails', async () => {
    const patience = policyPatience(pipecat, { name: 'test', fromSound: () => Promise.reject(new Error('no')) })();
    patience.silenceMs(silent(224));
    await settled();
    assert.equal(patience.silenceMs(silent(256)), 3_000);
  });

  it('is decided by the words where there is no model, until the user goes on', () => {
    const patience = policyPatience(pipecat, wordsJudge)();
    assert.equal(patience.silenceMs(silent(224)), 3_000);
    patience.recognised('Turn on the');
    assert.equal(patience.silenceMs(silent(256)), 3_000);
    patience.resumed(300);
    patience.recognised('Turn on the lamp.');
    assert.equal(patience.silenceMs(silent(224)), 200);
  });

  it('has a pause when the policy says so', () => {
    assert.equal(policyHangOverMs(TURN_POLICIES.blocking), 96);
    assert.equal(policyHangOverMs(pipecat), 200);
  });
});
