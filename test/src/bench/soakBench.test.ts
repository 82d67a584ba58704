import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../../hardware/clock.js';
import { benchSoak, course, WARM_UP_TURNS } from '../../../src/bench/soakBench.js';

/** A value for each of `turns` turns. */
const drawn = (turns: number, value: (turn: number) => number) =>
  Array.from({ length: turns }, (_, turn) => [turn, value(turn)] as const);

describe('the course of a figure over the turns', () => {
  it('does not count the warm-up as growth', () => {
    const { first, perTurn, median } = course(drawn(200, (turn) => Math.min(turn, WARM_UP_TURNS)));
    assert.deepEqual([first, perTurn, median], [0, 0, WARM_UP_TURNS]);
  });

  it('tells steady growth behind it, whatever single peaks there are', () => {
    const { perTurn, max } = course(drawn(200, (turn) => 3 * turn + (turn % 20 === 0 ? 10_000 : 0)));
    assert.ok(Math.abs(perTurn - 3) < 0.3, `${perTurn}`);
    assert.equal(max, 10_540);
  });

  it('is that of all turns when there are no more than the warm-up', () => {
    assert.equal(course(drawn(5, (turn) => 2 * turn)).perTurn, 2);
    assert.deepEqual(course([]), { first: 0, median: 0, max: 0, last: 0, perTurn: 0 });
  });
});

describe('a soak', () => {
  const options = { xruns: () => 2, clock: systemClock, onTurn: () => {} };

  it('goes on behind a turn that fails, and names it', async () => {
    const { signal } = new AbortController();
    const turn = async (index: number) => {
      if (index === 1) throw new Error('no speaker');
    };
    const result = await benchSoak({ ...options, turns: 3, turn, signal });
    assert.deepEqual([result.turns, result.xruns, result.failures], [3, 2, ['turn 2: no speaker']]);
    assert.match(result.verdict, /too few turns/);
    assert.ok(result.courses.rssKb.median > 0);
    assert.ok(result.courses.liveHeapKb.median > 0);
  });

  it('ends with the figures so far when it is stopped', async () => {
    const stop = new AbortController();
    const turn = async (index: number, signal: AbortSignal) => {
      if (index === 2) stop.abort();
      signal.throwIfAborted();
    };
    const result = await benchSoak({ ...options, turns: 100, turn, signal: stop.signal });
    assert.deepEqual([result.turns, result.failures], [2, []]);
  });
});
