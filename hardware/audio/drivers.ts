import type { PcmAudio, PcmFrame } from './pcm.js';

export interface CaptureOptions {
  /** Sound from before the call (ms), where the driver has kept it: a word begun before the button was down. Default 0. */
  readonly preRollMs?: number;
  /**
   * What becomes of moments in which the program itself is heard speaking. "masked", the default: they are silence, for
   * whoever would take them for the user's; "heard": they are as captured, and `echoDb` of each frame says how loud our own
   * sound may be in it. A driver that hears nothing of it needs to do nothing.
   */
  readonly ownSpeech?: 'masked' | 'heard';
}

/** Where captured speech comes from: a microphone or a recording. */
export interface CaptureDriver {
  /** Shown to people: "wav question.wav", "portaudio USB mic". */
  readonly name: string;
  /**
   * Frames in order, none lost, none twice, until the source ends or `signal` aborts.
   * The source waits for a slow consumer where it can (a file) and drops nothing that it has buffered.
   * Whatever was opened is closed when the iteration ends, however it ends.
   * @throws {AudioError} when the source cannot be opened or read
   * @throws the signal's reason when aborted
   */
  capture(options: CaptureOptions, signal: AbortSignal): AsyncIterable<PcmFrame>;
}

/** What an open microphone tells. Nothing is told after `failed`, nor after its stream was closed. */
export interface CaptureListener {
  frame(frame: PcmFrame): void;
  /** The device is gone or hangs: the stream is closed already and must be opened anew. */
  failed(error: AudioError): void;
}

/** A microphone that is open: it gives frames without end, whether or not somebody listens. */
export interface CaptureStream {
  /** Shown to people: "portaudio USB mic". */
  readonly name: string;
  /** How often the device had to drop sound because it was not taken in time. */
  readonly xruns: number;
  /** Releases the device. Never hangs, safe to call twice. */
  close(): Promise<void>;
}

/**
 * Opens a microphone.
 * @throws {AudioError} deviceMissing, deviceBusy, deviceLost or unsupported; the signal's reason when aborted
 */
export type OpenCapture = (listener: CaptureListener, signal: AbortSignal) => Promise<CaptureStream>;

/** Where speech goes: a speaker or a WAV file. Opened once; silence between replies. */
export interface PlaybackDriver {
  readonly name: string;
  /** The device's own rate; `play` resamples to it. */
  readonly sampleRateHz: number;
  /**
   * Queues `pcm` behind what is queued already, gapless. Resolves when the device has taken it, so a caller that
   * awaits is slowed to the device's pace with at most about one piece queued ahead.
   * @returns when its first sample is (or will be) heard, on the driver's `Clock` (ms), output latency included
   * @throws {AudioError} when the device fails; the signal's reason when aborted
   */
  play(pcm: PcmAudio, signal: AbortSignal): Promise<{ heardAtMs: number }>;
  /** Drops at once whatever was queued and not yet heard. */
  flush(): void;
  /** How much has really been heard since the driver was opened (ms). */
  readonly playedMs: number;
  /** Loudness of all that is heard from now on, within 50 ms where the device can: a factor on the samples, 0 to 1. */
  setGain(gain: number): void;
  /** Softens what is heard from now on, within 50 ms where the device can: a factor on the gain, 0 to 1; 1 ends it. */
  duck(factor: number): void;
  /** Resolves when everything queued has been heard. */
  drained(signal: AbortSignal): Promise<void>;
  /** Releases the device or completes the file. Safe to call twice. */
  close(): Promise<void>;
  /** Gives up: releases the device; a file that was being written disappears. Safe after close. */
  discard(): Promise<void>;
}

/** A speaker that is open. */
export interface PlaybackStream extends PlaybackDriver {
  /** How often the device ran dry because sound did not come in time. */
  readonly xruns: number;
  /** When the process that has the device open was last heard of, on the clock (ms). Absent where none answers. */
  readonly answeredAtMs?: number;
}

/**
 * Opens a speaker. `onFailed` is called once when the device is gone or hangs: the stream is closed already then and
 * must be opened anew; what waited in it is rejected with the same error.
 * @throws {AudioError} deviceMissing, deviceBusy, deviceLost or unsupported; the signal's reason when aborted
 */
export type OpenPlayback = (onFailed: (error: AudioError) => void, signal: AbortSignal) => Promise<PlaybackStream>;

/** Why sound could not be captured or played. */
export type AudioFailure =
  | 'notFound'
  | 'notAFile'
  | 'unreadable'
  | 'unwritable'
  | 'notWav'
  | 'unsupported'
  | 'truncated'
  | 'empty'
  | 'libraryMissing'
  | 'deviceMissing'
  | 'deviceBusy'
  | 'deviceLost';

/** A sound source or sink failed. The message says what, where and what to do about it. */
export class AudioError extends Error {
  override readonly name = 'AudioError';
  constructor(
    readonly reason: AudioFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
