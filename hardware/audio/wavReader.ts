import { constants, type FileHandle, open, stat } from 'node:fs/promises';
import { AudioError } from './drivers.js';
import { otherFileKind } from './otherAudioFile.js';
import { convertHint, readBytes, readWavHeader, type WavHeader } from './wavHeader.js';
import { decodeFrames, type SampleEncoding } from './wavSamples.js';

/** Something about a recording that did not prevent its use, but that its owner should know. */
export interface WavWarning {
  readonly kind: 'truncated' | 'notFinite';
  readonly message: string;
}

/**
 * A WAV file whose header has been read. Nothing is held open between calls.
 *
 * Our own reader, because the packages that parse WAV want the whole file in memory: an hour of 48 kHz stereo is 690 MB,
 * more than a small Pi has.
 */
export interface WavReader {
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly format: SampleEncoding;
  /** Of what is really there, should the file be cut. */
  readonly durationMs: number;
  /** What is known so far: samples that are no numbers are found only while reading. */
  readonly warnings: readonly WavWarning[];
  /**
   * The samples from the beginning, mixed down to mono, in blocks of at most `MAX_BLOCK_FRAMES`, each read when it is
   * asked for. The file is closed when the iteration ends, however it ends.
   * @throws {AudioError} unreadable or notFound when the file has gone meanwhile
   */
  blocks(): AsyncGenerator<Float32Array, void, undefined>;
}

/** Samples in the largest block: short enough to be decoded in well under a millisecond. */
export const MAX_BLOCK_FRAMES = 4096;

/** Files with hundreds of channels give shorter blocks rather than bigger buffers. */
const MAX_BLOCK_BYTES = 64 * 1024;

/** Enough to recognise other kinds of files, and to tell text from noise. */
const HEAD_BYTES = 64;

/** @throws {AudioError} notFound, notAFile, unreadable, notWav, truncated, empty or unsupported */
export async function openWav(file: string): Promise<WavReader> {
  return withFile(file, async (handle, fileBytes) => {
    if (fileBytes === 0) throw new AudioError('empty', `${file} is an empty file (0 bytes). Record or copy it again.`);
    requireWav(await readBytes(handle, 0, HEAD_BYTES), file);
    return new WavFileReader(file, await readWavHeader(handle, file, fileBytes));
  });
}

class WavFileReader implements WavReader {
  readonly #warnings = new Map<WavWarning['kind'], WavWarning>();

  constructor(
    private readonly file: string,
    private readonly header: WavHeader,
  ) {
    if (header.promisedFrames > header.frames) this.#warnTruncated(header.frames);
  }

  get sampleRateHz(): number {
    return this.header.sampleRateHz;
  }

  get channels(): number {
    return this.header.channels;
  }

  get format(): SampleEncoding {
    return this.header.encoding;
  }

  get durationMs(): number {
    return this.#msOf(this.header.frames);
  }

  get warnings(): readonly WavWarning[] {
    return [...this.#warnings.values()];
  }

  async *blocks(): AsyncGenerator<Float32Array, void, undefined> {
    const { frames, frameBytes, dataOffset, encoding, channels } = this.header;
    const blockFrames = Math.max(1, Math.min(MAX_BLOCK_FRAMES, Math.floor(MAX_BLOCK_BYTES / frameBytes)));
    let notFinite = 0;
    const { handle } = await openRegularFile(this.file);
    try {
      for (let frame = 0; frame < frames; ) {
        const wanted = Math.min(blockFrames, frames - frame);
        const bytes = await readBytes(handle, dataOffset + frame * frameBytes, wanted * frameBytes).catch((error) => {
          throw readFailure(this.file, error);
        });
        const block = decodeFrames(bytes, encoding, channels);
        notFinite += block.notFinite;
        if (block.notFinite > 0) this.#warnNotFinite(notFinite);
        frame += block.samples.length;
        if (block.samples.length > 0) yield block.samples;
        if (block.samples.length < wanted) {
          this.#warnTruncated(frame);
          return;
        }
      }
    } finally {
      await handle.close();
    }
  }

  #msOf(frames: number): number {
    return (frames / this.header.sampleRateHz) * 1000;
  }

  #warnTruncated(frames: number): void {
    const seconds = (count: number) => `${(this.#msOf(count) / 1000).toFixed(1)} s`;
    this.#warnings.set('truncated', {
      kind: 'truncated',
      message: `${this.file} is cut: ${seconds(frames)} of ${seconds(this.header.promisedFrames)} are there.`,
    });
  }

  #warnNotFinite(count: number): void {
    this.#warnings.set('notFinite', {
      kind: 'notFinite',
      message: `${this.file} holds ${count} samples that are not numbers; they are heard as silence.`,
    });
  }
}

function requireWav(head: Buffer, file: string): void {
  const isRiff = ['RIFF', 'RF64', 'BW64'].includes(head.toString('latin1', 0, 4));
  const form = head.toString('latin1', 8, 12);
  // A RIFF file cut before its form type is left to the header reader, which says that it is cut.
  if (isRiff && 'WAVE'.startsWith(form)) return;
  const kind = otherFileKind(head);
  const what = kind === undefined ? 'is not a WAV file' : `is ${kind}, not a WAV file`;
  const remedy = kind === 'a text file' ? 'Give a recording instead.' : convertHint(file);
  throw new AudioError('notWav', `${file} ${what}. ${remedy}`);
}

async function withFile<T>(file: string, use: (handle: FileHandle, bytes: number) => Promise<T>): Promise<T> {
  const { handle, bytes } = await openRegularFile(file);
  try {
    return await use(handle, bytes);
  } catch (error) {
    throw error instanceof AudioError ? error : readFailure(file, error);
  } finally {
    await handle.close();
  }
}

async function openRegularFile(file: string): Promise<{ handle: FileHandle; bytes: number }> {
  try {
    // Asked before opening: opening a pipe would wait for somebody to write into it.
    const status = await stat(file);
    if (!status.isFile()) {
      const what = status.isDirectory() ? 'is a folder' : 'is a pipe or a device, and reading needs to seek';
      throw new AudioError('notAFile', `${file} ${what}. Give the path of a WAV file.`);
    }
    return { handle: await open(file, constants.O_RDONLY), bytes: status.size };
  } catch (error) {
    throw error instanceof AudioError ? error : readFailure(file, error);
  }
}

function readFailure(file: string, cause: unknown): AudioError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new AudioError('notFound', `There is no file ${file}. Check the path.`, { cause });
  }
  const why = code === 'EACCES' || code === 'EPERM' ? 'this user may not read it' : String(cause);
  return new AudioError('unreadable', `${file} cannot be read: ${why}. Check its permissions and its disk.`, { cause });
}
