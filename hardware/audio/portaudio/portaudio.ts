import type { Clock } from '../../clock.js';
import type { AudioDevice } from '../audioDevice.js';
import { AudioError, type OpenCapture, type OpenPlayback } from '../drivers.js';
import { openHostedCapture } from '../host/hostedCapture.js';
import { openHostedPlayback } from '../host/hostedPlayback.js';
import { forkHost, type StartHost } from '../host/hostProcess.js';
import type { SoundLibraryName } from '../host/hostProtocol.js';
import { HostSession } from '../host/hostSession.js';

interface HostOptions {
  /** The library that talks to the device. Default: portaudio, the system's libportaudio2. */
  readonly library?: SoundLibraryName;
  /** Environment of the process that has the device open. Default: this process's. */
  readonly env?: NodeJS.ProcessEnv;
  /** Starts that process; for tests. */
  readonly startHost?: StartHost;
}

interface DeviceOptions extends HostOptions {
  /** Of `capturedAtMs`, `heardAtMs`, and of the limits after which a device is given up. */
  readonly clock: Clock;
  /** A device's name, ALSA id, or a part of either. Default, or 'auto': the system's default device. */
  readonly device?: string;
}

export interface PortaudioCaptureOptions extends DeviceOptions {
  /** Which of the device's channels is heard, from 1. Default 1: the first, not a mix, which would comb-filter speech. */
  readonly channel?: number;
  /** Makes the sound louder, in dB. Default 0. */
  readonly gainDb?: number;
}

export interface PortaudioPlaybackOptions extends DeviceOptions {
  /**
   * How much sound the device holds; up to 40 ms while it keeps running dry. A flush and `setGain` are heard so much later.
   * Above 50 ms a flush cuts off what it holds, with a click. Default 20.
   */
  readonly latencyMs?: number;
}

const DEFAULT_LATENCY_MS = 20;

/** A microphone through PortAudio, in a process of its own for each stream that is opened. */
export function portaudioCapture(options: PortaudioCaptureOptions): OpenCapture {
  const { clock, channel = 1, gainDb = 0 } = options;
  return async (listener, signal) => {
    const session = started(options, clock, 'microphone', signal);
    return openHostedCapture(
      { session, clock },
      { kind: 'capture', channel, gainDb, ...wanted(options) },
      listener,
      signal,
    );
  };
}

/** A speaker through PortAudio, in a process of its own for each stream that is opened; plays at the device's own rate. */
export function portaudioPlayback(options: PortaudioPlaybackOptions): OpenPlayback {
  const { clock, latencyMs = DEFAULT_LATENCY_MS } = options;
  return async (onFailed, signal) => {
    const session = started(options, clock, 'speaker', signal);
    return openHostedPlayback(
      { session, clock },
      { kind: 'playback', latencyMs, ...wanted(options) },
      onFailed,
      signal,
    );
  };
}

/**
 * The sound devices that exist now.
 * @throws {AudioError} libraryMissing, when the library is not installed; deviceLost, when it hangs or crashes
 */
export async function listAudioDevices(
  options: HostOptions & { readonly clock: Clock },
): Promise<readonly AudioDevice[]> {
  const never = new AbortController().signal;
  const session = started(options, options.clock, 'list of sound devices', never);
  const answer = await session.open({ kind: 'devices', library: options.library ?? 'portaudio' }, never);
  await session.close();
  if (answer.kind === 'devices') return answer.devices;
  throw new AudioError('deviceLost', `Asked for the sound devices, their process answered with "${answer.kind}".`);
}

function started({ env, startHost }: HostOptions, clock: Clock, subject: string, signal: AbortSignal): HostSession {
  signal.throwIfAborted();
  return new HostSession({ host: startHost?.() ?? forkHost(env), clock, subject });
}

function wanted({ library = 'portaudio', device }: DeviceOptions) {
  return { library, ...(device === undefined ? {} : { device }) };
}
