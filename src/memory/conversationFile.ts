import { constants, type Stats } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, syncToDisk } from '../appliance/durableFolder.js';
import { nextFile, replaceFile } from '../appliance/replaceFile.js';
import type { Exchange } from '../turn/conversation.js';
import { withFolderLock } from './folderLock.js';
import { journalLine, type ReadJournal, readJournal } from './journal.js';

/** What was said is the owner's business, and nobody else's on this computer. */
const OWNER_ONLY = 0o600;

/** Several times what the longest context can hold: no such file was written here. */
const MAX_BYTES = 8 * 2 ** 20;

/** Where the conversation is kept. */
export function conversationFile(stateFolder: string): string {
  return path.join(stateFolder, 'conversation.jsonl');
}

/** The file is not the one that this process has left: its owner has erased it. */
export class ErasedError extends Error {
  override readonly name = 'ErasedError';

  /** @param withNew it happened after what was to be appended had come to the disk */
  constructor(
    file: string,
    readonly withNew: boolean,
  ) {
    super(`${file} was erased`);
  }
}

/**
 * The journal on the disk. One call at a time; when a call resolves, a power cut loses nothing of it. Another process may
 * erase the file at any time, and what it has erased is never written again.
 */
export class ConversationFile {
  /** The file as this process has left it; undefined: none, or one that is replaced whatever it is. */
  #left: { readonly ino: number; readonly dev: number; readonly size: number } | undefined;

  constructor(readonly file: string) {}

  /** @throws when it is there and cannot be read */
  async read(): Promise<ReadJournal> {
    this.#left = undefined;
    const handle = await orAbsent(open(this.file, 'r'));
    if (!handle) return { exchanges: [], damagedLines: 0, isSound: true };
    try {
      const stats = await handle.stat();
      if (stats.size > MAX_BYTES) return { exchanges: [], damagedLines: 1, isSound: false };
      const journal = readJournal(await handle.readFile());
      this.#left = stats;
      return journal;
    } finally {
      await handle.close();
    }
  }

  /** @throws {ErasedError} when somebody has erased or exchanged it */
  async check(): Promise<void> {
    if (!this.#left) return;
    const stats = await orAbsent(stat(this.file));
    if (!stats || !this.#isLeft(stats)) throw this.#erased();
  }

  /** @throws {ErasedError}; when the disk does not take it, of which nothing is left in the file then */
  async append(exchanges: readonly Exchange[]): Promise<void> {
    // Never creates it: one that is not there was erased.
    const handle = await orAbsent(open(this.file, constants.O_WRONLY | constants.O_APPEND));
    if (!handle) throw this.#erased();
    try {
      const before = await handle.stat();
      if (!this.#isLeft(before)) throw this.#erased();
      try {
        await handle.writeFile(exchanges.map(journalLine).join(''));
        await handle.datasync();
      } catch (error) {
        await handle.truncate(before.size).catch(() => {}); // reading leaves half a line out too
        throw error;
      }
      const after = await handle.stat();
      if (after.nlink === 0) throw this.#erased(true);
      this.#left = after;
    } finally {
      await handle.close();
    }
  }

  /** Writes it anew. @throws {ErasedError}; when the disk does not take it, and the file is as it was then */
  async replace(exchanges: readonly Exchange[]): Promise<void> {
    const folder = path.dirname(this.file);
    await makeFolder(folder);
    await withFolderLock(folder, async () => {
      await this.check();
      this.#left = await replaceFile(this.file, exchanges.map(journalLine).join(''), OWNER_ONLY);
    });
  }

  /** Erases it, and what a power cut may have left of writing it. @returns whether there was one */
  async erase(): Promise<boolean> {
    const folder = path.dirname(this.file);
    if (!(await orAbsent(stat(folder)))) return false;
    return withFolderLock(folder, async () => {
      const found = await Promise.all(
        [nextFile(this.file), this.file].map((name) => orAbsent(rm(name).then(() => name))),
      );
      const removed = found.some((name) => name !== undefined);
      if (removed) await syncToDisk(folder);
      this.#left = undefined;
      return removed;
    });
  }

  #isLeft({ ino, dev, size }: Stats): boolean {
    return this.#left?.ino === ino && this.#left.dev === dev && this.#left.size === size;
  }

  #erased(withNew = false): ErasedError {
    this.#left = undefined;
    return new ErasedError(this.file, withNew);
  }
}

/** Undefined where there is no such file. */
async function orAbsent<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
