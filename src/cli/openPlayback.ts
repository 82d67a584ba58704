import { openAplayPlayback, speakerAvailable } from '../../hardware/audio/aplayPlayback.js';
import type { PlaybackDriver } from '../../hardware/audio/drivers.js';
import { createNullPlayback } from '../../hardware/audio/nullPlayback.js';
import { openWavPlayback } from '../../hardware/audio/wavPlayback.js';
import { systemClock } from '../../hardware/clock.js';
import type { Config } from '../config/config.js';

export interface PlaybackChoice {
  /** WAV file to write; undefined: the speaker, if there is one. */
  readonly out: string | undefined;
  /** As fast as possible instead of as fast as it is heard; only without a speaker. */
  readonly fast: boolean;
  /** The voice's rate. */
  readonly sampleRateHz: number;
}

/**
 * Where the reply goes: the file that was asked for, else the speaker, else nowhere but with a speaker's timing.
 * The caller closes or discards it.
 * @throws {AudioError} when the file cannot be written
 */
export async function openPlayback(
  { audio }: Config,
  { out, fast, sampleRateHz }: PlaybackChoice,
  env: NodeJS.ProcessEnv,
): Promise<PlaybackDriver> {
  const pace = fast ? 'fast' : 'realtime';
  if (out !== undefined) return openWavPlayback({ file: out, sampleRateHz, pace, clock: systemClock });
  const speaker = { clock: systemClock, env, ...(audio.output === 'auto' ? {} : { device: audio.output }) };
  if (await speakerAvailable(speaker)) return openAplayPlayback({ ...speaker, sampleRateHz });
  return createNullPlayback({ sampleRateHz, pace, clock: systemClock });
}
