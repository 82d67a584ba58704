import { deviceHolder } from '../alsaCards.js';
import { deviceWord, type SoundDirection } from '../audioDevice.js';
import { createCaptureGain } from '../captureGain.js';
import { AudioError } from '../drivers.js';
import { busyDevice, chooseFreeDevice } from '../freeDevice.js';
import { CAPTURE_RATE_HZ } from '../pcm.js';
import { runCapture } from './captureHost.js';
import type { FromHost, HostRequest, SoundLibraryName, ToHost } from './hostProtocol.js';
import { PlaybackHost } from './playbackHost.js';
import type { LibraryDevice, SoundLibrary } from './soundLibrary.js';

// The program of an audio host: one request, one device, and it dies with its parent or at its hand.

function send(message: FromHost): void {
  process.send?.(message, () => {});
}

async function load(name: SoundLibraryName): Promise<SoundLibrary> {
  // Read by the native library. JACK would start a server of its own, and each open stream may hold a pool thread.
  process.env['JACK_NO_START_SERVER'] = '1';
  process.env['UV_THREADPOOL_SIZE'] = '8';
  if (name === 'naudiodon') {
    const { loadNaudiodon } = await import('../naudiodon/naudiodonBackend.js');
    return loadNaudiodon();
  }
  const { loadPortAudio } = await import('../portaudio/portaudioLibrary.js');
  const { PortAudioBackend } = await import('../portaudio/portaudioBackend.js');
  return new PortAudioBackend(await loadPortAudio());
}

interface Opening<Device> {
  readonly library: SoundLibrary;
  readonly direction: SoundDirection;
  readonly wanted: string | undefined;
  readonly open: (device: LibraryDevice) => Promise<Device>;
}

/** @throws {AudioError} that says why it does not open */
async function opened<Device>({ library, direction, wanted, open }: Opening<Device>) {
  const { device, ambiguous } = await chooseFreeDevice(await library.devices(), direction, wanted);
  try {
    const name = `${library.name} ${device.name}${ambiguous ? ` (the first that fits "${wanted}")` : ''}`;
    return { name, device: await open(device) };
  } catch (cause) {
    const word = deviceWord(direction);
    const said = cause instanceof Error ? cause.message : String(cause);
    const holder = await deviceHolder(device.alsaId, direction);
    if (holder !== undefined && holder.pid !== process.pid) throw busyDevice(direction, device.name, holder, said);
    const reason = /unavailable|busy/i.test(said) ? 'deviceBusy' : 'deviceLost';
    throw new AudioError(reason, `The ${word} "${device.name}" does not open: ${said}.`, { cause });
  }
}

async function capture({ library: name, device: wanted, channel, gainDb }: HostRequest & { kind: 'capture' }) {
  const library = await load(name);
  const { name: shown, device } = await opened({
    library,
    direction: 'input',
    wanted,
    open: (found) => library.openInput(found, channel, CAPTURE_RATE_HZ),
  });
  if (channel > device.channels) {
    throw new AudioError(
      'unsupported',
      `${shown} has ${device.channels} channels, so channel ${channel} is none of them.`,
    );
  }
  send({ kind: 'captureOpened', name: shown });
  await runCapture(device, { channel, gain: createCaptureGain(gainDb, CAPTURE_RATE_HZ), send });
}

async function playback({ library: name, device: wanted, latencyMs }: HostRequest & { kind: 'playback' }) {
  const library = await load(name);
  const { name: shown, device } = await opened({
    library,
    direction: 'output',
    wanted,
    open: (found) => library.openOutput(found, latencyMs),
  });
  const host = new PlaybackHost(device, latencyMs, send);
  const fullMs = await host.fill();
  process.on('message', (message: ToHost) => {
    if (message.kind === 'sound' || message.kind === 'flush' || message.kind === 'gain') host.do(message);
  });
  send({ kind: 'playbackOpened', name: shown, sampleRateHz: device.sampleRateHz, latencyMs: fullMs });
  await host.run();
}

async function serve(request: ToHost): Promise<void> {
  try {
    if (request.kind === 'capture') await capture(request);
    else if (request.kind === 'playback') await playback(request);
    else if (request.kind === 'devices') {
      const library = await load(request.library);
      const devices = await library.devices();
      send({ kind: 'devices', devices: devices.map(({ index: _index, ...device }) => device) });
    }
  } catch (error) {
    const failure =
      error instanceof AudioError
        ? error
        : new AudioError('deviceLost', `The device failed: ${error instanceof Error ? error.message : String(error)}.`);
    send({ kind: 'failed', reason: failure.reason, message: failure.message });
  }
}

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.once('message', (request: ToHost) => void serve(request));
