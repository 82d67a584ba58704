import { aplayPlayback } from '../../hardware/audio/aplayPlayback.js';
import { arecordCapture } from '../../hardware/audio/arecordCapture.js';
import { BreakablePlayback } from '../../hardware/audio/breakablePlayback.js';
import { AudioError, type OpenCapture, type OpenPlayback, type PlaybackDriver } from '../../hardware/audio/drivers.js';
import { createNullCapture } from '../../hardware/audio/nullCapture.js';
import { createNullPlayback } from '../../hardware/audio/nullPlayback.js';
import { portaudioCapture, portaudioPlayback } from '../../hardware/audio/portaudio/portaudio.js';
import { streamedCapture } from '../../hardware/audio/streamedCapture.js';
import { WavCapture } from '../../hardware/audio/wavCapture.js';
import { openWavPlayback } from '../../hardware/audio/wavPlayback.js';
import { systemClock } from '../../hardware/clock.js';
import type { Config } from '../config/config.js';

/** How the configured microphone is opened. */
export function captureDriver({ audio }: Config, env: NodeJS.ProcessEnv): OpenCapture {
  const device = audio.input === 'auto' ? {} : { device: audio.input };
  const common = { clock: systemClock, env, gainDb: audio.inputGainDb, ...device };
  const portaudio = { ...common, ...(audio.inputChannel === undefined ? {} : { channel: audio.inputChannel }) };
  switch (audio.driver) {
    case 'auto':
      return orWithoutLibrary(portaudioCapture(portaudio), arecordCapture(common));
    case 'alsa-utils':
      return arecordCapture(common);
    case 'wav':
      return streamedCapture(
        new WavCapture({ file: audio.input, pace: 'realtime', clock: systemClock, tailMs: Infinity }),
      );
    case 'null':
      return streamedCapture(createNullCapture(systemClock));
    default:
      return portaudioCapture({ ...portaudio, library: audio.driver });
  }
}

/** How the configured speaker is opened. */
export function playbackDriver({ audio }: Config, env: NodeJS.ProcessEnv): OpenPlayback {
  const common = { clock: systemClock, env, ...(audio.output === 'auto' ? {} : { device: audio.output }) };
  const sampleRateHz = USUAL_RATE_HZ;
  switch (audio.driver) {
    case 'auto':
      return orWithoutLibrary(portaudioPlayback(common), aplayPlayback({ ...common, sampleRateHz }));
    case 'alsa-utils':
      return aplayPlayback({ ...common, sampleRateHz });
    case 'wav':
      return unfailing(() =>
        openWavPlayback({ file: audio.output, sampleRateHz, pace: 'realtime', clock: systemClock }),
      );
    case 'null':
      return unfailing(async () => createNullPlayback({ sampleRateHz, pace: 'realtime', clock: systemClock }));
    default:
      return portaudioPlayback({ ...common, library: audio.driver });
  }
}

/** A sink that is no device: it cannot be lost, and never runs dry. */
function unfailing(open: () => Promise<PlaybackDriver>): OpenPlayback {
  return async (onFailed) => new BreakablePlayback(await open(), () => 0, onFailed);
}

/** Where the sink has no rate of its own; ALSA converts where the device has another. */
const USUAL_RATE_HZ = 48_000;

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
