import { FRAME_MS } from '../../hardware/audio/pcm.js';

/** What a silence policy may look at when it decides how long a silence ends the turn. */
export interface Pause {
  /** From the first voiced frame to the last (ms). */
  readonly speechMs: number;
  /** How long the user has been silent (ms). */
  readonly pauseMs: number;
}

/** Silence after which the user is taken to have finished (ms). Fixed today; it may depend on the pause. */
export type SilencePolicy = (pause: Pause) => number;

export interface EndpointerOptions {
  /** Speech probability from which a frame counts as voiced. */
  readonly threshold: number;
  /** Probability below which a voiced stretch is over; the gap to `threshold` is the hysteresis. */
  readonly negativeThreshold: number;
  /** A voiced stretch shorter than this (ms) is a click or a cough, not the start of speech. */
  readonly minSpeechMs: number;
  /** Silence shorter than this (ms) is the gap between two words and not reported as a pause. */
  readonly hangOverMs: number;
  readonly silence: SilencePolicy;
  /** The turn is over after so much time from the start of speech (ms), whatever the user does. */
  readonly maxUtteranceMs: number;
  /** Nobody speaks: give up after so much audio (ms). */
  readonly noSpeechMs: number;
}

export type EndpointReason = 'silence' | 'tooLong' | 'noSpeech';

/** Frame numbers count from 0 at the first `push`. */
export type EndpointerEvent =
  | { readonly type: 'speechStarted'; readonly firstVoicedFrame: number }
  | { readonly type: 'paused'; readonly lastVoicedFrame: number }
  /** The user goes on after a silence of so long (ms). */
  | { readonly type: 'resumed'; readonly pauseMs: number }
  | { readonly type: 'ended'; readonly reason: EndpointReason; readonly lastVoicedFrame: number };

type State =
  | { readonly in: 'waiting'; readonly voicedSince: number | undefined }
  | { readonly in: 'hearing'; readonly first: number; readonly lastVoiced: number }
  | { readonly in: 'pausing'; readonly first: number; readonly lastVoiced: number }
  | { readonly in: 'ended' };

/** The fixed policy. */
export function fixedSilence(silenceMs: number): SilencePolicy {
  return () => silenceMs;
}

/**
 * Decides from speech probabilities when the user starts, pauses and has finished. A pure state machine in audio time:
 * a recording gives the same decisions at any pace.
 *
 *     waiting -> hearing <-> pausing -> ended
 */
export class Endpointer {
  #state: State = { in: 'waiting', voicedSince: undefined };
  #frame = -1;
  /** The last frame at which the button was held: no silence before it counts towards the end. */
  #lastHeld = -1;

  constructor(readonly options: EndpointerOptions) {}

  /** The newest voiced frame since the user has started; -1 before. */
  get lastVoicedFrame(): number {
    return 'lastVoiced' in this.#state ? this.#state.lastVoiced : -1;
  }

  /**
   * Takes the probability of the next frame; says what it changes, if anything. Nothing follows `ended`.
   * @param held the user holds the button to talk: no silence is the end, only `maxUtteranceMs` is
   */
  push(probability: number, held = false): EndpointerEvent | undefined {
    this.#frame += 1;
    if (held) this.#lastHeld = this.#frame;
    const state = this.#state;
    switch (state.in) {
      case 'waiting':
        return this.#wait(state.voicedSince, probability);
      case 'hearing':
      case 'pausing':
        return this.#follow(state, probability);
      case 'ended':
        return undefined;
    }
  }

  #wait(voicedSince: number | undefined, probability: number): EndpointerEvent | undefined {
    const { threshold, negativeThreshold, minSpeechMs, noSpeechMs } = this.options;
    const goesOn = voicedSince !== undefined && probability >= negativeThreshold;
    const since = goesOn ? voicedSince : probability >= threshold ? this.#frame : undefined;
    if (since !== undefined && this.#msSince(since - 1) >= minSpeechMs) {
      this.#state = { in: 'hearing', first: since, lastVoiced: this.#frame };
      return { type: 'speechStarted', firstVoicedFrame: since };
    }
    this.#state = { in: 'waiting', voicedSince: since };
    if (since === undefined && this.#countsFor(-1) >= noSpeechMs) return this.#end('noSpeech', -1);
    return undefined;
  }

  #follow(state: Extract<State, { in: 'hearing' | 'pausing' }>, probability: number): EndpointerEvent | undefined {
    const { threshold, negativeThreshold, hangOverMs, silence, maxUtteranceMs } = this.options;
    const voiced = probability >= (state.in === 'hearing' ? negativeThreshold : threshold);
    const lastVoiced = voiced ? this.#frame : state.lastVoiced;
    if (this.#msSince(state.first - 1) >= maxUtteranceMs) return this.#end('tooLong', lastVoiced);
    if (voiced) {
      this.#state = { in: 'hearing', first: state.first, lastVoiced };
      const pauseMs = this.#msSince(state.lastVoiced) - FRAME_MS;
      return state.in === 'pausing' ? { type: 'resumed', pauseMs } : undefined;
    }
    const pauseMs = this.#msSince(lastVoiced);
    const speechMs = (lastVoiced - state.first + 1) * FRAME_MS;
    if (this.#countsFor(lastVoiced) >= silence({ speechMs, pauseMs })) return this.#end('silence', lastVoiced);
    if (state.in === 'hearing' && pauseMs >= hangOverMs) {
      this.#state = { ...state, in: 'pausing' };
      return { type: 'paused', lastVoicedFrame: lastVoiced };
    }
    return undefined;
  }

  /** Silence since `frame` that counts towards the end (ms). */
  #countsFor(frame: number): number {
    return this.#msSince(Math.max(frame, this.#lastHeld));
  }

  #end(reason: EndpointReason, lastVoicedFrame: number): EndpointerEvent {
    this.#state = { in: 'ended' };
    return { type: 'ended', reason, lastVoicedFrame };
  }

  /** Audio from the end of `frame` to the end of the newest one (ms). */
  #msSince(frame: number): number {
    return (this.#frame - frame) * FRAME_MS;
  }
}
