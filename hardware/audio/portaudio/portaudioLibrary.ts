import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import type { KoffiFunc } from 'koffi';
import { AudioError } from '../drivers.js';

/** What PortAudio says of a device (PaDeviceInfo), rates in Hz and latencies in seconds. */
export interface PaDevice {
  readonly index: number;
  readonly name: string;
  readonly hostApi: string;
  readonly maxInputChannels: number;
  readonly maxOutputChannels: number;
  readonly defaultSampleRate: number;
}

/** How a stream of signed 16-bit samples is opened. */
export interface PaFormat {
  readonly device: number;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly framesPerBuffer: number;
  readonly latencyS: number;
}

/** An open PortAudio stream, in one direction. Its calls must not overlap each other. */
export interface PaStream {
  /** Latency in seconds that the device reports for the direction of the stream. */
  readonly latencyS: number;
  /** Fills `samples`, interleaved. @returns whether sound was lost before it. @throws {PaError} */
  read(samples: Int16Array, frames: number): Promise<boolean>;
  /** Takes `samples`, interleaved. @returns whether the device ran dry before it. @throws {PaError} */
  write(samples: Int16Array, frames: number): Promise<boolean>;
  /** Drops what was written and is not heard yet, and goes on. @throws {PaError} */
  abort(): Promise<void>;
  /** @throws {PaError} */
  close(): Promise<void>;
  /** Frames that can be read, or written, without waiting. */
  readAvailable(): number;
  writeAvailable(): number;
}

export interface PortAudio {
  devices(): PaDevice[];
  /** Index of the default device, or -1. */
  defaultInput(): number;
  defaultOutput(): number;
  openInput(format: PaFormat): Promise<PaStream>;
  openOutput(format: PaFormat): Promise<PaStream>;
}

/** A call of PortAudio failed. */
export class PaError extends Error {
  override readonly name = 'PaError';
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** From portaudio.h, PaErrorCode and PaSampleFormat. */
export const PA_INVALID_CHANNEL_COUNT = -9998;
export const PA_INVALID_SAMPLE_RATE = -9997;
const PA_INPUT_OVERFLOWED = -9981;
const PA_OUTPUT_UNDERFLOWED = -9980;
const PA_INT16 = 8;
const PA_CLIP_OFF = 1;

const LIBRARY = 'libportaudio.so.2';

/**
 * The system's PortAudio through koffi, initialised. Calls that may wait run on koffi's threads, so the event loop of the
 * process stays free; they can still hang for good, and the library can crash: it belongs in a process of its own.
 * The device list is that of the moment of the call.
 * @throws {AudioError} libraryMissing, when the library or koffi's build for this machine is not installed
 * @throws {PaError} when it cannot be initialised
 */
export async function loadPortAudio(): Promise<PortAudio> {
  const { koffi, library } = openLibrary();

  const deviceInfo = koffi.struct({
    structVersion: 'int',
    name: 'const char *',
    hostApi: 'int',
    maxInputChannels: 'int',
    maxOutputChannels: 'int',
    defaultLowInputLatency: 'double',
    defaultLowOutputLatency: 'double',
    defaultHighInputLatency: 'double',
    defaultHighOutputLatency: 'double',
    defaultSampleRate: 'double',
  });
  const hostApiInfo = koffi.struct({ structVersion: 'int', type: 'int', name: 'const char *' });
  const parameters = koffi.struct({
    device: 'int',
    channelCount: 'int',
    sampleFormat: 'ulong',
    suggestedLatency: 'double',
    hostApiSpecificStreamInfo: 'void *',
  });
  const streamInfo = koffi.struct({
    structVersion: 'int',
    inputLatency: 'double',
    outputLatency: 'double',
    sampleRate: 'double',
  });
  const parametersPointer = koffi.pointer(parameters);

  const bound = <Call extends (...args: never[]) => unknown>(name: string, result: string, args: TypeSpec[]) =>
    library.func(name, result, args) as unknown as KoffiFunc<Call>;
  const initialize = bound<() => number>('Pa_Initialize', 'int', []);
  const errorText = bound<(code: number) => string>('Pa_GetErrorText', 'const char *', ['int']);
  const lastHostError = bound<() => unknown>('Pa_GetLastHostErrorInfo', 'void *', []);
  const deviceCount = bound<() => number>('Pa_GetDeviceCount', 'int', []);
  const getDevice = bound<(index: number) => unknown>('Pa_GetDeviceInfo', 'void *', ['int']);
  const getHostApi = bound<(index: number) => unknown>('Pa_GetHostApiInfo', 'void *', ['int']);
  const defaultInput = bound<() => number>('Pa_GetDefaultInputDevice', 'int', []);
  const defaultOutput = bound<() => number>('Pa_GetDefaultOutputDevice', 'int', []);
  const openStream = bound<
    (
      stream: unknown[],
      input: unknown,
      output: unknown,
      rateHz: number,
      frames: number,
      flags: number,
      callback: null,
      userData: null,
    ) => number
  >('Pa_OpenStream', 'int', [
    koffi.out(koffi.pointer('void *')),
    ...[parametersPointer, parametersPointer, 'double', 'ulong', 'ulong', 'void *', 'void *'],
  ]);
  const getStreamInfo = bound<(stream: unknown) => unknown>('Pa_GetStreamInfo', 'void *', ['void *']);
  const startStream = bound<(stream: unknown) => number>('Pa_StartStream', 'int', ['void *']);
  const abortStream = bound<(stream: unknown) => number>('Pa_AbortStream', 'int', ['void *']);
  const closeStream = bound<(stream: unknown) => number>('Pa_CloseStream', 'int', ['void *']);
  const transfer = ['void *', 'void *', 'ulong'];
  const readStream = bound<Transfer>('Pa_ReadStream', 'int', transfer);
  const writeStream = bound<Transfer>('Pa_WriteStream', 'int', transfer);
  const readAvailable = bound<(stream: unknown) => number | bigint>('Pa_GetStreamReadAvailable', 'long', ['void *']);
  const writeAvailable = bound<(stream: unknown) => number | bigint>('Pa_GetStreamWriteAvailable', 'long', ['void *']);

  const failure = (code: number) => {
    const hostError = lastHostError();
    const info: unknown =
      hostError === null ? undefined : koffi.decode(hostError, koffi.struct({ api: 'int', code: 'long', text: 'str' }));
    return new PaError(code, `${errorText(code)}${hostText(info)}`);
  };
  const checked = (code: number): number => {
    if (code < 0) throw failure(code);
    return code;
  };
  const parametersOf = ({ device, channels, latencyS }: PaFormat) => ({
    device,
    channelCount: channels,
    sampleFormat: PA_INT16,
    suggestedLatency: latencyS,
    hostApiSpecificStreamInfo: null,
  });

  async function open(format: PaFormat, direction: 'input' | 'output'): Promise<PaStream> {
    const handle: unknown[] = [null];
    const mine = parametersOf(format);
    const [input, output] = direction === 'input' ? [mine, null] : [null, mine];
    const { sampleRateHz, framesPerBuffer } = format;
    const openInThread = promisify(openStream.async);
    checked(await openInThread(handle, input, output, sampleRateHz, framesPerBuffer, PA_CLIP_OFF, null, null));
    const [stream] = handle;
    checked(await promisify(startStream.async)(stream));
    const info: { inputLatency: number; outputLatency: number } = koffi.decode(getStreamInfo(stream), streamInfo);
    const read = promisify(readStream.async);
    const write = promisify(writeStream.async);
    const unlessXrun = (code: number, xrun: number) => code === xrun || checked(code) === xrun;
    return {
      latencyS: direction === 'input' ? info.inputLatency : info.outputLatency,
      read: async (samples, frames) => unlessXrun(await read(stream, samples, frames), PA_INPUT_OVERFLOWED),
      write: async (samples, frames) => unlessXrun(await write(stream, samples, frames), PA_OUTPUT_UNDERFLOWED),
      abort: async () => {
        checked(await promisify(abortStream.async)(stream));
        checked(await promisify(startStream.async)(stream));
      },
      close: async () => {
        checked(await promisify(closeStream.async)(stream));
      },
      readAvailable: () => checked(Number(readAvailable(stream))),
      writeAvailable: () => checked(Number(writeAvailable(stream))),
    };
  }

  checked(await promisify(initialize.async)());
  return {
    devices: () => {
      const devices: PaDevice[] = [];
      for (let index = 0; index < checked(deviceCount()); index++) {
        const device: Omit<PaDevice, 'hostApi'> & { hostApi: number } = koffi.decode(getDevice(index), deviceInfo);
        const hostApi: { name: string } = koffi.decode(getHostApi(device.hostApi), hostApiInfo);
        devices.push({ ...device, index, hostApi: hostApi.name });
      }
      return devices;
    },
    defaultInput: () => defaultInput(),
    defaultOutput: () => defaultOutput(),
    openInput: (format) => open(format, 'input'),
    openOutput: (format) => open(format, 'output'),
  };
}

type Koffi = typeof import('koffi');
type TypeSpec = Parameters<Koffi['sizeof']>[0];
type Transfer = (stream: unknown, samples: Int16Array, frames: number) => number;

function hostText(info: unknown): string {
  if (typeof info !== 'object' || info === null || !('text' in info)) return '';
  const { text } = info;
  return typeof text === 'string' && text !== '' ? ` (${text})` : '';
}

function openLibrary(): { koffi: Koffi; library: ReturnType<Koffi['load']> } {
  try {
    const koffi: Koffi = createRequire(import.meta.url)('koffi');
    return { koffi, library: koffi.load(LIBRARY) };
  } catch (cause) {
    throw new AudioError(
      'libraryMissing',
      `PortAudio (${LIBRARY}) cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}. Install it: sudo apt install libportaudio2`,
      { cause },
    );
  }
}
