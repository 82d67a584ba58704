import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';

/** A part that nobody has written to for so long is nobody's: a download that stalls gives up much earlier. */
const ABANDONED_AFTER_MS = 10 * 60 * 1000;

/**
 * The beginning of a file whose download was cut, kept beside its final name so that the next attempt, in this process
 * or a later one, can go on where it stopped. It is owned by renaming it: of two processes one gets the old part and
 * the other begins afresh, and neither ever writes into the other's.
 *
 *     voice.onnx.part            parked: free to be claimed
 *     voice.onnx.part-1f3c9a02   claimed by a running download (or abandoned by a power cut)
 */
export class PartialFile {
  private constructor(
    readonly path: string,
    readonly parkedPath: string,
  ) {}

  /** Claims what is left of an earlier download to `destination`, or makes up a fresh name. */
  static async claim(destination: string): Promise<PartialFile> {
    const folder = path.dirname(destination);
    await mkdir(folder, { recursive: true });
    const parkedPath = `${destination}.part`;
    const claimed = new PartialFile(`${parkedPath}-${randomBytes(4).toString('hex')}`, parkedPath);
    for (const leftover of await leftovers(folder, parkedPath)) {
      const won = await rename(leftover, claimed.path).then(
        () => true,
        () => false, // another process was faster
      );
      if (!won) continue;
      const now = new Date();
      await utimes(claimed.path, now, now); // or it would still look abandoned
      break;
    }
    return claimed;
  }

  /** Bytes that are already here. */
  async size(): Promise<number> {
    return stat(this.path).then(
      (stats) => stats.size,
      () => 0,
    );
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }

  /** Leaves what was received for the next attempt. */
  async park(): Promise<void> {
    await rename(this.path, this.parkedPath).catch(() => undefined); // nothing was received
  }
}

async function leftovers(folder: string, parkedPath: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (file === parkedPath) found.unshift(file);
    else if (file.startsWith(`${parkedPath}-`) && (await isAbandoned(file))) found.push(file);
  }
  return found;
}

async function isAbandoned(file: string): Promise<boolean> {
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
  return Date.now() - mtimeMs > ABANDONED_AFTER_MS;
}
