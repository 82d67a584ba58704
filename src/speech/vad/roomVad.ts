import type { PcmFrame } from '../../../hardware/audio/pcm.js';
import { levelDb } from '../../../hardware/audio/soundLevel.js';
import { SteadyNoise } from '../endpointing/noiseFloor.js';
import type { VoiceActivityDetector } from './sileroVad.js';

/** A detector that knows the room: a fan or a hum that it takes for speech does not hold a turn open. */
export class RoomVad implements VoiceActivityDetector {
  /** Not forgotten between two streams: the room is the same. */
  readonly #noise = new SteadyNoise();

  constructor(private readonly vad: VoiceActivityDetector) {}

  warmUp(signal: AbortSignal): Promise<void> {
    return this.vad.warmUp(signal);
  }

  reset(signal: AbortSignal): Promise<void> {
    return this.vad.reset(signal);
  }

  async probability(frame: PcmFrame, signal: AbortSignal): Promise<number> {
    return this.#noise.push(levelDb(frame.samples), await this.vad.probability(frame, signal));
  }

  close(): Promise<void> {
    return this.vad.close();
  }
}
