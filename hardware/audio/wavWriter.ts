import { randomUUID } from 'node:crypto';
import { access, constants, type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AudioError } from './drivers.js';

const HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;

/** The RIFF size is 32 bit and counts everything but its own first 8 bytes. */
const MAX_SAMPLES = Math.floor((0xffff_ffff - (HEADER_BYTES - 8)) / BYTES_PER_SAMPLE);

export interface WavWriterOptions {
  readonly file: string;
  readonly sampleRateHz: number;
  /** Opens the temporary file. Default: the file system's. */
  readonly openFile?: (file: string) => Promise<FileHandle>;
}

/**
 * Writes a mono 16-bit PCM WAV file. Until `close` the sound is in a temporary file beside the target, which therefore is
 * either whole or untouched. Writes happen in the order of the calls, awaited or not; the first failure ends it all.
 */
export class WavWriter {
  #samples = 0;
  #last: Promise<void> = Promise.resolve();
  #failure: AudioError | undefined;
  #state: 'open' | 'closed' = 'open';

  private constructor(
    private readonly target: string,
    private readonly temporary: string,
    private readonly sampleRateHz: number,
    private readonly handle: FileHandle,
  ) {}

  /** @throws {AudioError} unwritable, before anything has been changed */
  static async open({ file, sampleRateHz, openFile }: WavWriterOptions): Promise<WavWriter> {
    try {
      const target = await writableTarget(file);
      const temporary = path.join(path.dirname(target), `.${randomUUID()}.wav.part`);
      const handle = await (openFile ?? ((name: string) => open(name, 'wx')))(temporary);
      return new WavWriter(target, temporary, sampleRateHz, handle);
    } catch (error) {
      throw writeFailure(file, error);
    }
  }

  /** Samples so far, silence included. */
  get length(): number {
    return this.#samples;
  }

  /**
   * @param samples must not be changed afterwards
   * @throws {AudioError} unwritable: the disk is full or failed, or the file would pass 4 GB
   */
  append(samples: Int16Array): Promise<void> {
    const at = this.#samples;
    return this.#inOrder(this.#reserve(samples.length), async () => {
      // Typed arrays are little endian, as WAV is, on every processor that Node is published for but s390x.
      const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
      await this.#write(bytes, HEADER_BYTES + at * BYTES_PER_SAMPLE);
    });
  }

  /** Silence takes no time and no disk: it is left as a hole in the file. */
  appendSilence(samples: number): void {
    this.#reserve(samples);
  }

  /** Takes back the last samples. */
  cut(samples: number): void {
    if (this.#state === 'closed') return;
    this.#samples = Math.max(0, this.#samples - samples);
    const bytes = HEADER_BYTES + this.#samples * BYTES_PER_SAMPLE;
    // What fails here is told to the next append or close. Cut at once, so that holes left later read as silence.
    this.#inOrder(undefined, () => this.handle.truncate(bytes)).catch(() => {});
  }

  /**
   * Completes the file and puts it in its place. Safe to call twice.
   * @throws {AudioError} unwritable; the temporary file is gone then
   */
  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    await this.#inOrder(undefined, async () => {
      await this.#write(header(this.sampleRateHz, this.#samples), 0);
      await this.handle.truncate(HEADER_BYTES + this.#samples * BYTES_PER_SAMPLE);
      await this.handle.sync();
      await this.handle.close();
      await rename(this.temporary, this.target);
    });
  }

  /** Gives up: the target stays as it was. Safe after `close`. */
  async discard(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    await this.#last;
    await this.#removeTemporary();
  }

  /** Counts the samples in. @returns why they cannot be had, if so */
  #reserve(samples: number): AudioError | undefined {
    if (this.#state === 'closed') return new AudioError('unwritable', `${this.target} is closed already.`);
    if (this.#samples + samples > MAX_SAMPLES) {
      this.#failure ??= new AudioError(
        'unwritable',
        `${this.target} would pass 4 GB, which a WAV file cannot hold. Record shorter pieces.`,
      );
      return this.#failure;
    }
    this.#samples += samples;
    return undefined;
  }

  async #inOrder(refusal: AudioError | undefined, work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(async () => {
      const failure = refusal ?? this.#failure;
      if (failure !== undefined) throw failure;
      await work();
    });
    this.#last = done.catch(async (error: unknown) => {
      this.#failure ??= writeFailure(this.target, error);
      await this.#removeTemporary();
    });
    await this.#last;
    // `done` itself may carry the file system's own error.
    await done.catch((error: unknown) => {
      throw writeFailure(this.target, error);
    });
  }

  async #write(bytes: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      done += (await this.handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
    }
  }

  async #removeTemporary(): Promise<void> {
    // Closing twice does nothing; a handle that cannot be closed must not keep the file from being removed.
    await this.handle.close().catch(() => {});
    await rm(this.temporary, { force: true }).catch(() => {});
  }
}

/** The file that will be replaced, symbolic links followed. @throws {AudioError} unwritable */
async function writableTarget(file: string): Promise<string> {
  const existing = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (existing === undefined) return path.resolve(file);
  if (!existing.isFile()) {
    const what = existing.isDirectory() ? 'a folder' : 'a device or a pipe';
    throw new AudioError('unwritable', `${file} is ${what}: give the path of a file for the sound.`);
  }
  await access(file, constants.W_OK);
  return realpath(file);
}

/** Canonical 44-byte header of mono 16-bit PCM (Microsoft/IBM RIFF specification 1.0). */
function header(sampleRateHz: number, samples: number): Buffer {
  const dataBytes = samples * BYTES_PER_SAMPLE;
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRateHz, 24);
  bytes.writeUInt32LE(sampleRateHz * BYTES_PER_SAMPLE, 28);
  bytes.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  bytes.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(dataBytes, 40);
  return bytes;
}

const remedies: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist. Create the folder first.',
  ENOTDIR: 'its path leads through a file. Check the path.',
  EACCES: 'this user may not write there. Change the permissions or choose another folder.',
  EPERM: 'this user may not write there. Change the permissions or choose another folder.',
  EROFS: 'the disk is read-only. Choose another folder.',
  ENOSPC: 'the disk is full. Make room or choose another disk.',
  EDQUOT: "this user's share of the disk is used up. Make room or choose another disk.",
};

function writeFailure(file: string, cause: unknown): AudioError {
  if (cause instanceof AudioError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const why = remedies[code] ?? `${String(cause)}. Check the path and the disk.`;
  return new AudioError('unwritable', `${file} cannot be written: ${why}`, { cause });
}
