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

  run({ signal }: { readonly signal: AbortSignal }): Promise<void> {
    this.starts += 1;
    return new Promise<void>((resolve, reject) => {
      const mine = { resolve, reject };
      this.#settle = mine;
      signal.addEventListener('abort', () => {
        if (this.#settle === mine) this.#settle = undefined;
      });
      this.#started(this);
    });
  }

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

/** Reports after which a turn has nothing more to say. */
const ENDS: ReadonlySet<string> = new Set([
  'turn.nothingHeard',
  'turn.silenced',
  'turn.farewell',
  'turn.replyEnded',
  'turn.failed',
] satisfies TurnReport['type'][]);

interface FakeTurnParts {
  sendBack(report: TurnReport): void;
  now(): number;
  /** Gets what the turn is told and cannot be. */
  readonly mistakes: string[];
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
  /** When it was ducked, on the rig's clock. */
  duckedAtMs: number | undefined;
  /** It has said how it ended. */
  isOver = false;
  /** Hears of each command. */
  onCommand: (command: TurnCommand['type']) => void = () => {};
  readonly #parts: FakeTurnParts;

  constructor({ turnId, source }: TurnInput, parts: FakeTurnParts) {
    this.id = turnId;
    this.source = source;
    this.#parts = parts;
  }

  report(report: TurnReport): void {
    if (report.type === 'turn.audible') this.isTalking = true;
    if (report.type === 'turn.reopened') this.isCommitted = false;
    if (ENDS.has(report.type)) this.isOver = true;
    this.#parts.sendBack(report);
  }

  obey({ type }: TurnCommand): void {
    if (type === 'commit') {
      if (this.isCommitted) this.#parts.mistakes.push(`${this.id} is told to commit twice`);
      this.isCommitted = true;
    }
    if (type === 'duck' || type === 'resume') {
      if (!this.isTalking) this.#parts.mistakes.push(`${this.id} is told to ${type} and does not talk`);
      if ((this.duckedAtMs !== undefined) === (type === 'duck'))
        this.#parts.mistakes.push(`${this.id} is told to ${type} and has already`);
      this.duckedAtMs = type === 'duck' ? this.#parts.now() : undefined;
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

  /** @returns what stops it */
  run({ sendBack }: { sendBack(command: AssistantCommand): void }): () => void {
    this.#wake = sendBack;
    this.#started();
    return () => {
      this.#wake = undefined;
    };
  }

  get running(): boolean {
    return this.#wake !== undefined;
  }

  hear(): void {
    this.#wake?.({ type: 'wake.detected', word: 'pressel', wordEndAtMs: 0 });
  }
}
