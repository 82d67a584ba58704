import type { Clock } from '../../hardware/clock.js';
import type { Store } from '../state/stateFile.js';
import { type Entry, entryOf, keptOf, type Moment, timerOf, untilDueMs, untilNextMs } from './entry.js';
import { type MissedTimer, type Timer, TimerError, type TimerKind } from './timer.js';
import { checkedAlarmMs, checkedLengthMs, checkRoom } from './timerLimits.js';
import type { TimerState } from './timerState.js';
import { instantOf, type LocalTime } from './zonedTime.js';

/** Somebody who hears it in these minutes still has use of it. */
export const STILL_OF_USE_MS = 10 * 60_000;
export const SNOOZE_MS = 9 * 60_000;
/** How long a change of the clock on the wall can stay unnoticed. */
export const RECHECK_MS = 60_000;
/** A clock that is being slewed is not put: NTP corrects by at most 500 ppm, which is 30 ms a minute. */
const CLOCK_PUT_MS = 500;
/** More than anybody wants to be told of. */
const MAX_MISSED = 20;

export interface TimerBookOptions {
  readonly store: Store<TimerState>;
  /** Counts elapsed time: setting the clock on the wall changes no running timer. */
  readonly clock: Clock;
  /** The clock on the wall, which alarms follow. */
  readonly now: () => Date;
  /** It rings until `onQuiet`. */
  readonly onRing: (timer: Timer) => void;
  /** It does not ring any longer. */
  readonly onQuiet: (timer: Timer) => void;
  /** It could not be heard, or was not; `missed` lists it. */
  readonly onMissed: (missed: MissedTimer) => void;
}

/** A timer after a change, and whether a restart will know of it. */
export interface Changed {
  readonly timer: Timer;
  /** False: the disk does not take it. It rings all the same, as long as the program runs. */
  readonly isKept: boolean;
}

/**
 * The timers and alarms that are set. They outlive a restart and a power cut: what was due less than ten minutes before
 * rings then, and what was due earlier is missed.
 */
export class TimerBook {
  readonly #entries = new Map<number, Entry>();
  #missed: readonly MissedTimer[] = [];
  #nextId = 1;
  #wakeUp: unknown;
  /** How far the clock on the wall is ahead of the monotonic one; a jump of it is a clock that was put. */
  #aheadMs: number;
  #isClosed = false;

  private constructor(private readonly options: TimerBookOptions) {
    const { wallMs, elapsedMs } = this.#moment();
    this.#aheadMs = wallMs - elapsedMs;
  }

  /** Takes up what the last start has left, and rings or reports what was due in between before it resolves. */
  static async open(options: TimerBookOptions): Promise<TimerBook> {
    const state = await options.store.read();
    const book = new TimerBook(options);
    if (state) book.#takeUp(state);
    return book;
  }

  /** Those that wait or ring, the next one first. */
  list(kind?: TimerKind): readonly Timer[] {
    const moment = this.#moment();
    const timers = [...this.#entries.values()].map((entry) => timerOf(entry, moment));
    return timers.filter((timer) => kind === undefined || timer.kind === kind).sort((a, b) => a.leftMs - b.leftMs);
  }

  get ringing(): readonly Timer[] {
    return this.list().filter(({ state }) => state === 'ringing');
  }

  /** Oldest first, until `forgetMissed`. */
  get missed(): readonly MissedTimer[] {
    return this.#missed;
  }

  /** The owner was told of them. */
  async forgetMissed(): Promise<void> {
    if (this.#missed.length === 0) return;
    this.#missed = [];
    await this.#keep();
  }

  /** @throws {TimerError} 'not-positive', 'too-long', 'name-taken', 'too-many' */
  async startTimer(lengthMs: number, name?: string): Promise<Changed> {
    checkedLengthMs(lengthMs);
    checkRoom(this.list(), 'timer', name);
    const due = { by: 'elapsed', deadlineMs: this.options.clock.now() + lengthMs } as const;
    return this.#add({ id: this.#nextId++, kind: 'timer', name, lengthMs, due });
  }

  /** @throws {TimerError} 'past', 'too-long', 'name-taken', 'already-set', 'too-many' */
  async setAlarm(local: LocalTime, zone: string, name?: string): Promise<Changed> {
    const atMs = checkedAlarmMs(instantOf(local, zone), this.options.now().getTime());
    checkRoom(this.list(), 'alarm', name, atMs);
    return this.#add({ id: this.#nextId++, kind: 'alarm', name, due: { by: 'wall', local, zone, atMs } });
  }

  /** Also silences it. @throws {TimerError} 'unknown': it is over */
  async cancel(id: number): Promise<Changed> {
    const entry = this.#entry(id);
    const timer = this.#quieten(entry);
    this.#entries.delete(id);
    return { timer, isKept: await this.#settle() };
  }

  /** @returns those that were set */
  async cancelAll(kind: TimerKind): Promise<{ readonly timers: readonly Timer[]; readonly isKept: boolean }> {
    const entries = [...this.#entries.values()].filter((entry) => entry.kind === kind);
    for (const { id } of entries) this.#entries.delete(id);
    const timers = entries.map((entry) => this.#quieten(entry));
    return { timers, isKept: await this.#settle() };
  }

  /**
   * Makes a timer longer, or with a negative duration shorter. One that rings begins anew with it.
   * @throws {TimerError} 'unknown'; 'not-positive': nothing would be left; 'too-long'; 'not-running': an alarm has no length
   */
  async addTime(id: number, ms: number): Promise<Changed> {
    const entry = this.#entry(id);
    const { due } = entry;
    if (due.by === 'wall') throw new TimerError('not-running', 'an alarm rings at a time of day and has no length');
    const leftMs = checkedLengthMs(timerOf(entry, this.#moment()).leftMs + ms);
    this.#quieten(entry);
    entry.due =
      due.by === 'paused' ? { by: 'paused', leftMs } : { by: 'elapsed', deadlineMs: this.options.clock.now() + leftMs };
    return this.#changed(entry);
  }

  /** @throws {TimerError} 'unknown', 'not-running' */
  async pause(id: number): Promise<Changed> {
    const entry = this.#entry(id);
    const { state, leftMs } = timerOf(entry, this.#moment());
    if (state !== 'running' || entry.due.by !== 'elapsed')
      throw new TimerError('not-running', 'only a running timer can pause');
    entry.due = { by: 'paused', leftMs };
    return this.#changed(entry);
  }

  /** @throws {TimerError} 'unknown', 'not-paused' */
  async resume(id: number): Promise<Changed> {
    const entry = this.#entry(id);
    if (entry.due.by !== 'paused') throw new TimerError('not-paused', 'this timer is not paused');
    entry.due = { by: 'elapsed', deadlineMs: this.options.clock.now() + entry.due.leftMs };
    return this.#changed(entry);
  }

  /** At once. @returns what rang; a restart does not ring it again once `settled` */
  stopRinging(): readonly Timer[] {
    const rang = this.#ringingEntries();
    for (const entry of rang) this.#entries.delete(entry.id);
    const timers = rang.map((entry) => this.#quieten(entry));
    if (rang.length > 0) void this.#settle();
    return timers;
  }

  /** Silences what rings and lets it ring again later. @throws {TimerError} 'not-ringing', 'not-positive', 'too-long' */
  async snooze(ms = SNOOZE_MS): Promise<readonly Timer[]> {
    checkedLengthMs(ms);
    const rang = this.#ringingEntries();
    if (rang.length === 0) throw new TimerError('not-ringing', 'nothing rings that could be put off');
    for (const entry of rang) {
      this.#quieten(entry);
      entry.due = { by: 'elapsed', deadlineMs: this.options.clock.now() + ms };
    }
    await this.#settle();
    return rang.map((entry) => timerOf(entry, this.#moment()));
  }

  /** Rings nothing any more. What is set, or rings now, is taken up by the next start. Resolves when the disk has it. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.options.clock.clearTimeout(this.#wakeUp);
    for (const entry of this.#ringingEntries()) this.#quieten(entry);
    await this.#keep();
  }

  #moment(): Moment {
    return { elapsedMs: this.options.clock.now(), wallMs: this.options.now().getTime() };
  }

  #ringingEntries(): readonly Entry[] {
    return [...this.#entries.values()].filter(({ ringingSinceMs }) => ringingSinceMs !== undefined);
  }

  #entry(id: number): Entry {
    const entry = this.#entries.get(id);
    if (!entry) throw new TimerError('unknown', 'this timer is over');
    return entry;
  }

  #takeUp(state: TimerState): void {
    const moment = this.#moment();
    for (const kept of state.timers) {
      const entry = entryOf(this.#nextId++, kept, state.savedAtMs, moment);
      this.#entries.set(entry.id, entry);
    }
    this.#missed = state.missed;
    void this.#settle();
  }

  async #add(entry: Entry): Promise<Changed> {
    this.#entries.set(entry.id, entry);
    return this.#changed(entry);
  }

  async #changed(entry: Entry): Promise<Changed> {
    const timer = timerOf(entry, this.#moment());
    return { timer, isKept: await this.#settle() };
  }

  /** Does what is due, keeps what has changed, and sees that it wakes up for the next. */
  #settle(): Promise<boolean> {
    if (!this.#isClosed) this.#ringWhatIsDue();
    this.#sleep();
    return this.#keep();
  }

  #ringWhatIsDue(): void {
    const moment = this.#moment();
    for (const entry of [...this.#entries.values()]) {
      const lateMs = -untilDueMs(entry, moment);
      if (entry.ringingSinceMs !== undefined) {
        if (untilNextMs(entry, moment) <= 0) this.#miss(entry, 'unheard');
      } else if (lateMs > STILL_OF_USE_MS) this.#miss(entry, 'off');
      else if (lateMs >= 0) {
        entry.ringingSinceMs = moment.elapsedMs;
        this.options.onRing(timerOf(entry, moment));
      }
    }
  }

  #miss(entry: Entry, why: MissedTimer['why']): void {
    const { dueMs } = timerOf(entry, this.#moment());
    this.#entries.delete(entry.id);
    this.#quieten(entry);
    const missed: MissedTimer = { kind: entry.kind, name: entry.name, dueMs, why };
    this.#missed = [...this.#missed, missed].slice(-MAX_MISSED);
    this.options.onMissed(missed);
  }

  #quieten(entry: Entry): Timer {
    const timer = timerOf(entry, this.#moment());
    if (entry.ringingSinceMs !== undefined) {
      entry.ringingSinceMs = undefined;
      this.options.onQuiet(timer);
    }
    return timer;
  }

  #sleep(): void {
    const { clock } = this.options;
    clock.clearTimeout(this.#wakeUp);
    if (this.#isClosed || this.#entries.size === 0) return;
    const moment = this.#moment();
    const nextMs = Math.min(RECHECK_MS, ...[...this.#entries.values()].map((entry) => untilNextMs(entry, moment)));
    this.#wakeUp = clock.setTimeout(() => this.#wake(), Math.max(1, Math.ceil(nextMs)));
  }

  #wake(): void {
    const { wallMs, elapsedMs } = this.#moment();
    const wasPut = Math.abs(wallMs - elapsedMs - this.#aheadMs) > CLOCK_PUT_MS;
    this.#aheadMs = wallMs - elapsedMs;
    const missedBefore = this.#missed;
    this.#ringWhatIsDue();
    this.#sleep();
    // A running timer is kept by the clock on the wall, which now shows another time.
    if (wasPut || missedBefore !== this.#missed) void this.#keep();
  }

  #keep(): Promise<boolean> {
    const moment = this.#moment();
    const timers = [...this.#entries.values()].map((entry) => keptOf(entry, moment));
    return this.options.store.keep({
      version: 1,
      savedAtMs: Math.round(moment.wallMs),
      timers,
      missed: [...this.#missed],
    });
  }
}
