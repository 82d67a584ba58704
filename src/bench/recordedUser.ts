import type { CaptureDriver, CaptureOptions } from '../../hardware/audio/drivers.js';
import { FRAME_MS, FRAME_SAMPLES, type PcmFrame } from '../../hardware/audio/pcm.js';
import { type Clock, sleep } from '../../hardware/clock.js';
import type { BenchedUser } from './benchedAssistant.js';
import type { RecordedUtterance } from './recordedUtterance.js';

/** Says a recording into the next capture, at a microphone's pace, and is in the same room afterwards without a word. */
export class RecordedUser implements CaptureDriver, BenchedUser<RecordedUtterance> {
  readonly name = 'recorded user';
  #next: RecordedUtterance | undefined;
  #heard: { readonly openedAtMs: number } | undefined;

  constructor(readonly clock: Clock) {}

  get heard(): { readonly openedAtMs: number } | undefined {
    return this.#heard;
  }

  willSay(utterance: RecordedUtterance): void {
    this.#next = utterance;
  }

  /** Gives frames until `signal` aborts. Nothing was kept from before. */
  async *capture(_options: CaptureOptions, signal: AbortSignal): AsyncGenerator<PcmFrame, void, undefined> {
    const openedAtMs = this.clock.now();
    const utterance = this.#next;
    this.#next = undefined;
    // Whoever listens without having been asked to, in a follow-up, hears nobody.
    if (utterance) this.#heard = { openedAtMs };
    for (let n = 0; ; n++) {
      // Scheduled from the start, so that late frames do not push back those that follow.
      const capturedAtMs = openedAtMs + (n + 1) * FRAME_MS;
      await sleep(this.clock, Math.max(0, capturedAtMs - this.clock.now()), signal);
      yield { samples: soundOf(utterance, n), capturedAtMs };
    }
  }
}

function soundOf(utterance: RecordedUtterance | undefined, n: number): Int16Array {
  if (!utterance) return new Int16Array(FRAME_SAMPLES);
  const { frames, roomFrames } = utterance;
  return frames[n] ?? roomFrames[(n - frames.length) % roomFrames.length] ?? new Int16Array(FRAME_SAMPLES);
}
