import type { FileHandle } from 'node:fs/promises';
import { AudioError } from './drivers.js';
import { MAX_RATE_HZ, MIN_RATE_HZ } from './resampler.js';
import type { SampleEncoding } from './wavSamples.js';

/**
 * What a WAV file says about its sound. Layout: Microsoft/IBM "Multimedia Programming Interface and Data
 * Specifications 1.0" (RIFF, fmt, data), Microsoft's WAVEFORMATEXTENSIBLE, EBU Tech 3306 (RF64) and ITU-R BS.2088 (BW64).
 */
export interface WavHeader {
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly encoding: SampleEncoding;
  /** Bytes of one sample of every channel. */
  readonly frameBytes: number;
  /** Where the samples begin in the file. */
  readonly dataOffset: number;
  /** Whole frames that the file really holds. */
  readonly frames: number;
  /** Whole frames that its data chunk promises; a writer that streamed could not know, and promises what there is. */
  readonly promisedFrames: number;
}

interface WavFormat extends Pick<WavHeader, 'sampleRateHz' | 'channels' | 'encoding' | 'frameBytes'> {}

/** Real files have a dozen chunks; a file that goes on and on is damaged and must not be walked byte by byte. */
const MAX_CHUNKS = 1_000;

/** Sizes from here on stand for "unknown": sox writes 0x7ffff000 to a pipe, arecord 0x80000000, ffmpeg 0xffffffff. */
const UNKNOWN_SIZE_FROM = 0x7ff0_0000;
const SIZE_IN_DS64 = 0xffff_ffff;

const PCM = 0x0001;
const IEEE_FLOAT = 0x0003;
const EXTENSIBLE = 0xfffe;

/** Format tags that turn up in recordings of speech and are compressed (Microsoft's mmreg.h). */
const compressedFormats: ReadonlyMap<number, string> = new Map([
  [0x0002, 'Microsoft ADPCM'],
  [0x0006, 'A-law'],
  [0x0007, 'mu-law'],
  [0x0011, 'IMA ADPCM'],
  [0x0031, 'GSM 6.10'],
  [0x0055, 'MP3'],
]);

/** The part of KSDATAFORMAT_SUBTYPE_* that follows the format tag, the same for PCM and float. */
const SUBTYPE_GUID_TAIL = '000000001000800000aa00389b71';

/** How to turn any recording into one that can be read. */
export function convertHint(file: string): string {
  return `Convert it, for instance: ffmpeg -i "${file}" -ac 1 -ar 16000 -c:a pcm_s16le converted.wav (or with sox).`;
}

/**
 * Reads the chunks before the samples.
 * @param name the file's name for messages
 * @throws {AudioError} notWav, truncated, empty or unsupported
 */
export async function readWavHeader(handle: FileHandle, name: string, fileBytes: number): Promise<WavHeader> {
  const riff = await readBytes(handle, 0, 12);
  const id = ascii(riff, 0);
  if (riff.length < 12) throw cutInHeader(name);
  const riffBytes = riff.readUInt32LE(4);
  let format: WavFormat | undefined;
  let dataBytesIn64: number | undefined;
  let at = 12;
  for (let chunks = 0; chunks < MAX_CHUNKS; chunks++) {
    const chunk = await readBytes(handle, at, 8);
    if (chunk.length < 8) throw cutInHeader(name);
    const chunkId = ascii(chunk, 0);
    const chunkBytes = chunk.readUInt32LE(4);
    const body = at + 8;
    if (chunkId === 'data') {
      if (format === undefined) {
        throw new AudioError('unsupported', `${name} has its samples before their format. ${convertHint(name)}`);
      }
      // No samples and a RIFF size that accounts for the whole file: nothing was recorded, nothing was streamed.
      const complete = riffBytes !== SIZE_IN_DS64 && riffBytes + 8 >= fileBytes;
      const isEmpty = chunkBytes === 0 && complete;
      const promised = isEmpty ? 0 : promisedBytes(chunkBytes, dataBytesIn64, fileBytes - body);
      return withSamples(name, format, body, Math.min(promised, fileBytes - body), promised);
    }
    if (chunkId === 'fmt ') {
      const fields = await readBytes(handle, body, Math.min(chunkBytes, 40));
      if (fields.length < Math.min(chunkBytes, 40)) throw cutInHeader(name);
      format = parseFormat(fields, name);
    } else if (chunkId === 'ds64' && id !== 'RIFF') {
      const sizes = await readBytes(handle, body, 16);
      if (sizes.length < 16) throw cutInHeader(name);
      dataBytesIn64 = Number(sizes.readBigUInt64LE(8));
    }
    at = body + chunkBytes + (chunkBytes % 2);
    if (at > fileBytes) throw cutInHeader(name);
  }
  throw new AudioError('notWav', `${name} is damaged: no samples after ${MAX_CHUNKS} chunks. Record it again.`);
}

/** Up to `length` bytes from `position`: fewer only at the end of the file. */
export async function readBytes(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function promisedBytes(chunkBytes: number, in64: number | undefined, availableBytes: number): number {
  if (chunkBytes === SIZE_IN_DS64 && in64 !== undefined && in64 > 0) return in64;
  if (chunkBytes === 0) return availableBytes;
  if (chunkBytes >= UNKNOWN_SIZE_FROM && chunkBytes > availableBytes) return availableBytes;
  return chunkBytes;
}

function withSamples(name: string, format: WavFormat, dataOffset: number, bytes: number, promised: number): WavHeader {
  const frames = Math.floor(bytes / format.frameBytes);
  const promisedFrames = Math.floor(promised / format.frameBytes);
  if (frames === 0 && promisedFrames > 0) throw cutInHeader(name);
  if (frames === 0) throw new AudioError('empty', `${name} is a WAV file without a single sample. Record it again.`);
  return { ...format, dataOffset, frames, promisedFrames };
}

function parseFormat(fields: Buffer, name: string): WavFormat {
  if (fields.length < 16) throw new AudioError('notWav', `${name} is damaged: its format chunk is too short.`);
  const tag = fields.readUInt16LE(0);
  const channels = fields.readUInt16LE(2);
  const sampleRateHz = fields.readUInt32LE(4);
  const frameBytes = fields.readUInt16LE(12);
  const bits = fields.readUInt16LE(14);
  const encoding = encodingOf(tag === EXTENSIBLE ? subFormat(fields) : tag, bits);
  if (encoding === undefined) {
    const codec = compressedFormats.get(tag) ?? `format 0x${tag.toString(16).padStart(4, '0')}, ${bits} bit`;
    throw new AudioError(
      'unsupported',
      `${name} is a WAV file of an encoding that is not read here (${codec}): only PCM and float are. ${convertHint(name)}`,
    );
  }
  if (sampleRateHz < MIN_RATE_HZ || sampleRateHz > MAX_RATE_HZ) {
    const range = `${MIN_RATE_HZ} to ${MAX_RATE_HZ} Hz are supported`;
    throw new AudioError(
      'unsupported',
      `${name} has a sample rate of ${sampleRateHz} Hz; ${range}. ${convertHint(name)}`,
    );
  }
  if (channels === 0 || frameBytes !== channels * Math.ceil(bits / 8)) {
    const layout = `${channels} channels of ${bits} bit in frames of ${frameBytes} bytes`;
    throw new AudioError('unsupported', `${name} has an impossible format: ${layout}. Record or convert it again.`);
  }
  return { sampleRateHz, channels, encoding, frameBytes };
}

function subFormat(fields: Buffer): number | undefined {
  if (fields.length < 40 || fields.toString('hex', 26, 40) !== SUBTYPE_GUID_TAIL) return undefined;
  return fields.readUInt16LE(24);
}

function encodingOf(tag: number | undefined, bits: number): SampleEncoding | undefined {
  if (tag === IEEE_FLOAT) return bits === 32 ? 'float32' : bits === 64 ? 'float64' : undefined;
  if (tag !== PCM) return undefined;
  // 12 bit in two bytes and the like are left-justified: they read as their container.
  const bytes = Math.ceil(bits / 8);
  return bytes === 1 ? 'pcm8' : bytes === 2 ? 'pcm16' : bytes === 3 ? 'pcm24' : bytes === 4 ? 'pcm32' : undefined;
}

function ascii(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, at + 4);
}

function cutInHeader(name: string): AudioError {
  return new AudioError('truncated', `${name} breaks off before its first sample. Copy or record it again.`);
}
