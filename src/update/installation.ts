import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import path from 'node:path';
import { syncToDisk } from '../appliance/durableFolder.js';
import { replaceFile, replaceLink } from '../appliance/replaceFile.js';
import type { TroublesBefore } from './awaitReady.js';
import { isVersion } from './versionOrder.js';

/** A version that has been switched to and has not shown yet that it works. */
export interface Unproven {
  readonly from: string;
  readonly to: string;
  /** What `previous` meant before; null: nothing. */
  readonly previous: string | null;
  /** Whether the service has to come up with it: not where the owner has stopped it. */
  readonly serviceWanted: boolean;
  /** What was wrong with the service before; missing where a version before 0.2 has written this. */
  readonly troublesBefore?: TroublesBefore;
}

/**
 * Where the program lies, and which version of it counts. Every change is one rename: a power cut leaves the state before
 * or the state after.
 *
 *     ROOT/versions/0.1.0    a version, complete
 *     ROOT/current           link to the version that is started
 *     ROOT/previous          link to the version before
 *     ROOT/unproven.json     `current` has been switched, and nobody knows yet whether the new version works
 *     ROOT/download          what has arrived of the next version
 */
export class Installation {
  constructor(readonly root: string) {}

  folderOf(version: string): string {
    return path.join(this.root, 'versions', version);
  }

  get downloadFolder(): string {
    return path.join(this.root, 'download');
  }

  /** The one process that changes this installation has it locked. */
  get lockFile(): string {
    return path.join(this.root, 'update.lock');
  }

  /** @returns the version a link leads to, null where it leads to none of ours */
  async linked(link: 'current' | 'previous'): Promise<string | null> {
    const target = await readlink(path.join(this.root, link)).catch(() => '');
    const version = path.basename(target);
    return path.resolve(this.root, target) === this.folderOf(version) && isVersion(version) ? version : null;
  }

  async link(link: 'current' | 'previous', version: string | null): Promise<void> {
    const name = path.join(this.root, link);
    if (version !== null) return replaceLink(name, path.join('versions', version));
    await rm(name, { force: true });
    await syncToDisk(this.root);
  }

  get #unprovenFile(): string {
    return path.join(this.root, 'unproven.json');
  }

  async unproven(): Promise<Unproven | null> {
    const text = await readFile(this.#unprovenFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    return text === null ? null : (JSON.parse(text) as Unproven); // only `remember` writes it, at once or not at all
  }

  async remember(unproven: Unproven): Promise<void> {
    await replaceFile(this.#unprovenFile, `${JSON.stringify(unproven)}\n`);
  }

  async forget(): Promise<void> {
    await rm(this.#unprovenFile, { force: true });
    await syncToDisk(this.root);
  }

  /** Removes what is neither the current version nor the one before. */
  async tidy(): Promise<void> {
    const kept = [await this.linked('current'), await this.linked('previous')];
    if (kept[0] === null) return; // whatever is wrong here, it is not that there is too much
    for (const name of await readdir(path.join(this.root, 'versions'))) {
      if (!kept.includes(name)) await rm(this.folderOf(name), { recursive: true, force: true });
    }
    await rm(this.downloadFolder, { recursive: true, force: true });
  }
}
