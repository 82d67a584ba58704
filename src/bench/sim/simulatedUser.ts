import type { CaptureDriver, CaptureOptions } from '../../../hardware/audio/drivers.js';
import { CAPTURE_RATE_HZ, FRAME_MS, FRAME_SAMPLES, type PcmFrame } from '../../../hardware/audio/pcm.js';
import { type Clock, sleep } from '../../../hardware/clock.js';
import type { SpokenUtterance } from './spokenUtterance.js';

/** Every voiced sample. */
const VOICE_LEVEL = 12_000;

/**
 * Frames are numbered by their first sample, at most so many: 32 s, longer than an utterance may be. As sound that is 60
 * dB below the voice, so nobody takes it for one.
 */
const MAX_FRAMES = 1_000;

/** An utterance that is being heard. */
export interface HeardUtterance {
  readonly utterance: SpokenUtterance;
  /** When the microphone was opened, on the clock (ms): the utterance's times count from here. */
  readonly openedAtMs: number;
}

/**
 * Somebody at a microphone: says one utterance into the next capture and is silent afterwards. The sound is a pattern
 * of voice and silence that says of each frame which one it is, for recognisers that know the utterance.
 */
export class SimulatedUser implements CaptureDriver {
  readonly name = 'simulated user';
  #next: SpokenUtterance | undefined;
  #heard: HeardUtterance | undefined;

  constructor(readonly clock: Clock) {}

  /** The utterance that was begun last. */
  get heard(): HeardUtterance | undefined {
    return this.#heard;
  }

  willSay(utterance: SpokenUtterance): void {
    this.#next = utterance;
  }

  /** Gives frames at a microphone's pace until `signal` aborts. Nothing was kept from before. */
  async *capture(_options: CaptureOptions, signal: AbortSignal): AsyncGenerator<PcmFrame, void, undefined> {
    const openedAtMs = this.clock.now();
    const utterance = this.#next;
    this.#next = undefined;
    if (utterance) this.#heard = { utterance, openedAtMs };
    for (let frame = 0; ; frame++) {
      const capturedAtMs = openedAtMs + (frame + 1) * FRAME_MS;
      await sleep(this.clock, Math.max(0, capturedAtMs - this.clock.now()), signal);
      yield { samples: soundOf(utterance, frame), capturedAtMs };
    }
  }
}

/** Whether a voice sounds in the middle of the frame. */
export function isVoiced({ samples }: PcmFrame): boolean {
  return samples[FRAME_SAMPLES / 2] === VOICE_LEVEL;
}

/** Which stretch of the capture `samples` are (ms since the microphone was opened). They begin with a whole frame. */
export function stretchOf(samples: Float32Array): { readonly startMs: number; readonly endMs: number } {
  const frame = Math.round((samples[0] ?? 0) * 32_768);
  if (frame >= MAX_FRAMES) throw new RangeError('Simulated sound can only be cut at the beginning of a frame.');
  const startMs = frame * FRAME_MS;
  return { startMs, endMs: startMs + (samples.length / CAPTURE_RATE_HZ) * 1000 };
}

function soundOf(utterance: SpokenUtterance | undefined, frame: number): Int16Array {
  const samples = new Int16Array(FRAME_SAMPLES);
  const sampleAt = (ms: number) => Math.round(((ms - frame * FRAME_MS) * CAPTURE_RATE_HZ) / 1000);
  for (const { startMs, endMs } of utterance?.words ?? []) {
    const from = Math.max(0, sampleAt(startMs));
    const to = Math.min(FRAME_SAMPLES, sampleAt(endMs));
    if (from < to) samples.fill(VOICE_LEVEL, from, to);
  }
  samples[0] = frame % MAX_FRAMES;
  return samples;
}
