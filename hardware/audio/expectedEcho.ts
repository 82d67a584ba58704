import { DELAYS_MS, EchoDelay } from './echoDelay.js';
import { EchoMatch, type MatchedEcho } from './echoMatch.js';
import { DECAYS_DB, type EchoFrame, EchoPath, LOUD_DB, NOISE_MARGIN_DB, SLOWEST_DECAY_DB } from './echoPath.js';
import { SILENCE_DB } from './soundLevel.js';

/** What a measurement has found before, so that nothing need be learnt first. */
export interface EchoPrior {
  /** The loudest that the microphone hears of our sound, relative to what is played (dB). */
  readonly couplingDb: number;
  /** From when the speaker says it is heard until the microphone hears it. */
  readonly delayMs: number;
}

/** The delay is known to about half a frame. */
const DELAY_TOLERANCE_MS = 16;

/** How fast the loudest that was played is forgotten, per frame. */
const LOUDEST_FALLS_DB = 0.2;

/** A room that sounds long may seem to answer two frames later. */
const OTHER_DELAY_MS = 64;

/** By so much the loudness of an echo differs from itself. */
const OTHER_ROOM_DB = 6;

/** Softer than this nothing was played. */
const INAUDIBLE_DB = -65;

/**
 * How loud the echo of what is played can be at the most, learnt while it is played. Each path is a guess of how the sound
 * comes back; what it learns makes it a bound, however wrong the guess, and the least of the bounds counts.
 */
export class ExpectedEcho {
  #delay: EchoDelay;
  /** Whatever the delay is. */
  #anyDelay: EchoPath;
  /** At the delay that was learnt; begun anew with each. */
  #learntDelay: readonly EchoPath[] = [];
  #loudestOwnDb = INAUDIBLE_DB;
  readonly #match = new EchoMatch();

  constructor(prior?: EchoPrior) {
    this.#delay = new EchoDelay(prior?.delayMs);
    this.#anyDelay = new EchoPath(SLOWEST_DECAY_DB, prior?.couplingDb);
    if (prior) this.#learntDelay = DECAYS_DB.map((decayDb) => new EchoPath(decayDb));
  }

  /** From when the speaker says it is heard until the microphone hears it (ms); undefined as long as it is not clear. */
  get delayMs(): number | undefined {
    return this.#delay.ms;
  }

  /** The loudest that the echo may be in the newest frame; undefined as long as too little was learnt. */
  get echoDb(): number | undefined {
    const paths = [this.#anyDelay, ...this.#learntDelay].filter(({ isTrusted }) => isTrusted);
    const bounds = paths.flatMap(({ echoDb }) => (echoDb === undefined ? [] : [echoDb]));
    return bounds.length === 0 ? undefined : Math.min(...bounds);
  }

  /**
   * To be called with every frame from the beginning of a sound until it can no longer be heard.
   * @returns whether it has shown that the echo is much louder than was thought
   */
  push(frame: EchoFrame): boolean {
    const loudestOwnDb = Math.max(...frame.ownDb);
    const ownDb = this.#ownDb(frame);
    this.#anyDelay.follow(loudestOwnDb);
    for (const path of this.#learntDelay) path.follow(ownDb);
    this.#judge(frame);
    this.#loudestOwnDb = Math.max(INAUDIBLE_DB + LOUD_DB, loudestOwnDb, this.#loudestOwnDb - LOUDEST_FALLS_DB);
    if (!frame.isTimed) return false;
    if (loudestOwnDb > this.#loudestOwnDb - LOUD_DB) this.#learn(frame);
    const match = this.#match.push(frame);
    return match !== undefined && this.#corrects(match, frame);
  }

  /** What a short stretch shows for certain replaces what was learnt, if that says something else. */
  #corrects({ couplingDb, delayMs }: MatchedEcho, { ownDb }: EchoFrame): boolean {
    const learntDb = this.#anyDelay.couplingDb;
    if (learntDb === undefined || Math.abs(couplingDb - learntDb) > OTHER_ROOM_DB) {
      this.#anyDelay = new EchoPath(SLOWEST_DECAY_DB, couplingDb);
      this.#anyDelay.follow(Math.max(...ownDb));
    } else if (this.#delay.ms !== undefined && Math.abs(delayMs - this.#delay.ms) <= OTHER_DELAY_MS) return false;
    this.#delay = new EchoDelay(delayMs);
    this.#learntDelay = DECAYS_DB.map((decayDb) => new EchoPath(decayDb));
    return learntDb !== undefined && couplingDb > learntDb + OTHER_ROOM_DB;
  }

  /** What is louder than the slowest decay allows is somebody else, and no fault of the faster ones. */
  #judge({ levelDb, noiseDb }: EchoFrame): void {
    const [slowest, ...faster] = this.#learntDelay;
    if (levelDb <= noiseDb + NOISE_MARGIN_DB || levelDb > (slowest?.echoDb ?? SILENCE_DB)) return;
    for (const path of faster) path.judge(levelDb);
  }

  #learn(frame: EchoFrame): void {
    for (const path of [this.#anyDelay, ...this.#learntDelay]) path.learn(this.#loudestOwnDb, frame);
    const before = this.#delay.ms;
    const pauseDb = this.#loudestOwnDb - LOUD_DB;
    this.#delay.push(
      frame.ownDb.map((db) => Math.max(db, pauseDb)),
      Math.max(frame.levelDb, frame.noiseDb),
    );
    if (this.#delay.ms !== before) this.#learntDelay = DECAYS_DB.map((decayDb) => new EchoPath(decayDb));
  }

  /** The loudest played at about the delay that was learnt. */
  #ownDb({ ownDb }: EchoFrame): number {
    const delayMs = this.#delay.ms ?? 0;
    return DELAYS_MS.reduce(
      (loudest, ms, n) =>
        Math.abs(ms - delayMs) <= DELAY_TOLERANCE_MS ? Math.max(loudest, ownDb[n] ?? SILENCE_DB) : loudest,
      SILENCE_DB,
    );
  }
}
