import type { PcmFrame } from '../../../hardware/audio/pcm.js';
import type { VoiceActivityDetector } from '../../speech/vad/sileroVad.js';
import { jobOf, type PiBoard } from './piBoard.js';
import { isVoiced } from './simulatedUser.js';

const SPEECH = 0.95;
/** Between the two thresholds: speech goes on, but does not begin. */
const UNSURE = 0.42;
const SILENCE = 0.03;

/** Hears the pattern of a `SimulatedUser`, one frame late when speech begins and one or two when it ends. */
export class SimulatedVad implements VoiceActivityDetector {
  /** Frames that it still takes for speech. */
  #lingering = 0;

  constructor(
    readonly board: PiBoard,
    readonly msPerFrame: number,
  ) {}

  async warmUp(): Promise<void> {}

  async reset(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#lingering = 0;
  }

  async probability(frame: PcmFrame, signal: AbortSignal): Promise<number> {
    await this.board.run(jobOf(this.msPerFrame, 1), signal);
    const lingering = this.#lingering;
    if (isVoiced(frame)) {
      this.#lingering = lingersFor(frame);
      return lingering > 0 ? SPEECH : UNSURE;
    }
    this.#lingering = Math.max(0, lingering - 1);
    return lingering > 0 ? SPEECH : SILENCE;
  }

  async close(): Promise<void> {}
}

/** As good as drawn, and the same whatever was heard before. The first sample is the frame's number. */
function lingersFor({ samples }: PcmFrame): number {
  return 1 + ((samples[0] ?? 0) % 2);
}
