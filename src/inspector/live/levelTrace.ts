import type { Clock } from '../../../hardware/clock.js';
import type { ServerMessage } from '../protocol.js';
import type { WallTime } from './wallTime.js';

const SAMPLE_MS = 50;
const SAMPLES_A_MESSAGE = 2;

export type Trace = Extract<ServerMessage, { type: 'trace' }>;

/** What can be seen of the microphone and of the detector of speech. */
export interface TraceSource {
  /** dB of full scale; null: nothing is heard. */
  levelDb(): number | null;
  /** 0 to 1; null: nobody listens for speech. */
  speechProbability(): number | null;
  /** From now on both are looked at. Returns how to stop. */
  watch(): () => void;
}

/** Samples level and speech while somebody watches, and does nothing otherwise. */
export class LevelTrace {
  #due: unknown;
  #unwatch: (() => void) | undefined;
  #levels: (number | null)[] = [];
  #probabilities: (number | null)[] = [];

  constructor(
    private readonly source: TraceSource,
    private readonly clock: Clock,
    private readonly time: WallTime,
    private readonly tell: (trace: Trace) => void,
  ) {}

  start(): void {
    if (this.#unwatch !== undefined) return;
    this.#unwatch = this.source.watch();
    this.#next();
  }

  stop(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.clock.clearTimeout(this.#due);
    this.#levels = [];
    this.#probabilities = [];
  }

  #next(): void {
    this.#due = this.clock.setTimeout(() => this.#sample(), SAMPLE_MS);
  }

  #sample(): void {
    this.#next();
    this.#levels.push(rounded(this.source.levelDb(), 1));
    this.#probabilities.push(rounded(this.source.speechProbability(), 3));
    if (this.#levels.length < SAMPLES_A_MESSAGE) return;
    const [levelDb, speechProbability] = [this.#levels, this.#probabilities];
    this.#levels = [];
    this.#probabilities = [];
    this.tell({ type: 'trace', at: this.time.now(), levelDb, speechProbability });
  }
}

function rounded(value: number | null, digits: number): number | null {
  return value === null ? null : Number(value.toFixed(digits));
}
