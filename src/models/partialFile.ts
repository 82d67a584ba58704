import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '../appliance/durableFolder.js';
import { tryLock } from '../appliance/fileLock.js';
import { withFolderLock } from '../memory/folderLock.js';

/**
 * The beginning of a file whose download was cut, kept beside its final name so that the next attempt, in this process
 * or a later one, can go on where it stopped. It is owned by locking it, which ends with the process however that ends: of
 * two processes one gets the old part and the other begins afresh, and neither ever writes into the other's.
 *
 *     voice.onnx.part            parked: free to be claimed
 *     voice.onnx.part-1f3c9a02   claimed by a running download; not locked: abandoned by a power cut, and free too
 */
export class PartialFile {
  /** Open, and so locked; undefined while there is nothing to lock. */
  #handle: FileHandle | undefined;

  private constructor(
    readonly path: string,
    readonly parkedPath: string,
  ) {}

  /** Claims the longest of what is left of earlier downloads to `destination`, and removes the rest of it. */
  static async claim(destination: string): Promise<PartialFile> {
    const folder = path.dirname(destination);
    await makeFolder(folder);
    const parkedPath = `${destination}.part`;
    const claimed = new PartialFile(`${parkedPath}-${randomBytes(4).toString('hex')}`, parkedPath);
    await withFolderLock(folder, async () => {
      for (const leftover of await leftovers(folder, parkedPath)) await claimed.#take(leftover);
    });
    return claimed;
  }

  async #take(leftover: string): Promise<void> {
    const handle = await open(leftover, 'r+').catch(() => undefined);
    if (!handle) return; // installed or parked meanwhile
    const isAbandoned = tryLock(handle.fd);
    if (isAbandoned && !this.#handle && (await moved(leftover, this.path))) {
      this.#handle = handle;
      return;
    }
    await handle.close();
    if (isAbandoned) await rm(leftover, { force: true }); // of no use beside a longer one
  }

  /** Bytes that are already here. */
  async size(): Promise<number> {
    return stat(this.path).then(
      (stats) => stats.size,
      () => 0,
    );
  }

  /** For the bytes that arrive. Closed when this is released. */
  async openToWrite(where: 'anew' | 'at its end'): Promise<FileHandle> {
    return withFolderLock(path.dirname(this.path), async () => {
      await this.release(); // another handle of this process is another owner
      this.#handle = await open(this.path, where === 'anew' ? 'w' : 'a');
      tryLock(this.#handle.fd); // in this folder nobody else locks anything meanwhile
      return this.#handle;
    });
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }

  /** Leaves what was received for the next attempt. */
  async park(): Promise<void> {
    await rename(this.path, this.parkedPath).catch(() => undefined); // nothing was received
  }

  /** Lets other downloads have it. */
  async release(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }
}

/** The longest first. */
async function leftovers(folder: string, parkedPath: string): Promise<string[]> {
  const files = (await readdir(folder))
    .map((name) => path.join(folder, name))
    .filter((file) => file === parkedPath || file.startsWith(`${parkedPath}-`));
  const sizeOf = (file: string) =>
    stat(file)
      .then(({ size }) => size)
      .catch(() => 0);
  const sized = await Promise.all(files.map(async (file) => ({ file, size: await sizeOf(file) })));
  return sized.sort((a, b) => b.size - a.size).map(({ file }) => file);
}

async function moved(from: string, to: string): Promise<boolean> {
  return rename(from, to).then(
    () => true,
    () => false,
  );
}
