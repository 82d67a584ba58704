import { aplayPlayback } from '../../hardware/audio/aplayPlayback.js';
import { arecordCapture } from '../../hardware/audio/arecordCapture.js';
import { AudioError, type OpenCapture, type OpenPlayback } from '../../hardware/audio/drivers.js';
import { portaudioCapture, portaudioPlayback } from '../../hardware/audio/portaudio/portaudio.js';
import { systemClock } from '../../hardware/clock.js';
import type { Config } from '../config/config.js';

/** How the configured microphone is opened. */
export function captureDriver({ audio }: Config, env: NodeJS.ProcessEnv): OpenCapture {
  const common = {
    clock: systemClock,
    env,
    gainDb: audio.inputGainDb,
    ...(audio.input === 'auto' ? {} : { device: audio.input }),
  };
  const channel = audio.inputChannel === undefined ? {} : { channel: audio.inputChannel };
  const arecord = arecordCapture(common);
  switch (audio.driver) {
    case 'alsa-utils':
      return arecord;
    case 'auto':
      return orWithoutLibrary(portaudioCapture({ ...common, ...channel }), arecord);
    default:
      return portaudioCapture({ ...common, ...channel, library: audio.driver });
  }
}

/** How the configured speaker is opened. */
export function playbackDriver({ audio }: Config, env: NodeJS.ProcessEnv): OpenPlayback {
  const common = { clock: systemClock, env, ...(audio.output === 'auto' ? {} : { device: audio.output }) };
  const aplay = aplayPlayback({ ...common, sampleRateHz: APLAY_RATE_HZ });
  switch (audio.driver) {
    case 'alsa-utils':
      return aplay;
    case 'auto':
      return orWithoutLibrary(portaudioPlayback(common), aplay);
    default:
      return portaudioPlayback({ ...common, library: audio.driver });
  }
}

/** ALSA converts from it where the device has another. */
const APLAY_RATE_HZ = 48_000;

/** Opens with `first`; with `second` where the library that the first one needs is not installed. */
function orWithoutLibrary<Listener, Stream>(
  first: (listener: Listener, signal: AbortSignal) => Promise<Stream>,
  second: (listener: Listener, signal: AbortSignal) => Promise<Stream>,
): (listener: Listener, signal: AbortSignal) => Promise<Stream> {
  return async (listener, signal) => {
    try {
      return await first(listener, signal);
    } catch (error) {
      if (error instanceof AudioError && error.reason === 'libraryMissing') return second(listener, signal);
      throw error;
    }
  };
}
