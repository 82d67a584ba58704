import { fromCallback, fromPromise } from 'xstate';
import type { AssistantCommand, TurnCommand, TurnInput, TurnReport } from '../../machines/assistantEvents.js';

export const JOBS = ['loadModels', 'warmUp', 'openMicrophone', 'openSpeaker', 'probeModel', 'warmModel'] as const;

export type Job = (typeof JOBS)[number];

interface Settle {
  resolve(): void;
  reject(error: unknown): void;
}

/** An actor of the chart whose end somebody else decides. */
export class FakeJob {
  starts = 0;
  #settle: Settle | undefined;
  readonly #started: (job: FakeJob) => void;

  /** @param started is told of each start */
  constructor(started: (job: FakeJob) => void = () => {}) {
    this.#started = started;
  }

  readonly logic = fromPromise<void>(({ signal }) => {
    this.starts += 1;
    return new Promise<void>((resolve, reject) => {
      const mine = { resolve, reject };
      this.#settle = mine;
      signal.addEventListener('abort', () => {
        if (this.#settle === mine) this.#settle = undefined;
      });
      this.#started(this);
    });
  });

  get running(): boolean {
    return this.#settle !== undefined;
  }

  end(error?: unknown): void {
    if (this.#settle === undefined) throw new Error('this job does not run');
    if (error === undefined) this.#settle.resolve();
    else this.#settle.reject(error);
    this.#settle = undefined;
  }
}

/** A turn that reports what it is made to, and remembers what that means. */
export class FakeTurn {
  readonly id: string;
  readonly source: TurnInput['source'];
  running = true;
  /** The user has finished; it replies. */
  isCommitted = false;
  /** Its reply is heard. */
  isTalking = false;
  isDucked = false;
  /** Hears of each command. */
  onCommand: (command: TurnCommand['type']) => void = () => {};
  readonly #sendBack: (report: TurnReport) => void;
  readonly #mistakes: string[];

  /** @param mistakes gets what it is told and cannot be */
  constructor({ turnId, source }: TurnInput, sendBack: (report: TurnReport) => void, mistakes: string[]) {
    this.id = turnId;
    this.source = source;
    this.#sendBack = sendBack;
    this.#mistakes = mistakes;
  }

  report(report: TurnReport): void {
    if (report.type === 'turn.audible') this.isTalking = true;
    if (report.type === 'turn.reopened') this.isCommitted = false;
    this.#sendBack(report);
  }

  obey({ type }: TurnCommand): void {
    if (type === 'commit') {
      if (this.isCommitted) this.#mistakes.push(`${this.id} is told to commit twice`);
      this.isCommitted = true;
    }
    if (type === 'duck' || type === 'resume') {
      if (!this.isTalking) this.#mistakes.push(`${this.id} is told to ${type} and does not talk`);
      if (this.isDucked === (type === 'duck')) this.#mistakes.push(`${this.id} is told to ${type} and has already`);
      this.isDucked = type === 'duck';
    }
    this.onCommand(type);
  }
}

/** Waits for the wake word as long as the chart lets it. */
export class FakeWakeWatch {
  #wake: ((command: AssistantCommand) => void) | undefined;
  readonly #started: () => void;

  /** @param started is told of each start */
  constructor(started: () => void = () => {}) {
    this.#started = started;
  }

  readonly logic = fromCallback<{ readonly type: string }>(({ sendBack }) => {
    this.#wake = sendBack;
    this.#started();
    return () => {
      this.#wake = undefined;
    };
  });

  get running(): boolean {
    return this.#wake !== undefined;
  }

  hear(): void {
    this.#wake?.({ type: 'wake.detected', word: 'pressel', wordEndAtMs: 0 });
  }
}
