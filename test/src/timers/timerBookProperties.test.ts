import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { TimerError } from '../../../src/timers/timer.js';
import { daysLater, localTimeOf } from '../../../src/timers/zonedTime.js';
import { TimerWorld } from '../../fixtures/timerWorld.js';

const MINUTE_MS = 60_000;
const ZONE = 'Europe/Berlin';
/** Each restart rounds what is left to a millisecond. */
const ROUNDING_MS = 20;

type Step =
  | { readonly do: 'timer' | 'wait' | 'powerCut' | 'putClock'; readonly ms: number }
  | { readonly do: 'alarm'; readonly minutes: number }
  | { readonly do: 'cancel' | 'pause' | 'resume'; readonly which: number }
  | { readonly do: 'stop' | 'snooze' };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('timer' as const), ms: fc.integer({ min: 1, max: 40 * MINUTE_MS }) }),
    fc.record({ do: fc.constant('alarm' as const), minutes: fc.integer({ min: 1, max: 120 }) }),
    fc.record({ do: fc.constantFrom('cancel', 'pause', 'resume'), which: fc.nat(5) }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 30 * MINUTE_MS }) }),
    fc.record({ do: fc.constant('powerCut' as const), ms: fc.integer({ min: 0, max: 30 * MINUTE_MS }) }),
    fc.record({
      do: fc.constant('putClock' as const),
      ms: fc.integer({ min: -300 * MINUTE_MS, max: 300 * MINUTE_MS }),
    }),
    fc.record({ do: fc.constantFrom('stop', 'snooze') }),
  ),
  { maxLength: 25 },
);

/** What must come of one that was set, by a clock that nobody puts. */
interface Expected {
  readonly kind: 'timer' | 'alarm';
  /** By true time for timers, by the clock on the wall for alarms; undefined: paused. */
  dueMs: number | undefined;
  leftMs: number;
  ringsLeft: number;
  isOver: boolean;
}

/** Plays the steps, and compares each ring with what was expected. */
class Play {
  readonly expected = new Map<string, Expected>();
  readonly world: TimerWorld;
  #trueMs = 0;

  constructor() {
    this.world = new TimerWorld('2026-10-24T21:00:00Z', ({ name = '', kind }) => this.#rings(name, kind));
  }

  get #nowMs(): number {
    return this.#trueMs + this.world.clock.now();
  }

  async step(step: Step): Promise<void> {
    const { world } = this;
    switch (step.do) {
      case 'timer': {
        const name = `t${this.expected.size}`;
        this.#expect(name, 'timer', this.#nowMs + step.ms);
        await world.book.startTimer(step.ms, name);
        return;
      }
      case 'alarm': {
        const name = `a${this.expected.size}`;
        const local = localTimeOf(world.wallMs + step.minutes * MINUTE_MS, ZONE);
        const { timer } = await world.book.setAlarm(daysLater(local, 1), ZONE, name);
        this.#expect(name, 'alarm', timer.dueMs);
        return;
      }
      case 'wait':
        world.advance(step.ms);
        return;
      case 'powerCut':
        for (const { name = '' } of world.book.ringing) this.#of(name).ringsLeft++;
        this.#trueMs += world.clock.now() + step.ms;
        await world.powerCut(step.ms);
        return;
      case 'putClock':
        world.putClock(step.ms);
        world.advance(MINUTE_MS); // until then a power cut would take the change for time that has passed
        return;
      case 'stop':
        for (const { name = '' } of world.book.stopRinging()) this.#of(name).isOver = true;
        return;
      case 'snooze':
        for (const { name = '' } of world.book.ringing.length > 0 ? await world.book.snooze(5 * MINUTE_MS) : []) {
          Object.assign(this.#of(name), { ringsLeft: 1, kind: 'timer', dueMs: this.#nowMs + 5 * MINUTE_MS });
        }
        return;
      default:
        await this.#change(step.do, step.which);
    }
  }

  async #change(change: 'cancel' | 'pause' | 'resume', which: number): Promise<void> {
    const timer = this.world.book.list()[which];
    if (!timer) return;
    try {
      const after = await this.world.book[change](timer.id);
      const expected = this.#of(timer.name ?? '');
      if (change === 'cancel') expected.isOver = true;
      if (change === 'pause')
        Object.assign(expected, { leftMs: (expected.dueMs ?? 0) - this.#nowMs, dueMs: undefined });
      if (change === 'resume') expected.dueMs = this.#nowMs + expected.leftMs;
      if (change !== 'cancel')
        assert.ok(Math.abs(after.timer.leftMs - expected.leftMs) <= ROUNDING_MS || change === 'resume');
    } catch (error) {
      if (!(error instanceof TimerError)) throw error;
    }
  }

  /** Everything that is set is due by then. */
  async end(): Promise<void> {
    for (const timer of this.world.book.list())
      if (timer.state === 'paused') await this.#change('cancel', this.#at(timer.id));
    this.world.advance(60 * 60 * MINUTE_MS);
    assert.deepEqual(this.world.book.list(), []);
    const missed = new Set(this.world.missed.map(({ name }) => name));
    for (const [name, { isOver }] of this.expected) {
      assert.notEqual(isOver, missed.has(name), `${name} is either over or missed, and never both`);
    }
    assert.equal(this.world.missed.length, missed.size, 'nothing is missed twice');
  }

  #at(id: number): number {
    return this.world.book.list().findIndex((timer) => timer.id === id);
  }

  #expect(name: string, kind: Expected['kind'], dueMs: number): void {
    this.expected.set(name, { kind, dueMs, leftMs: 0, ringsLeft: 1, isOver: false });
  }

  #of(name: string): Expected {
    const expected = this.expected.get(name);
    assert.ok(expected, `${name} was never set`);
    return expected;
  }

  #rings(name: string, kind: 'timer' | 'alarm'): void {
    const expected = this.#of(name);
    assert.ok(!expected.isOver, `the ${kind} ${name} rings and is over`);
    assert.ok(--expected.ringsLeft >= 0, `the ${kind} ${name} rings twice`);
    assert.notEqual(expected.dueMs, undefined, `${name} rings and is paused`);
    const nowMs = expected.kind === 'timer' ? this.#nowMs : this.world.wallMs;
    assert.ok(nowMs >= (expected.dueMs ?? 0) - ROUNDING_MS, `the ${kind} ${name} rings early`);
  }
}

it('Nothing rings early, nothing rings twice and nothing is lost, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const play = new Play();
      await play.world.switchOn();
      for (const step of all) await play.step(step);
      await play.end();
    }),
    { numRuns: 200 },
  );
});
