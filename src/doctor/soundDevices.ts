import { AudioError, type OpenCapture, type OpenPlayback } from '../../hardware/audio/drivers.js';
import { Microphone } from '../../hardware/audio/microphone.js';
import { Speaker } from '../../hardware/audio/speaker.js';
import type { Clock } from '../../hardware/clock.js';

export interface SoundDevicesOptions {
  readonly openCapture: OpenCapture;
  readonly openPlayback: OpenPlayback;
  readonly clock: Clock;
  /** A factor on the samples, 0 to 1. */
  readonly gain: number;
}

/** The microphone and the speaker, opened once for all checks that need them. Whoever made it closes it. */
export class SoundDevices {
  readonly microphone: Microphone;
  readonly speaker: Speaker;
  /** Whether the microphone is known to have given anything but digital silence. */
  gaveSignal = false;

  constructor({ openCapture, openPlayback, clock, gain }: SoundDevicesOptions) {
    // What is lost later fails in the check that uses it.
    const onLost = () => {};
    this.microphone = new Microphone({ open: openCapture, clock, onLost });
    this.speaker = new Speaker({ open: openPlayback, clock, gain, onLost });
  }

  /** @returns what cannot be opened, and why; empty: both are open. @throws only the signal's reason */
  async open(signal: AbortSignal): Promise<AudioError[]> {
    const failures: AudioError[] = [];
    for (const device of [this.microphone, this.speaker]) {
      try {
        await device.open(signal);
      } catch (error) {
        if (!(error instanceof AudioError)) throw error;
        failures.push(error);
      }
    }
    return failures;
  }

  /** Safe to call where nothing is open. */
  async close(): Promise<void> {
    await Promise.all([this.microphone.close(), this.speaker.discard()]);
  }
}
