import { EchoCoupling } from './echoCoupling.js';
import { powerDb, SILENCE_DB } from './soundLevel.js';

/** One frame of the microphone, and what was played before it. */
export interface EchoFrame {
  /** The level that was played so long before the frame, for each of `DELAYS_MS` (dB of full scale). */
  readonly ownDb: Float64Array;
  readonly levelDb: number;
  readonly noiseDb: number;
  /** Whether it is known when what was played is heard. */
  readonly isTimed: boolean;
}

/** How a room may fall silent, per frame: 60 dB in 0.8 s, which is a bare living room, in 0.5 s and in 0.3 s. */
export const SLOWEST_DECAY_DB = 2.4;
export const DECAYS_DB = [SLOWEST_DECAY_DB, 3.8, 6.4];

/** Below the loudest that was played lately, only what is so loud teaches anything: the rest drowns in noise and reverberation. */
export const LOUD_DB = 30;

/** So little above the noise, the level is that of the noise, and an echo in it is about so far below. */
export const NOISE_MARGIN_DB = 3;
const BELOW_NOISE_DB = 6;

/** Among the loudest that was played lately is what is so little below. */
const LOUDEST_DB = 2;

/** A path may be exceeded in one of a hundred frames; the last ten seconds count, and it begins with twice as many. */
const MOST_EXCEEDED = 0.01;
const JUDGED_BY = 1 / 312;
const UNPROVEN = 0.02;

/** What was played as the microphone would hear it at the most, and what it makes of that. */
export class EchoPath {
  readonly #coupling: EchoCoupling;
  #shapeDb = SILENCE_DB;
  #exceeded: number;

  /** @param decayDb what is believed of the room: by how much it falls silent in a frame */
  constructor(
    private readonly decayDb: number,
    priorDb?: number,
  ) {
    this.#coupling = new EchoCoupling(priorDb);
    this.#exceeded = decayDb === SLOWEST_DECAY_DB ? 0 : UNPROVEN;
  }

  get couplingDb(): number | undefined {
    return this.#coupling.db;
  }

  /** Whether its bound holds as well as it should. The one of the slowest decay has to. */
  get isTrusted(): boolean {
    return this.#exceeded < MOST_EXCEEDED;
  }

  /** A frame that holds nothing but echo. */
  judge(levelDb: number): void {
    const exceeds = this.echoDb === undefined || levelDb > this.echoDb;
    this.#exceeded += ((exceeds ? 1 : 0) - this.#exceeded) * JUDGED_BY;
  }

  get echoDb(): number | undefined {
    const { db } = this.#coupling;
    return db === undefined ? undefined : Math.max(SILENCE_DB, this.#shapeDb + db);
  }

  /** A room takes its time to fall silent. */
  follow(playedDb: number): void {
    this.#shapeDb = Math.max(SILENCE_DB, playedDb, this.#shapeDb - this.decayDb);
  }

  /** @param loudestOwnDb the loudest that was played lately */
  learn(loudestOwnDb: number, { levelDb, noiseDb }: EchoFrame): void {
    if (this.#shapeDb < loudestOwnDb - LOUD_DB) return;
    const isNoise = levelDb <= noiseDb + NOISE_MARGIN_DB;
    if (!isNoise) {
      this.#coupling.push(powerDb(10 ** (levelDb / 10) - 10 ** (noiseDb / 10)) - this.#shapeDb);
      return;
    }
    // Such a frame only says what the coupling cannot exceed: little, when it was not among the loudest.
    const atMostDb = noiseDb - BELOW_NOISE_DB - this.#shapeDb;
    if (this.#shapeDb < loudestOwnDb - LOUDEST_DB || atMostDb > (this.#coupling.db ?? atMostDb)) return;
    this.#coupling.push(atMostDb);
  }
}
