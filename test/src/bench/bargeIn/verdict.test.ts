import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TurnMoments } from '../../../../src/bench/bargeIn/turnMoments.js';
import { verdictOf } from '../../../../src/bench/bargeIn/verdict.js';

const PLAYING = { speaking: 'playing' };
const DUCKED = { speaking: 'verifyingInterruption' };
const LISTENING = { listening: { speech: 'waitingForSpeech', button: 'up' } };

function moments(...passed: readonly (readonly [atMs: number, value: unknown])[]) {
  const all = new TurnMoments();
  for (const [atMs, value] of passed) all.push(atMs, value);
  return all;
}

/** Of somebody who begins to talk at 1000. */
function verdict(...passed: readonly (readonly [atMs: number, value: unknown])[]) {
  return verdictOf(moments(...passed).since(1_000), 1_000, 4_000);
}

const NOTHING = { takenAtMs: null, endedAtMs: null, duckedAtMs: null, resumedAtMs: null, ducks: 0 };

describe('a reply into which somebody talks', () => {
  it('goes on', () => {
    assert.deepEqual(verdict([500, PLAYING]), NOTHING);
    assert.deepEqual(verdict([500, 'speaking']), NOTHING);
  });

  it('is taken when the turn goes over to listening, softer before or not', () => {
    assert.deepEqual(verdict([500, PLAYING], [1_400, LISTENING]), { ...NOTHING, takenAtMs: 1_400 });
    assert.deepEqual(verdict([500, PLAYING], [1_200, DUCKED], [1_400, LISTENING], [1_500, { idle: 'ready' }]), {
      ...NOTHING,
      takenAtMs: 1_400,
      duckedAtMs: 1_200,
      ducks: 1,
    });
  });

  it('becomes softer and goes on', () => {
    const passed = [
      [500, PLAYING],
      [1_200, DUCKED],
      [1_600, PLAYING],
      [2_000, DUCKED],
      [2_100, PLAYING],
    ] as const;
    assert.deepEqual(verdict(...passed), { ...NOTHING, duckedAtMs: 1_200, resumedAtMs: 1_600, ducks: 2 });
  });

  it('may have been softer already', () => {
    const found = verdict([500, PLAYING], [900, DUCKED], [1_300, PLAYING]);
    assert.deepEqual(found, { ...NOTHING, duckedAtMs: 1_000, resumedAtMs: 1_300, ducks: 1 });
  });

  it('ends, which is nobody taking it', () => {
    const ended = { ...NOTHING, endedAtMs: 1_800 };
    assert.deepEqual(verdict([500, PLAYING], [1_800, 'conversation']), ended);
    assert.deepEqual(verdict([500, PLAYING], [1_800, 'conversation'], [2_000, LISTENING]), ended);
  });

  it('is not taken by what comes too late, nor when it was over before', () => {
    assert.deepEqual(verdict([500, PLAYING], [4_001, LISTENING]), NOTHING);
    assert.deepEqual(verdict([500, PLAYING], [900, 'conversation'], [1_100, LISTENING]), NOTHING);
  });
});

describe('the moments of the turn', () => {
  const passed = moments([1, { idle: 'ready' }], [2, 'thinking'], [3, LISTENING]);

  it('name the state and what it is in there', () => {
    assert.deepEqual(passed.since(0), [
      { atMs: 1, state: 'idle', within: 'ready' },
      { atMs: 2, state: 'thinking', within: '' },
      { atMs: 3, state: 'listening', within: '' },
    ]);
    assert.equal(passed.last?.state, 'listening');
  });

  it('begin with the state in which it was', () => {
    assert.deepEqual(
      passed.since(2.5).map(({ state }) => state),
      ['thinking', 'listening'],
    );
    assert.deepEqual(
      passed.since(9).map(({ state }) => state),
      ['listening'],
    );
  });

  it('wake whoever waits for one', async () => {
    const all = moments([1, 'thinking']);
    const waiting = all.within(60_000, () => all.last?.state === 'speaking', new AbortController().signal);
    all.push(2, PLAYING);
    assert.equal(await waiting, true);
  });

  it('let nobody wait longer than they want, nor after their signal', async () => {
    assert.equal(await passed.within(0, () => false, new AbortController().signal), false);
    const stop = new AbortController();
    const waiting = passed.within(60_000, () => false, stop.signal);
    stop.abort(new Error('enough'));
    await assert.rejects(waiting, /enough/);
    await assert.rejects(
      passed.within(60_000, () => true, stop.signal),
      /enough/,
    );
  });
});
