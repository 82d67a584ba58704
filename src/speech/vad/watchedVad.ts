import type { PcmFrame } from '../../../hardware/audio/pcm.js';
import type { Clock } from '../../../hardware/clock.js';
import type { VoiceActivityDetector } from './sileroVad.js';

/** An older value says nothing about now (ms): frames come every 32 ms while somebody listens. */
const FRESH_MS = 150;

/** A detector that somebody may look at while it works. Keeps nothing while nobody does. */
export class WatchedVad implements VoiceActivityDetector {
  #watchers = 0;
  #newest: { readonly probability: number; readonly atMs: number } | undefined;

  constructor(
    private readonly vad: VoiceActivityDetector,
    private readonly clock: Clock,
  ) {}

  /** From now on the newest value is kept. Returns how to stop watching. */
  watch(): () => void {
    this.#watchers += 1;
    let isWatching = true;
    return () => {
      if (!isWatching) return;
      isWatching = false;
      this.#watchers -= 1;
      if (this.#watchers === 0) this.#newest = undefined;
    };
  }

  /** How many watch. */
  get watchers(): number {
    return this.#watchers;
  }

  /** That what is heard now is speech, 0 to 1; null: nobody listens, or nobody watches. */
  get newest(): number | null {
    const { probability, atMs } = this.#newest ?? { probability: null, atMs: 0 };
    return this.clock.now() - atMs <= FRESH_MS ? probability : null;
  }

  warmUp(signal: AbortSignal): Promise<void> {
    return this.vad.warmUp(signal);
  }

  reset(signal: AbortSignal): Promise<void> {
    return this.vad.reset(signal);
  }

  async probability(frame: PcmFrame, signal: AbortSignal): Promise<number> {
    const probability = await this.vad.probability(frame, signal);
    if (this.#watchers > 0) this.#newest = { probability, atMs: this.clock.now() };
    return probability;
  }

  close(): Promise<void> {
    return this.vad.close();
  }
}
