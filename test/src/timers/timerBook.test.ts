import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refusal, TimerWorld } from '../../fixtures/timerWorld.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LISBON = 'Europe/Lisbon';

async function worldAt(iso: string): Promise<TimerWorld> {
  const world = new TimerWorld(iso);
  await world.switchOn();
  return world;
}

const monday = () => worldAt('2026-11-23T12:00:00Z');
const at = (day: number, hour: number, minute = 0, month = 11) => ({ year: 2026, month, day, hour, minute });
const names = (timers: readonly { readonly name?: string | undefined }[]) => timers.map(({ name }) => name);

describe('A running timer', () => {
  it('rings when its time is over, and not before', async () => {
    const world = await monday();
    await world.book.startTimer(10 * MINUTE_MS, 'pasta');
    world.advance(10 * MINUTE_MS - 1);
    assert.equal(world.rang.length, 0);
    world.advance(1);
    assert.deepEqual(names(world.rang), ['pasta']);
    assert.equal(world.rang[0]?.state, 'ringing');
  });

  it('does not care for the clock on the wall', async () => {
    const world = await monday();
    await world.book.startTimer(10 * MINUTE_MS);
    world.putClock(3 * HOUR_MS);
    world.advance(5 * MINUTE_MS);
    assert.equal(world.book.list()[0]?.leftMs, 5 * MINUTE_MS);
    world.putClock(-7 * HOUR_MS);
    world.advance(5 * MINUTE_MS - 1);
    assert.equal(world.rang.length, 0);
    world.advance(1);
    assert.equal(world.rang.length, 1);
  });

  it('goes on after a power cut, also when the clock was put before it', async () => {
    const world = await monday();
    await world.book.startTimer(10 * MINUTE_MS);
    world.putClock(3 * HOUR_MS);
    world.advance(MINUTE_MS);
    await world.powerCut(2 * MINUTE_MS);
    assert.equal(world.book.list()[0]?.leftMs, 7 * MINUTE_MS);
    world.advance(7 * MINUTE_MS);
    assert.equal(world.rang.length, 1);
  });

  it('has no more left than it had, on a computer that starts with an old time', async () => {
    const world = await monday();
    await world.book.startTimer(10 * MINUTE_MS);
    await world.powerCut(-5 * HOUR_MS);
    assert.equal(world.book.list()[0]?.leftMs, 10 * MINUTE_MS);
  });

  it('can be paused over a power cut, resumed, made longer and made shorter', async () => {
    const world = await monday();
    const { timer } = await world.book.startTimer(10 * MINUTE_MS);
    world.advance(4 * MINUTE_MS);
    assert.equal((await world.book.pause(timer.id)).timer.leftMs, 6 * MINUTE_MS);
    world.advance(HOUR_MS);
    await world.powerCut(HOUR_MS);
    const [paused] = world.book.list();
    assert.equal(paused?.state, 'paused');
    await world.book.resume(paused?.id ?? 0);
    assert.equal((await world.book.addTime(paused?.id ?? 0, 5 * MINUTE_MS)).timer.leftMs, 11 * MINUTE_MS);
    assert.equal((await world.book.addTime(paused?.id ?? 0, -10 * MINUTE_MS)).timer.leftMs, MINUTE_MS);
    world.advance(MINUTE_MS);
    assert.equal(world.rang.length, 1);
  });

  it('does not ring once it is cancelled', async () => {
    const world = await monday();
    const { timer } = await world.book.startTimer(MINUTE_MS);
    await world.book.cancel(timer.id);
    world.advance(HOUR_MS);
    await world.powerCut(0);
    assert.deepEqual([world.rang, world.missed, world.book.list()], [[], [], []]);
    assert.equal(world.clock.waiting, 0);
  });
});

describe('What rings', () => {
  it('rings until it is stopped, and never again', async () => {
    const world = await monday();
    await world.book.startTimer(MINUTE_MS, 'tea');
    world.advance(MINUTE_MS + 5000);
    assert.deepEqual(names(world.book.stopRinging()), ['tea']);
    assert.deepEqual(names(world.quiet), ['tea']);
    world.advance(HOUR_MS);
    await world.powerCut(0);
    assert.equal(world.rang.length, 1);
    assert.deepEqual(world.missed, []);
    assert.deepEqual(world.book.stopRinging(), []);
  });

  it('rings for an hour while nobody is there, and is then noted as missed, until the owner was told', async () => {
    const world = await monday();
    await world.book.startTimer(MINUTE_MS, 'tea');
    world.advance(MINUTE_MS + HOUR_MS - 1);
    assert.equal(world.rang.length, 1);
    assert.deepEqual(world.quiet, []);
    world.advance(1);
    assert.deepEqual(names(world.quiet), ['tea']);
    assert.deepEqual(
      world.missed.map(({ name, why }) => [name, why]),
      [['tea', 'unheard']],
    );
    await world.powerCut(HOUR_MS);
    assert.deepEqual(names(world.book.missed), ['tea']);
    await world.book.forgetMissed();
    await world.powerCut(0);
    assert.deepEqual(world.book.missed, []);
  });

  it('rings again after a snooze', async () => {
    const world = await monday();
    await world.book.setAlarm(at(23, 12, 5), LISBON);
    await assert.rejects(world.book.snooze(), refusal('not-ringing'));
    world.advance(5 * MINUTE_MS);
    await world.book.snooze();
    assert.equal(world.quiet.length, 1);
    world.advance(9 * MINUTE_MS - 1);
    assert.equal(world.rang.length, 1);
    world.advance(1);
    assert.equal(world.rang.length, 2);
  });

  it('rings on after a power cut in which nobody can have stopped it', async () => {
    const world = await monday();
    await world.book.startTimer(MINUTE_MS);
    world.advance(MINUTE_MS + 1000);
    await world.powerCut(30_000);
    assert.equal(world.rang.length, 2);
    assert.equal(world.book.ringing.length, 1);
  });
});

describe('What was due while the computer was off', () => {
  it('rings at once when it was less than ten minutes ago', async () => {
    const world = await monday();
    await world.book.startTimer(MINUTE_MS);
    await world.powerCut(10 * MINUTE_MS);
    assert.equal(world.rang.length, 1);
    assert.deepEqual(world.missed, []);
  });

  it('is reported as missed when it was earlier', async () => {
    const world = await monday();
    await world.book.startTimer(MINUTE_MS, 'tea');
    await world.book.setAlarm(at(23, 12, 30), LISBON, 'bus');
    await world.book.startTimer(2 * HOUR_MS, 'bread');
    await world.powerCut(HOUR_MS);
    assert.equal(world.rang.length, 0);
    assert.deepEqual(names(world.missed), ['tea', 'bus']);
    assert.deepEqual(names(world.book.list()), ['bread']);
  });
});

describe('An alarm', () => {
  it('follows the clock on the wall within a minute of its being put', async () => {
    const world = await monday();
    await world.book.setAlarm(at(23, 15), LISBON);
    world.putClock(3 * HOUR_MS - 5 * MINUTE_MS);
    world.advance(5 * MINUTE_MS - 1);
    assert.equal(world.rang.length, 0);
    world.advance(1);
    assert.equal(world.rang.length, 1);
  });

  it('rings when the clock is put a little over it, and not again when it is put back', async () => {
    const world = await monday();
    await world.book.setAlarm(at(23, 12, 30), LISBON);
    world.putClock(33 * MINUTE_MS);
    world.advance(MINUTE_MS);
    assert.equal(world.rang.length, 1);
    world.book.stopRinging();
    world.putClock(-HOUR_MS);
    world.advance(2 * HOUR_MS);
    assert.equal(world.rang.length, 1);
  });

  it('rings once where clocks are put back over it', async () => {
    const world = await worldAt('2026-10-24T20:00:00Z');
    await world.book.setAlarm(at(25, 1, 30, 10), LISBON); // 01:30 is at 00:30 and at 01:30 of Greenwich
    world.advance(4.5 * HOUR_MS);
    assert.equal(world.rang.length, 1);
    assert.equal(world.wallTime, '00:30:00');
    world.book.stopRinging();
    world.advance(12 * HOUR_MS);
    assert.equal(world.rang.length, 1);
  });

  it('rings at the next time that there is where clocks are put forward over it', async () => {
    const world = await worldAt('2026-03-28T20:00:00Z');
    await world.book.setAlarm(at(29, 1, 30, 3), LISBON); // clocks go from 01:00 to 02:00, which is at 01:00 of Greenwich
    world.advance(5 * HOUR_MS - 1);
    assert.equal(world.rang.length, 0);
    world.advance(1);
    assert.equal(world.rang.length, 1);
  });

  it('rings at the hour of its own zone', async () => {
    const world = await monday();
    await world.book.setAlarm(at(24, 7), 'America/New_York');
    await world.powerCut(HOUR_MS);
    world.advance(23 * HOUR_MS);
    assert.equal(world.rang.length, 1);
    assert.equal(world.wallTime, '12:00:00');
  });
});

describe('A book that is closed', () => {
  it('rings nothing, leaves no timer behind and is taken up by the next start', async () => {
    const world = await monday();
    await world.book.startTimer(MINUTE_MS);
    await world.book.close();
    assert.equal(world.clock.waiting, 0);
    await world.powerCut(0);
    world.advance(MINUTE_MS);
    assert.equal(world.rang.length, 1);
  });
});
