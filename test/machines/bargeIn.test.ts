import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { FakeTurn } from './assistantFakes.js';
import { type AssistantRig, startedRig } from './assistantRig.js';

/** The turn at `index`, whether it still runs or not. */
function turnOf(rig: AssistantRig, index: number): FakeTurn {
  return rig.turns[index] ?? assert.fail(`only ${rig.turns.length} turns were started`);
}

suite('barge-in by button', () => {
  for (const before of [['ask'], ['ask', 'turn.audible']]) {
    test(`after ${before.join(' and ')} stops the old turn before a new one listens`, async () => {
      const rig = await startedRig();
      for (const event of before) await rig.happens(event);
      rig.log = [];
      rig.send({ type: 'button.pressed' });
      assert.deepEqual(rig.states[0], 'turn.listening.speech.waitingForSpeech');
      assert.deepEqual(rig.log, [
        'turn-1 is stopped',
        'turn-1 has ended: stopped',
        'turn-2 has started',
        'turn-2 runs (button)',
      ]);
    });
  }

  test('leaves the stopped turn without a voice', async () => {
    const rig = await startedRig();
    for (const event of ['ask', 'turn.audible', 'button.pressed']) await rig.happens(event);
    rig.log = [];
    for (const report of [{ type: 'turn.endpoint' }, { type: 'turn.failed', reason: 'internal' }] as const) {
      turnOf(rig, 0).report(report);
    }
    assert.equal(rig.states[0], 'turn.listening.speech.waitingForSpeech');
    assert.deepEqual(rig.log, []);
  });
});

suite('barge-in by voice', () => {
  async function speaking(...events: readonly string[]): Promise<AssistantRig> {
    const rig = await startedRig();
    for (const event of ['ask', 'turn.audible', ...events]) await rig.happens(event);
    rig.log = [];
    return rig;
  }

  for (const [what, events] of [
    ['while it is verified', ['turn.interjected']],
    ['after it was taken for nothing', ['turn.interjected', 'after verifyTimeout']],
    ['at once', []],
  ] as const) {
    test(`${what} gives the turn to the user, from the moment at which they began`, async () => {
      const rig = await speaking(...events);
      await rig.happens('turn.interrupted');
      assert.deepEqual(rig.states.slice(0, 2), ['turn.listening.speech.hearing', 'turn.listening.button.up']);
      assert.deepEqual(rig.runningTurn?.source, { kind: 'interruption', sinceMs: 1_250 });
      assert.equal(turnOf(rig, 0).running, false);
    });
  }

  test('ducks once however often somebody talks, and for no longer than it may take to know', async () => {
    const rig = await speaking('turn.interjected');
    rig.clock.increment(rig.delays.verifyMs - 1);
    await rig.happens('turn.interjected');
    assert.deepEqual(rig.log, []);
    rig.clock.increment(1);
    assert.deepEqual(rig.log, ['turn-1 is told to resume']);
    await rig.happens('turn.interjected');
    assert.deepEqual(rig.log, ['turn-1 is told to resume', 'turn-1 is told to duck']);
  });

  test('that was found to be nothing too late changes nothing', async () => {
    const rig = await speaking('turn.interjected', 'after verifyTimeout');
    await rig.happens('turn.interjectionOver');
    assert.equal(rig.states[0], 'turn.speaking.playing');
    assert.deepEqual(rig.log, []);
  });

  test('does not prolong the longest reply', async () => {
    const rig = await speaking();
    rig.clock.increment(rig.delays.speakTimeoutMs - 1);
    await rig.happens('turn.interjected');
    rig.clock.increment(1);
    assert.equal(rig.states[0], 'turn.idle.ready');
  });

  test('for silence leaves the usual time to go on, whatever was asked before', async () => {
    const rig = await speaking();
    rig.runningTurn?.report({ type: 'turn.replyEnded', asks: true });
    for (const event of ['turn.speechStarted', 'turn.endpoint', 'turn.audible', 'turn.interrupted', 'turn.endpoint']) {
      await rig.happens(event);
    }
    await rig.happens('turn.silenced');
    assert.equal(rig.states[0], 'turn.conversation');
    rig.clock.increment(rig.delays.followUpMs - 1);
    assert.equal(rig.states[0], 'turn.conversation');
    rig.clock.increment(1);
    assert.equal(rig.states[0], 'turn.idle.ready');
  });
});
