import type { AudioError } from '../../../hardware/audio/drivers.js';
import { CAPTURE_RATE_HZ, type PcmFrame } from '../../../hardware/audio/pcm.js';
import type { TimedSound } from '../../../src/bench/soundCard/timedSound.js';
import { RecordingListener } from './captureContract.js';

/** Far more than anything takes: whoever waits so long has hung. */
const HANG_MS = 15_000;

/** Remembers what a microphone tells, and lets a test wait for it. */
export class WaitingListener extends RecordingListener {
  readonly #watchers = new Set<() => void>();

  override frame(frame: PcmFrame): void {
    super.frame(frame);
    this.#wake();
  }

  override failed(error: AudioError): void {
    super.failed(error);
    this.#wake();
  }

  /** Resolves when there are `count` frames. */
  async heard(count: number): Promise<void> {
    await this.#until(() => this.frames.length >= count);
  }

  /** Resolves with the failure when there is one. */
  async failure(): Promise<AudioError> {
    await this.#until(() => this.failures.length > 0);
    const [error] = this.failures;
    if (error === undefined) throw new Error('there was no failure');
    return error;
  }

  #until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void) => {
        clearTimeout(hang);
        this.#watchers.delete(look);
        outcome();
      };
      const look = () => {
        if (condition()) settle(resolve);
      };
      const said = () => `${this.frames.length} frames, ${this.failures.map(({ message }) => message)}`;
      const hang = setTimeout(() => settle(() => reject(new Error(`it never came: ${said()}`))), HANG_MS);
      this.#watchers.add(look);
      look();
    });
  }

  #wake(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}

/** Frames in one piece, as if they had begun at 0 ms. */
export function soundOf(frames: readonly PcmFrame[]): TimedSound {
  return {
    sampleRateHz: CAPTURE_RATE_HZ,
    blocks: frames.map(({ samples }, n) => ({ samples, startMs: (n * samples.length * 1000) / CAPTURE_RATE_HZ })),
  };
}
