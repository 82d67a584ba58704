import { createRequire } from 'node:module';
import { AudioError } from '../drivers.js';
import { monotonicMs } from '../host/hostProtocol.js';
import type { InputBlock, InputDevice, LibraryDevice, OutputDevice, SoundLibrary } from '../host/soundLibrary.js';
import type { Naudiodon } from './naudiodon.js';

/** Fewer crackle, more are heard late; 0 (its own choice) crackles always. */
const OUTPUT_FRAMES = 1024;

/** Blocks that it queues before a write waits. With 2 it crackles under load. */
const MAX_QUEUE = 4;

/** A microphone's blocks: 20 ms. */
const READ_MS = 20;

/** A small card's buffer would overflow while this process is late. */
const INPUT_QUEUE = 100;

const INT16 = 16;

/**
 * naudiodon as a sound library. It cannot drop what it has queued (its `abort` throws), so after a flush sound goes on for
 * its queue's length, about 100 ms; and it tells neither latency nor xruns.
 * @throws {AudioError} libraryMissing, when it is not installed
 */
export function loadNaudiodon(): SoundLibrary {
  return new NaudiodonBackend(required());
}

function required(): Naudiodon {
  try {
    return createRequire(import.meta.url)('naudiodon');
  } catch (cause) {
    const message =
      'naudiodon cannot be loaded. Install it: npm install naudiodon. It is compiled on this machine, ' +
      'which takes a compiler and PortAudio: sudo apt install build-essential python3 portaudio19-dev. ' +
      'Or use the library "portaudio", which needs neither.';
    throw new AudioError('libraryMissing', message, { cause });
  }
}

class NaudiodonBackend implements SoundLibrary {
  readonly name = 'naudiodon';

  constructor(private readonly naudiodon: Naudiodon) {}

  async devices(): Promise<LibraryDevice[]> {
    const { HostAPIs, defaultHostAPI } = this.naudiodon.getHostAPIs();
    const host = HostAPIs[defaultHostAPI];
    return this.naudiodon.getDevices().map((device) => ({
      index: device.id,
      name: device.name,
      hostApi: device.hostAPIName,
      inputChannels: device.maxInputChannels,
      outputChannels: device.maxOutputChannels,
      defaultRateHz: device.defaultSampleRate,
      isDefaultInput: device.id === host?.defaultInput,
      isDefaultOutput: device.id === host?.defaultOutput,
    }));
  }

  async openInput(device: LibraryDevice, channels: number, sampleRateHz: number): Promise<InputDevice> {
    const open = (rateHz: number, channelCount: number) => {
      const frames = Math.round((rateHz * READ_MS) / 1000);
      const stream = this.naudiodon.AudioIO({
        inOptions: {
          deviceId: device.index,
          sampleRate: rateHz,
          channelCount,
          sampleFormat: INT16,
          framesPerBuffer: frames,
          highwaterMark: frames * channelCount * Int16Array.BYTES_PER_ELEMENT,
          maxQueue: INPUT_QUEUE,
          closeOnError: false,
        },
      });
      stream.start();
      const blocks = stream[Symbol.asyncIterator]();
      return { sampleRateHz: rateHz, channels: channelCount, read: () => nextBlock(blocks) };
    };
    const least = Math.min(channels, device.inputChannels);
    try {
      return open(sampleRateHz, least);
    } catch {
      // A card that is heard directly has its own rate and often only two channels.
      return open(Math.round(device.defaultRateHz), Math.min(Math.max(2, least), device.inputChannels));
    }
  }

  async openOutput(device: LibraryDevice): Promise<OutputDevice> {
    const sampleRateHz = Math.round(device.defaultRateHz);
    const channels = Math.min(2, device.outputChannels);
    const stream = this.naudiodon.AudioIO({
      outOptions: {
        deviceId: device.index,
        sampleRate: sampleRateHz,
        channelCount: channels,
        sampleFormat: INT16,
        framesPerBuffer: OUTPUT_FRAMES,
        maxQueue: MAX_QUEUE,
        closeOnError: false,
      },
    });
    stream.start();
    return {
      sampleRateHz,
      blockSamples: OUTPUT_FRAMES,
      write: (samples) => written(stream, interleaved(samples, channels)),
      abort: async () => false,
      holds: async () => {},
      // Its queue is full after a write, and PortAudio and the device hold about three blocks more (measured).
      delayMs: () => ((MAX_QUEUE + 3) * OUTPUT_FRAMES * 1000) / sampleRateHz,
    };
  }
}

async function nextBlock(blocks: AsyncIterator<unknown>): Promise<InputBlock> {
  const { done, value } = await blocks.next();
  if (done === true || !Buffer.isBuffer(value)) throw new Error('the microphone ended');
  const samples = new Int16Array(value.length / Int16Array.BYTES_PER_ELEMENT);
  for (let i = 0; i < samples.length; i++) samples[i] = value.readInt16LE(i * Int16Array.BYTES_PER_ELEMENT);
  return { samples, capturedAtMs: monotonicMs(), overflowed: false };
}

function written(stream: NodeJS.WritableStream, bytes: Buffer): Promise<boolean> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => (error ? reject(error) : resolve(false)));
  });
}

function interleaved(mono: Int16Array, channels: number): Buffer {
  const bytes = Buffer.alloc(mono.length * channels * Int16Array.BYTES_PER_ELEMENT);
  for (let i = 0; i < mono.length * channels; i++) {
    bytes.writeInt16LE(mono[Math.floor(i / channels)] ?? 0, i * Int16Array.BYTES_PER_ELEMENT);
  }
  return bytes;
}
