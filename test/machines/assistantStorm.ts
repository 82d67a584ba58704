import { AssertionError } from 'node:assert/strict';
import type { Clock } from '../../hardware/clock.js';
import { assistantDelayDefaults } from '../../machines/assistantDelays.js';
import { type SeededNumbers, seededNumbers, wholeBetween } from '../../src/bench/sim/seededNumbers.js';
import type { FlightRecorder } from '../../src/observability/flightRecorder.js';
import type { FakeJob, FakeTurn, Job } from './assistantFakes.js';
import { assertSound } from './assistantInvariants.js';
import { AssistantRig, type Services } from './assistantRig.js';
import type { AssistantStage } from './assistantStage.js';
import { CountedClock } from './countedClock.js';
import { CALM, nextCommand, nextLatencyMs, nextReport, STORMY, type TurnPhase } from './stormScripts.js';

/** As much of the past is told with a failure. */
const TOLD_LINES = 60;

/** Whatever waits may wait for its whole delay once, one after the other, until all is well. */
const HOME_WITHIN_MS = Object.values(assistantDelayDefaults).reduce((sum, delayMs) => sum + delayMs, 0);

const HOME = ['turn.idle.ready', 'microphone.ok', 'speaker.ok', 'model.ready', 'bell.silent'];

/** Something that one of the fakes will do. */
interface Plan {
  readonly dueMs: number;
  /** Whoever has planned it has not been stopped. */
  stands(): boolean;
  carryOut(): void;
}

/** An assistant among services that answer late, fail and hang, and people who do whatever they like. */
export class Storm implements Services {
  readonly rig: AssistantRig;
  /** The ids of the states that it has been in. */
  readonly seen = new Set<string>();
  readonly #clock = new CountedClock();
  readonly #seed: number;
  readonly #random: SeededNumbers;
  /** How many of the jobs succeed. */
  readonly #reliability: number;
  #plans: Plan[] = [];
  #events = 0;
  #isCalm = false;

  /**
   * @param stage where it rages, when nobody else plays there any more
   * @param recorded makes whoever remembers all of it; default: nobody does
   */
  constructor(seed: number, stage: AssistantStage, recorded?: (clock: Clock) => FlightRecorder) {
    this.#seed = seed;
    this.#random = seededNumbers(seed);
    this.#reliability = 0.4 + 0.6 * this.#random();
    this.rig = new AssistantRig(stage, this, this.#clock, recorded?.(this.#clock).inspect);
  }

  jobStarted(name: Job, job: FakeJob): void {
    const { starts } = job;
    const fails = !this.#isCalm && this.#random() > this.#reliability;
    this.#plan({
      dueMs: this.#latelyMs(),
      stands: () => job.running && job.starts === starts,
      carryOut: () => {
        this.#tell(`${name} ${fails ? 'fails' : 'is done'}`);
        job.end(fails ? new Error(`${name} failed`) : undefined);
      },
    });
  }

  turnStarted(turn: FakeTurn): void {
    const { kind } = turn.source;
    let phase: TurnPhase = kind === 'typed' || kind === 'repeat' || kind === 'say' ? 'waits' : 'quiet';
    if (kind === 'interruption') phase = 'speech';
    let told = 0;
    const goOn = () => {
      const mine = ++told; // a command takes the place of what it would have said
      const next = nextReport(this.#isCalm ? CALM : STORMY, phase, this.#random);
      if (next === undefined) return;
      this.#plan({
        dueMs: this.#latelyMs(),
        stands: () => turn.running && told === mine,
        carryOut: () => {
          this.#tell(`${turn.id} reports ${next.report.type}`);
          phase = next.phase;
          turn.report(next.report);
          if (turn.running && told === mine) goOn();
        },
      });
    };
    turn.onCommand = (command) => {
      if (command !== 'commit') return;
      phase = 'thinks';
      goOn();
    };
    goOn();
  }

  wakeWatchStarted(): void {
    const { wakeWatch } = this.rig;
    if (this.#isCalm || this.#random() < 0.7) return;
    this.#plan({
      dueMs: this.#latelyMs(),
      stands: () => wakeWatch.running && !this.#isCalm,
      carryOut: () => {
        this.#tell('the wake word is heard');
        wakeWatch.hear();
      },
    });
  }

  /** Lets `events` things happen and sees after each that all is sound. @throws AssertionError */
  async rages(events: number): Promise<void> {
    while (this.#events < events) {
      this.rig.turnThrows = this.#random() < 0.02;
      if (this.#random() < 0.35) {
        const command = nextCommand(this.#random);
        this.#tell(`somebody: ${command.type}`);
        this.rig.send(command);
        await this.#happened();
      } else await this.#pass(this.#someTimeMs(), events);
    }
    await this.#settle();
  }

  /** All services work and nobody wants anything: everything ends well, and nothing is left. @throws AssertionError */
  async passes(): Promise<void> {
    const { rig } = this;
    this.#isCalm = true;
    rig.turnThrows = false;
    this.#tell('calm: unmute, and nothing rings any more');
    rig.send({ type: 'unmute' });
    rig.send({ type: 'bell.stopped' });
    await this.#happened();
    const latestMs = this.#clock.now() + HOME_WITHIN_MS;
    while (!this.#isHome()) {
      const nextMs = this.#nextMs();
      if (nextMs > latestMs) this.#fail(`it is still in ${rig.states} after the storm`);
      await this.#pass(nextMs - this.#clock.now());
    }
    await this.#pass(rig.delays.forgetAfterMs);
    if (!this.#isHome()) this.#fail('it did not stay in idle');
    if (this.#clock.waiting > 0) this.#fail(`${this.#clock.waiting} timers are left`);
    if (this.#nextMs() < Number.POSITIVE_INFINITY) this.#fail('somebody still wants to do something');
    rig.actor.stop();
  }

  #isHome(): boolean {
    return HOME.every((path) => this.rig.states.includes(path));
  }

  /** Lets time pass, from one thing that is due to the next. */
  async #pass(ms: number, events = Number.POSITIVE_INFINITY): Promise<void> {
    const clock = this.#clock;
    const untilMs = clock.now() + ms;
    while (this.#events < events) {
      const plan = this.#nextPlan();
      const planMs = plan?.dueMs ?? Number.POSITIVE_INFINITY;
      const timerMs = clock.nextMs;
      if (Math.min(planMs, timerMs) > untilMs) {
        clock.set(untilMs);
        return;
      }
      if (plan !== undefined && (planMs < timerMs || (planMs === timerMs && this.#random() < 0.5))) {
        if (planMs < timerMs) clock.set(planMs);
        this.#plans.splice(this.#plans.indexOf(plan), 1);
        plan.carryOut();
      } else {
        this.#tell('a delay is over');
        clock.set(timerMs);
      }
      await this.#happened();
    }
  }

  /** Now and then the next thing happens at once, before what was promised is known. */
  async #happened(): Promise<void> {
    this.#events += 1;
    if (!this.#isCalm && this.#random() < 0.05) return;
    await this.#settle();
  }

  async #settle(): Promise<void> {
    // So many promises lie between a job that ends and the chart that knows of it, and some more.
    for (let ticks = 0; ticks < 6; ticks++) await undefined;
    assertSound(this.rig, () => this.#told());
    for (const { id } of this.rig.actor.getSnapshot()._nodes) this.seen.add(id);
    if (this.rig.log.length > 20 * TOLD_LINES) this.rig.log.splice(0, this.rig.log.length - TOLD_LINES);
  }

  #plan(plan: Plan): void {
    if (plan.dueMs < Number.POSITIVE_INFINITY) this.#plans.push(plan);
  }

  #nextPlan(): Plan | undefined {
    this.#plans = this.#plans.filter((plan) => plan.stands());
    let next: Plan | undefined;
    for (const plan of this.#plans) if (next === undefined || plan.dueMs < next.dueMs) next = plan;
    return next;
  }

  #nextMs(): number {
    return Math.min(this.#clock.nextMs, this.#nextPlan()?.dueMs ?? Number.POSITIVE_INFINITY);
  }

  /** When something that begins now will come to its end. */
  #latelyMs(): number {
    return this.#clock.now() + (this.#isCalm ? 100 : nextLatencyMs(this.#random));
  }

  #someTimeMs(): number {
    const kind = this.#random();
    if (kind < 0.6) {
      const nextMs = this.#nextMs();
      if (nextMs < Number.POSITIVE_INFINITY) return nextMs - this.#clock.now();
    }
    if (kind < 0.85) return 100 * wholeBetween(this.#random, 0, 6);
    if (kind < 0.97) return 100 * wholeBetween(this.#random, 0, 60);
    return 100 * wholeBetween(this.#random, 0, 9_000);
  }

  #tell(what: string): void {
    this.rig.log.push(`${this.#clock.now()} ms, event ${this.#events + 1}: ${what}`);
  }

  #told(): string {
    const past = this.rig.log.slice(-TOLD_LINES).join('\n  ');
    return `seed ${this.#seed}, in ${this.rig.states.join(', ')} after\n  ${past}`;
  }

  #fail(what: string): never {
    throw new AssertionError({ message: `${what}\n${this.#told()}`, stackStartFn: this.passes });
  }
}
