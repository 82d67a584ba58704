import type { PcmAudio } from '../../hardware/audio/pcm.js';
import { type Clock, sleep } from '../../hardware/clock.js';
import { firstAudibleSample } from '../speech/tts/leadingSilence.js';

/** Tells, once, when the first audible sample of a reply is heard. */
export class FirstAudible {
  #waiting = new AbortController();
  /** Settled when it has been heard, or will not be. */
  #heard: Promise<void> | undefined;
  #isHeard = false;

  constructor(
    private readonly clock: Clock,
    private readonly onHeard: (atMs: number) => void,
  ) {}

  /** The speaker has a piece that is heard from `heardAtMs` on. */
  playing(pcm: PcmAudio, heardAtMs: number): void {
    const offset = this.#heard ? undefined : firstAudibleSample(pcm);
    if (offset === undefined) return;
    const atMs = heardAtMs + (offset / pcm.sampleRateHz) * 1000;
    this.#heard = sleep(this.clock, Math.max(0, atMs - this.clock.now()), this.#waiting.signal).then(
      () => {
        this.#isHeard = true;
        this.onHeard(atMs);
      },
      () => {}, // cut before it was heard
    );
  }

  /** What the speaker has is not heard. */
  cut(): void {
    if (this.#isHeard) return;
    this.#waiting.abort();
    this.#waiting = new AbortController();
    this.#heard = undefined;
  }

  /** Resolves when it has been heard, unless there is none in what the speaker has. */
  async settled(): Promise<void> {
    await this.#heard;
  }
}
