import { AudioError, type PlaybackDriver } from '../../hardware/audio/drivers.js';
import { createNullPlayback } from '../../hardware/audio/nullPlayback.js';
import { volumeGain } from '../../hardware/audio/volumeCurve.js';
import { openWavPlayback } from '../../hardware/audio/wavPlayback.js';
import { systemClock } from '../../hardware/clock.js';
import type { Config } from '../config/config.js';
import { playbackDriver } from './audioDrivers.js';
import type { Io } from './io.js';

export interface PlaybackChoice {
  /** WAV file to write; undefined: the speaker, if there is one. */
  readonly out: string | undefined;
  /** As fast as possible instead of as fast as it is heard; only without a speaker. */
  readonly fast: boolean;
  /** The voice's rate. */
  readonly sampleRateHz: number;
}

/** Where the reply goes. */
export interface OpenedPlayback {
  readonly playback: PlaybackDriver;
  /** Why nothing is heard; undefined where a speaker or a file takes the sound. */
  readonly noSpeaker: AudioError | undefined;
}

/**
 * Where the reply goes: the file that was asked for, else the speaker, else nowhere but with a speaker's timing.
 * The caller closes or discards it.
 * @throws {AudioError} when the file cannot be written, or the speaker that the owner has named cannot be used
 */
export async function openPlayback(
  config: Config,
  { out, fast, sampleRateHz }: PlaybackChoice,
  { env, signal }: Pick<Io, 'env' | 'signal'>,
): Promise<OpenedPlayback> {
  const pace = fast ? 'fast' : 'realtime';
  if (out !== undefined) {
    const file = await openWavPlayback({ file: out, sampleRateHz, pace, clock: systemClock });
    return { playback: file, noSpeaker: undefined };
  }
  try {
    // A speaker that fails later says so to whoever plays.
    const speaker = await playbackDriver(config, env)(() => {}, signal);
    speaker.setGain(volumeGain(config.audio.volume));
    return { playback: speaker, noSpeaker: undefined };
  } catch (error) {
    if (!(error instanceof AudioError) || config.audio.output !== 'auto') throw error;
    return { playback: createNullPlayback({ sampleRateHz, pace, clock: systemClock }), noSpeaker: error };
  }
}
