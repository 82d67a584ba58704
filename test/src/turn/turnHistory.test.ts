import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { REMEMBERED_TURNS, type TurnEnd, TurnHistory } from '../../../src/turn/turnHistory.js';
import type { TurnRecord } from '../../../src/turn/turnRecord.js';
import { turnOf } from '../../fixtures/runningTurn.js';

const END: TurnEnd = { recordedAs: '1-1', outcome: null, endedAtMs: 5 };

/** The record of a typed turn that was heard to its end. */
async function wholeTurn(): Promise<TurnRecord> {
  const { ask, pass, records } = turnOf();
  ask();
  await pass(60_000);
  const [record] = records;
  assert.ok(record);
  return record;
}

describe('the last turns', () => {
  it('are kept as they ended, with the whole timeline', async () => {
    const history = new TurnHistory();
    const record = await wholeTurn();
    history.add(record, END);
    record.chunks.push('changed afterwards');
    const [past] = history.turns;
    assert.equal(past?.heard, 'She was a mathematician. She wrote a program.');
    assert.equal(past?.chunks.length, 2);
    assert.deepEqual(past?.timeline, record.timeline.report());
    assert.deepEqual(past?.queuedMs.length, 2);
  });

  it('end as the statechart has told, whenever the record comes', async () => {
    const history = new TurnHistory();
    const record = await wholeTurn();
    const told: string[] = [];
    const leave = history.onTurn(({ outcome, endedAtMs }) => told.push(`${outcome} ${endedAtMs}`));
    history.ended(record.turnId, { recordedAs: '1-1', outcome: 'replied', endedAtMs: 3 });
    history.add(record, END);
    history.add(record, END);
    leave();
    history.add(record, END);
    assert.deepEqual(told, ['replied 3', 'null 5']);
  });

  it('are so many at most, and the newest comes last', async () => {
    const history = new TurnHistory();
    const record = await wholeTurn();
    for (let n = 0; n < REMEMBERED_TURNS + 5; n++) history.add({ ...record, turnId: `turn-${n}` }, END);
    assert.equal(history.turns.length, REMEMBERED_TURNS);
    assert.equal(history.turns.at(-1)?.turnId, `turn-${REMEMBERED_TURNS + 4}`);
    assert.equal(history.turns[0]?.turnId, 'turn-5');
  });
});
