import type { AudioDevice } from '../audioDevice.js';
import type { AudioFailure } from '../drivers.js';

/** The library that an audio host talks to devices with. */
export type SoundLibraryName = 'portaudio' | 'naudiodon';

/** The first thing an audio host is told: what it is there for. */
export type HostRequest =
  | {
      readonly kind: 'capture';
      readonly library: SoundLibraryName;
      readonly device?: string;
      readonly channel: number;
      readonly gainDb: number;
    }
  | {
      readonly kind: 'playback';
      readonly library: SoundLibraryName;
      readonly device?: string;
      readonly latencyMs: number;
    }
  | { readonly kind: 'devices'; readonly library: SoundLibraryName };

/** What a host that plays is told afterwards. */
export type PlaybackCommand =
  | { readonly kind: 'sound'; readonly samples: Int16Array }
  /** Drop what is queued; sound from now on belongs to `epoch`. */
  | { readonly kind: 'flush'; readonly epoch: number }
  | { readonly kind: 'gain'; readonly gain: number };

export type ToHost = HostRequest | PlaybackCommand;

/** How far a host that plays has come. Sent when sound begins, when the device ran dry, and every 100 ms. */
export interface PlaybackProgress {
  readonly kind: 'progress';
  /** Of the last flush that it has seen. */
  readonly epoch: number;
  /** Samples of sound that the device was given since then. */
  readonly takenSamples: number;
  /** When the last of those is heard, on the machine's monotonic clock (ms). */
  readonly heardAtMs: number;
  /** From a sample given now until it is heard. */
  readonly latencyMs: number;
  readonly xruns: number;
}

/** What an audio host says. The first of these ends its opening. */
export type FromHost =
  | { readonly kind: 'captureOpened'; readonly name: string }
  | {
      readonly kind: 'playbackOpened';
      readonly name: string;
      readonly sampleRateHz: number;
      readonly latencyMs: number;
    }
  | { readonly kind: 'devices'; readonly devices: readonly AudioDevice[] }
  | {
      readonly kind: 'frame';
      readonly samples: Int16Array;
      /** When the last sample was captured, on the machine's monotonic clock (ms). */
      readonly capturedAtMs: number;
      readonly xruns: number;
    }
  | PlaybackProgress
  | { readonly kind: 'failed'; readonly reason: AudioFailure; readonly message: string };

/** CLOCK_MONOTONIC in ms: the one scale that parent and child share. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
