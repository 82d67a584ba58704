import type { CaptureDriver } from '../../hardware/audio/drivers.js';
import { type Clock, sleep } from '../../hardware/clock.js';
import type { Log } from '../observability/log.js';
import { listenForWakeWord } from '../speech/wake/listenForWakeWord.js';
import type { WakeDebounceOptions } from '../speech/wake/wakeDebounce.js';
import type { WakeDetection, WakeScores, WakeWordDetector } from '../speech/wake/wakeWord.js';

/** What listens for wake words, and how it decides. */
export interface WakeWordEar {
  readonly detector: WakeWordDetector;
  readonly options: Pick<WakeDebounceOptions, 'thresholds' | 'refractoryMs'>;
}

export interface WakeWatchParts {
  readonly ear: WakeWordEar;
  readonly microphone: CaptureDriver;
  readonly clock: Clock;
  readonly log: Log;
  /** Gets every score, for whoever shows them. Default: nobody. */
  readonly onScores?: (scores: WakeScores) => void;
}

/** After a failure, which is the microphone's as a rule: it is opened again meanwhile. */
const RETRY_MS = 1_000;

/** Waits for wake words, as often as it is asked to. What it has heard once it does not hear again. */
export class WakeWatch {
  readonly #parts: WakeWatchParts;
  #previous: WakeDetection | undefined;

  constructor(parts: WakeWatchParts) {
    this.#parts = parts;
  }

  /** Loads the models. @throws {InferenceError} */
  warmUp(signal: AbortSignal): Promise<void> {
    return this.#parts.ear.detector.warmUp(signal);
  }

  /** Resolves with the next one. @throws the signal's reason only: it tries again until then */
  async next(signal: AbortSignal): Promise<WakeDetection> {
    const { ear, microphone, clock, log, onScores } = this.#parts;
    for (;;) {
      const previous = this.#previous;
      const options = { ...ear.options, ...(previous && { previous }), ...(onScores && { onScores }) };
      try {
        const heard = await listenForWakeWord(microphone, ear.detector, options, signal);
        if (heard) {
          this.#previous = heard;
          return heard;
        }
      } catch (error) {
        signal.throwIfAborted();
        log.debug({ error }, 'nobody listens for the wake word for a moment');
      }
      await sleep(clock, RETRY_MS, signal);
    }
  }
}
