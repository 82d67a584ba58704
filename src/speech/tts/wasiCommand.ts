/**
 * Runs a WebAssembly command (WASI preview 1) that reads its arguments and writes one file, wholly in memory: it sees
 * no disk, no environment and no network, and leaves nothing behind.
 *
 * Not `node:wasi`: besides being experimental and working on real folders only, it ends the whole process with a
 * segmentation fault (Node 20.20) when flite is given a word of 200 letters.
 *
 * Numbers and layouts: WASI preview 1, https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md
 */

/** What a command left when it ended. */
export interface CommandResult {
  readonly exitCode: number;
  /** The content of the file that it wrote, wherever it put it; empty when it wrote none. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** What it printed on standard output and standard error. */
  readonly printed: string;
}

const SUCCESS = 0;
const BAD_DESCRIPTOR = 8;
const NOT_SEEKABLE = 70;

/** The only folder, and the only file in it. 0 to 2 are the standard streams. */
const ROOT = 3;
const FILE = 4;

const CHARACTER_DEVICE = 2;
const DIRECTORY = 3;
const REGULAR_FILE = 4;

/** Ends the command's stack from within `proc_exit`. */
class CommandExit extends Error {
  constructor(readonly exitCode: number) {
    super(`exit ${exitCode}`);
  }
}

/**
 * Runs `module` once, in a fresh instance.
 * @param args the command line, with the program's name first; no shell sees it
 * @throws {WebAssembly.RuntimeError} when the program traps
 */
export async function runWasiCommand(module: WebAssembly.Module, args: readonly string[]): Promise<CommandResult> {
  const written = new GrowingFile();
  const printed = new TextDecoder();
  let output = '';
  const argv = args.map((arg) => new TextEncoder().encode(`${arg.replaceAll('\0', ' ')}\0`));
  // Views are made anew for each call: growing the memory detaches the old ones.
  const view = () => new DataView(memory.buffer);
  const bytes = (start: number, length: number) => new Uint8Array(memory.buffer, start, length);

  const system = {
    args_sizes_get(countAt: number, sizeAt: number): number {
      view().setUint32(countAt, argv.length, true);
      view().setUint32(
        sizeAt,
        argv.reduce((sum, arg) => sum + arg.length, 0),
        true,
      );
      return SUCCESS;
    },
    args_get(pointersAt: number, stringsAt: number): number {
      let at = stringsAt;
      for (const [i, arg] of argv.entries()) {
        view().setUint32(pointersAt + 4 * i, at, true);
        bytes(at, arg.length).set(arg);
        at += arg.length;
      }
      return SUCCESS;
    },
    /** A clock that stands still: nothing that is spoken may depend on the time. */
    clock_time_get(_clock: number, _precision: bigint, timeAt: number): number {
      view().setBigUint64(timeAt, 0n, true);
      return SUCCESS;
    },
    fd_close: (): number => SUCCESS,
    fd_fdstat_set_flags: (): number => SUCCESS,
    fd_fdstat_get(fd: number, statAt: number): number {
      if (fd > FILE) return BAD_DESCRIPTOR;
      const allRights = 0xffff_ffff_ffff_ffffn;
      bytes(statAt, 24).fill(0);
      view().setUint8(statAt, fd === FILE ? REGULAR_FILE : fd === ROOT ? DIRECTORY : CHARACTER_DEVICE);
      view().setBigUint64(statAt + 8, allRights, true);
      view().setBigUint64(statAt + 16, allRights, true);
      return SUCCESS;
    },
    fd_prestat_get(fd: number, statAt: number): number {
      if (fd !== ROOT) return BAD_DESCRIPTOR;
      view().setUint32(statAt, 0, true); // a folder ...
      view().setUint32(statAt + 4, 1, true); // ... with a name of one character
      return SUCCESS;
    },
    fd_prestat_dir_name(_fd: number, nameAt: number): number {
      bytes(nameAt, 1).set([0x2f]); // "/"
      return SUCCESS;
    },
    path_open(
      _folder: number,
      _lookup: number,
      _pathAt: number,
      _pathLength: number,
      _openFlags: number,
      _rights: bigint,
      _inheriting: bigint,
      _flags: number,
      fdAt: number,
    ): number {
      written.seek(0);
      view().setUint32(fdAt, FILE, true);
      return SUCCESS;
    },
    /** Always at the end: there is no input. */
    fd_read(_fd: number, _vectorsAt: number, _count: number, readAt: number): number {
      view().setUint32(readAt, 0, true);
      return SUCCESS;
    },
    fd_seek(fd: number, offset: bigint, whence: number, positionAt: number): number {
      if (fd !== FILE) return NOT_SEEKABLE;
      const base = whence === 0 ? 0 : whence === 1 ? written.position : written.size;
      written.seek(base + Number(offset));
      view().setBigUint64(positionAt, BigInt(written.position), true);
      return SUCCESS;
    },
    fd_write(fd: number, vectorsAt: number, count: number, writtenAt: number): number {
      let total = 0;
      for (let i = 0; i < count; i++) {
        const start = view().getUint32(vectorsAt + 8 * i, true);
        const data = bytes(start, view().getUint32(vectorsAt + 8 * i + 4, true));
        if (fd === FILE) written.write(data);
        else output += printed.decode(data, { stream: true });
        total += data.length;
      }
      view().setUint32(writtenAt, total, true);
      return SUCCESS;
    },
    proc_exit(exitCode: number): never {
      throw new CommandExit(exitCode);
    },
  };

  const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: system });
  const { memory, _start: start } = instance.exports as { memory: WebAssembly.Memory; _start: () => void };
  let exitCode = 0;
  try {
    start();
  } catch (error) {
    if (!(error instanceof CommandExit)) throw error;
    exitCode = error.exitCode;
  }
  return { exitCode, file: written.content(), printed: output };
}

/** A file in memory. */
class GrowingFile {
  #data = new Uint8Array(64 * 1024);
  position = 0;
  size = 0;

  seek(position: number): void {
    this.position = Math.max(0, position);
  }

  write(bytes: Uint8Array): void {
    const end = this.position + bytes.length;
    if (end > this.#data.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#data.length));
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data.set(bytes, this.position);
    this.position = end;
    this.size = Math.max(this.size, end);
  }

  content(): Uint8Array<ArrayBuffer> {
    return this.#data.slice(0, this.size);
  }
}
