import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TimerErrorReason } from '../../../src/timers/timer.js';
import { refusal, TimerWorld } from '../../fixtures/timerWorld.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LISBON = 'Europe/Lisbon';

async function monday(): Promise<TimerWorld> {
  const world = new TimerWorld('2026-11-23T12:00:00Z');
  await world.switchOn();
  return world;
}

const at = (day: number, hour: number) => ({ year: 2026, month: 11, day, hour, minute: 0 });

describe('What cannot be', () => {
  const lengths: readonly (readonly [number, TimerErrorReason])[] = [
    [0, 'not-positive'],
    [-1, 'not-positive'],
    [Number.NaN, 'not-positive'],
    [Number.NEGATIVE_INFINITY, 'not-positive'],
    [Number.POSITIVE_INFINITY, 'too-long'],
    [1e12, 'too-long'],
  ];
  for (const [lengthMs, reason] of lengths) {
    it(`is a timer of ${lengthMs} ms: ${reason}`, async () => {
      const world = await monday();
      await assert.rejects(world.book.startTimer(lengthMs), refusal(reason));
      assert.deepEqual(world.book.list(), []);
    });
  }

  it('is an alarm in the past, or in two years', async () => {
    const world = await monday();
    await assert.rejects(world.book.setAlarm(at(23, 12), LISBON), refusal('past'));
    await assert.rejects(world.book.setAlarm({ ...at(23, 12), year: 2028 }, LISBON), refusal('too-long'));
  });

  it('is a second timer of a name, or a second alarm for a minute', async () => {
    const world = await monday();
    await world.book.startTimer(MINUTE_MS, 'pasta');
    await assert.rejects(world.book.startTimer(HOUR_MS, 'pasta'), refusal('name-taken'));
    await world.book.setAlarm(at(24, 7), LISBON);
    await assert.rejects(world.book.setAlarm(at(24, 7), LISBON), refusal('already-set'));
    await world.book.setAlarm(at(24, 7), LISBON, 'pasta');
  });

  it('is a hundred and first timer', async () => {
    const world = await monday();
    for (let i = 0; i < 100; i++) await world.book.startTimer(HOUR_MS);
    await assert.rejects(world.book.startTimer(HOUR_MS), refusal('too-many'));
  });

  it('is to pause, resume, lengthen or cancel what does not run, or to make a timer shorter than nothing', async () => {
    const world = await monday();
    const { timer } = await world.book.startTimer(MINUTE_MS);
    const { timer: alarm } = await world.book.setAlarm(at(24, 7), LISBON);
    await assert.rejects(world.book.resume(timer.id), refusal('not-paused'));
    await assert.rejects(world.book.pause(alarm.id), refusal('not-running'));
    await assert.rejects(world.book.addTime(alarm.id, MINUTE_MS), refusal('not-running'));
    await assert.rejects(world.book.addTime(timer.id, -MINUTE_MS), refusal('not-positive'));
    await assert.rejects(world.book.cancel(99), refusal('unknown'));
  });
});

describe('A disk that is full', () => {
  it('does not keep a timer from ringing, and is told', async () => {
    const world = await monday();
    world.store.isFull = true;
    assert.equal((await world.book.startTimer(MINUTE_MS)).isKept, false);
    world.advance(MINUTE_MS);
    assert.equal(world.rang.length, 1);
  });

  it('has everything again with the first change after there is room', async () => {
    const world = await monday();
    world.store.isFull = true;
    await world.book.startTimer(HOUR_MS, 'bread');
    world.store.isFull = false;
    assert.equal((await world.book.startTimer(2 * HOUR_MS)).isKept, true);
    await world.powerCut(0);
    assert.equal(world.book.list().length, 2);
  });
});
