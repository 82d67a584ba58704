import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { makeFolder } from '../appliance/durableFolder.js';
import { replaceFile } from '../appliance/replaceFile.js';
import { withFolderLock } from '../memory/folderLock.js';
import { systemErrorCode } from '../models/modelError.js';
import type { Log } from '../observability/log.js';

/** What the owner has asked to be kept is nobody else's business on this computer. */
const OWNER_ONLY = 0o600;

/** Far more than a hundred timers or the longest lists take. */
const MAX_BYTES = 2 ** 20;

/** Says nothing of the file: too many are open, there is no memory, the disk did not answer. */
const PASSING: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EIO']);

/** Keeps one value over restarts. */
export interface Store<State> {
  /** What was kept; undefined: nothing, or nothing that can be used. Never rejects. */
  read(): Promise<State | undefined>;
  /** Resolves to whether the next start will find it, or a later one. Never rejects. */
  keep(state: State): Promise<boolean>;
}

/** One that other processes change as well. */
export interface SharedStore<State> extends Pick<Store<State>, 'read'> {
  /**
   * Reads and writes without another process in between.
   * @param next called once, with what `read` would say. What it throws is thrown, and nothing is written then.
   * @returns whether the next start will find it. Does not reject of its own.
   */
  change(next: (kept: State | undefined) => State): Promise<boolean>;
}

/**
 * A value as JSON in a file of its own. A power cut leaves the old or the new; what cannot be read is kept aside as
 * `<file>.damaged`, told in the log, and begun anew.
 */
export class StateFile<State> implements Store<State>, SharedStore<State> {
  #wanted = '';
  #written: string | undefined;
  /** What was asked for last: one at a time. */
  #last: Promise<unknown> = Promise.resolve();
  #isFailing = false;

  /** @param schema of what the file holds: another program, or its owner, may have written to it */
  constructor(
    readonly file: string,
    private readonly schema: z.ZodType<State>,
    private readonly log: Pick<Log, 'warn' | 'info'>,
  ) {}

  async read(): Promise<State | undefined> {
    const read = this.#last.then(() => this.#read());
    this.#last = read;
    return read;
  }

  /** @param isToBeChanged what cannot be read for now is no reason to begin anew then: it is thrown */
  async #read(isToBeChanged = false): Promise<State | undefined> {
    try {
      const text = await this.#text();
      this.#written = text;
      return text === undefined ? undefined : this.schema.parse(JSON.parse(text));
    } catch (error) {
      this.#written = undefined;
      if (isToBeChanged && PASSING.has(systemErrorCode(error) ?? '')) throw error;
      await this.#putAside(error);
      return undefined;
    }
  }

  async keep(state: State): Promise<boolean> {
    this.#wanted = JSON.stringify(state);
    const write = this.#last.then(() => this.#write());
    this.#last = write;
    return write;
  }

  async change(next: (kept: State | undefined) => State): Promise<boolean> {
    const change = this.#last.then(() => this.#change(next));
    this.#last = change.catch(() => {}); // its caller hears of it
    return change;
  }

  async #change(next: (kept: State | undefined) => State): Promise<boolean> {
    const folder = path.dirname(this.file);
    let isAlone = false;
    try {
      await makeFolder(folder);
      return await withFolderLock(folder, async () => {
        const kept = await this.#read(true);
        isAlone = true;
        this.#wanted = JSON.stringify(next(kept));
        return this.#write();
      });
    } catch (error) {
      if (isAlone) throw error;
      next(await this.#read(true).catch(() => undefined));
      this.#cannotWrite(error);
      return false;
    }
  }

  async #text(): Promise<string | undefined> {
    const handle = await open(this.file, 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!handle) return undefined;
    try {
      const { size } = await handle.stat();
      if (size > MAX_BYTES) throw new Error(`${size} bytes are more than were ever written`);
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  }

  async #putAside(error: unknown): Promise<void> {
    const { file } = this;
    const aside = `${file}.damaged`;
    try {
      await rename(file, aside);
      this.log.warn({ error, aside }, `${file} cannot be used: it was put aside, and a new one is begun`);
    } catch {
      this.log.warn({ error }, `${file} can neither be used nor put aside: see that this user may read and rename it`);
    }
  }

  /** Writes what is wanted by now, which may be more than was when the write was asked for. */
  async #write(): Promise<boolean> {
    const text = this.#wanted;
    if (text === this.#written) return true;
    try {
      this.#written = undefined;
      await replaceFile(this.file, text, OWNER_ONLY);
      this.#written = text;
      if (this.#isFailing) this.log.info(`${this.file} can be written again`);
      this.#isFailing = false;
      return true;
    } catch (error) {
      this.#cannotWrite(error);
      return false;
    }
  }

  /** Told once, until it can be written again. */
  #cannotWrite(error: unknown): void {
    if (!this.#isFailing)
      this.log.warn({ error }, `${this.file} cannot be written: a restart forgets what it should hold`);
    this.#isFailing = true;
  }
}
