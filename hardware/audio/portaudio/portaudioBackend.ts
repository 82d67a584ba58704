import { alsaIdOf } from '../alsaCards.js';
import { monotonicMs } from '../host/hostProtocol.js';
import type { InputDevice, LibraryDevice, OutputDevice, SoundLibrary } from '../host/soundLibrary.js';
import { CAPTURE_RATE_HZ } from '../pcm.js';
import {
  PA_INVALID_CHANNEL_COUNT,
  PA_INVALID_SAMPLE_RATE,
  PaError,
  type PaFormat,
  type PaStream,
  type PortAudio,
} from './portaudioLibrary.js';

/** A microphone is read in blocks of 10 ms: small against a frame, so that no frame waits long for its end. */
const READ_MS = 10;

/** How much a microphone may hold before sound is lost. Sound comes in thirds of it. */
const INPUT_LATENCY_MS = 100;

/**
 * Frames in one period of the sound card: 2.7 ms at 48 kHz. Small, so that little latency is several of them. (0, which
 * lets PortAudio choose, crackles.)
 */
const OUTPUT_PERIOD_FRAMES = 128;

/**
 * A card with one clock for both directions takes only the rate of the direction that was opened first, which may have
 * happened since PortAudio asked it for its own. The last one is what its microphone is opened with.
 */
const OTHER_OUTPUT_RATES_HZ = [48_000, 44_100, CAPTURE_RATE_HZ];

/**
 * Sound in the device that may still be heard after a flush, because it fades by itself soon enough: what a device that
 * is fed in time holds. From one that was made to hold more it is taken away, which may click: an interruption must end
 * the sound within 40 ms.
 */
const MAX_FADING_MS = 30;

/** The system's PortAudio as a sound library. */
export class PortAudioBackend implements SoundLibrary {
  readonly name = 'portaudio';

  constructor(private readonly portaudio: PortAudio) {}

  devices(): Promise<LibraryDevice[]> {
    const defaultInput = this.portaudio.defaultInput();
    const defaultOutput = this.portaudio.defaultOutput();
    return Promise.all(
      this.portaudio.devices().map(async (device) => {
        const alsaId = await alsaIdOf(device.name);
        return {
          index: device.index,
          name: device.name,
          hostApi: device.hostApi,
          inputChannels: device.maxInputChannels,
          outputChannels: device.maxOutputChannels,
          defaultRateHz: device.defaultSampleRate,
          isDefaultInput: device.index === defaultInput,
          isDefaultOutput: device.index === defaultOutput,
          ...(alsaId === undefined ? {} : { alsaId }),
        };
      }),
    );
  }

  async openInput(device: LibraryDevice, channels: number, sampleRateHz: number): Promise<InputDevice> {
    const rates = [sampleRateHz, Math.round(device.defaultRateHz)];
    const [stream, format] = await firstSupported(
      formats(device.index, rates, channelCounts(channels, device.inputChannels), INPUT_LATENCY_MS),
      (wanted) => this.portaudio.openInput(wanted),
    );
    const frames = format.framesPerBuffer;
    return {
      sampleRateHz: format.sampleRateHz,
      channels: format.channels,
      read: async () => {
        const samples = new Int16Array(frames * format.channels);
        const overflowed = await stream.read(samples, frames);
        // What can be read already was captured after the last sample of this block.
        const laterMs = (stream.readAvailable() / format.sampleRateHz) * 1000;
        return { samples, capturedAtMs: monotonicMs() - laterMs, overflowed };
      },
    };
  }

  async openOutput(device: LibraryDevice, latencyMs: number): Promise<OutputDevice> {
    const rates = [Math.round(device.defaultRateHz), ...OTHER_OUTPUT_RATES_HZ];
    const [stream, format] = await firstSupported(
      formats(device.index, rates, channelCounts(1, device.outputChannels), latencyMs).map((wanted) => ({
        ...wanted,
        framesPerBuffer: OUTPUT_PERIOD_FRAMES,
      })),
      (wanted) => this.portaudio.openOutput(wanted),
    );
    return new PortAudioOutput(this.portaudio, format, stream);
  }
}

class PortAudioOutput implements OutputDevice {
  readonly blockSamples = OUTPUT_PERIOD_FRAMES;
  #capacity: number;

  constructor(
    private readonly portaudio: PortAudio,
    private readonly format: PaFormat,
    private stream: PaStream,
  ) {
    this.#capacity = stream.writeAvailable();
  }

  get sampleRateHz(): number {
    return this.format.sampleRateHz;
  }

  write(samples: Int16Array): Promise<boolean> {
    return this.stream.write(inChannels(samples, this.format.channels), samples.length);
  }

  delayMs(): number {
    return (Math.max(0, this.#capacity - this.stream.writeAvailable()) / this.sampleRateHz) * 1000;
  }

  async abort(): Promise<boolean> {
    if (this.stream.latencyS * 1000 <= MAX_FADING_MS) return false;
    await this.stream.abort();
    return true;
  }

  async holds(latencyMs: number): Promise<void> {
    await this.stream.close();
    this.stream = await this.portaudio.openOutput({ ...this.format, latencyS: latencyMs / 1000 });
    this.#capacity = this.stream.writeAvailable();
  }
}

/** As few channels as will do first; some cards take only as many as they have. */
function channelCounts(least: number, most: number): number[] {
  return [...new Set([least, 2, most].map((count) => Math.min(Math.max(count, least), most)))];
}

function formats(device: number, rates: number[], channelCounts: number[], latencyMs: number): PaFormat[] {
  return [...new Set(rates)].flatMap((sampleRateHz) =>
    channelCounts.map((channels) => ({
      device,
      channels,
      sampleRateHz,
      framesPerBuffer: Math.round((sampleRateHz * READ_MS) / 1000),
      latencyS: latencyMs / 1000,
    })),
  );
}

/** Opens with the first format that the device does not refuse. @throws {PaError} its last refusal, or any other failure */
async function firstSupported(
  wanted: readonly PaFormat[],
  open: (format: PaFormat) => Promise<PaStream>,
): Promise<[PaStream, PaFormat]> {
  let refusal: unknown = new PaError(PA_INVALID_CHANNEL_COUNT, 'the device has no channels');
  for (const format of wanted) {
    try {
      return [await open(format), format];
    } catch (error) {
      const isRefusal =
        error instanceof PaError && [PA_INVALID_CHANNEL_COUNT, PA_INVALID_SAMPLE_RATE].includes(error.code);
      if (!isRefusal) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

function inChannels(mono: Int16Array, channels: number): Int16Array {
  if (channels === 1) return mono;
  const samples = new Int16Array(mono.length * channels);
  for (let i = 0; i < samples.length; i++) samples[i] = mono[Math.floor(i / channels)] ?? 0;
  return samples;
}
