import { open, rename } from 'node:fs/promises';
import type { z } from 'zod';
import { replaceFile } from '../appliance/replaceFile.js';
import type { Log } from '../observability/log.js';

/** What the owner has asked to be kept is nobody else's business on this computer. */
const OWNER_ONLY = 0o600;

/** Far more than a hundred timers or the longest lists take. */
const MAX_BYTES = 2 ** 20;

/** Keeps one value over restarts. */
export interface Store<State> {
  /** What was kept; undefined: nothing, or nothing that can be used. Never rejects. */
  read(): Promise<State | undefined>;
  /** Resolves to whether the next start will find it, or a later one. Never rejects. */
  keep(state: State): Promise<boolean>;
}

/**
 * A value as JSON in a file of its own. A power cut leaves the old or the new; what cannot be read is kept aside as
 * `<file>.damaged`, told in the log, and begun anew.
 */
export class StateFile<State> implements Store<State> {
  #wanted = '';
  #written: string | undefined;
  #lastWrite: Promise<unknown> = Promise.resolve();
  #isFailing = false;

  /** @param schema of what the file holds: another program, or its owner, may have written to it */
  constructor(
    readonly file: string,
    private readonly schema: z.ZodType<State>,
    private readonly log: Pick<Log, 'warn' | 'info'>,
  ) {}

  async read(): Promise<State | undefined> {
    try {
      const text = await this.#text();
      return text === undefined ? undefined : this.schema.parse(JSON.parse(text));
    } catch (error) {
      await this.#putAside(error);
      return undefined;
    }
  }

  async keep(state: State): Promise<boolean> {
    this.#wanted = JSON.stringify(state);
    const write = this.#lastWrite.then(() => this.#write());
    this.#lastWrite = write;
    return write;
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
      if (!this.#isFailing)
        this.log.warn({ error }, `${this.file} cannot be written: a restart forgets what it should hold`);
      this.#isFailing = true;
      return false;
    }
  }
}
