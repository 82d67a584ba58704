import { type FSWatcher, watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../observability/log.js';
import type { Exchange } from '../turn/conversation.js';
import { type ConversationFile, ErasedError } from './conversationFile.js';

/** Whom it tells what. */
export interface MemoryEvents {
  /** Its owner has erased these from the disk: they are not to be known any longer. */
  readonly onErased: (exchanges: readonly Exchange[]) => void;
  readonly log: Log;
}

type Trouble = 'cannotKeep' | 'cannotErase';

const TROUBLE = {
  cannotKeep: 'the conversation cannot be written to the disk: until it can, a restart forgets it',
  cannotErase: 'the conversation cannot be erased from the disk: see that its folder can be written to',
} as const satisfies Record<Trouble, string>;

/**
 * Sees that the disk holds what was said. It is told the whole each time and brings the file after it, by appending where
 * that is enough, so that a disk which is slow or full for a while needs no queue and is made good by the next exchange.
 */
export class ConversationMemory {
  #wanted: readonly Exchange[];
  /** What the file holds; undefined when that is not known. */
  #written: readonly Exchange[] | undefined;
  #work: Promise<void> | undefined;
  /** Somebody has done something to the file since it was last looked at. */
  #isSuspect = false;
  /** Since all was well. */
  readonly #told = new Set<Trouble>();
  #watcher: FSWatcher | undefined;

  /** @param written what the file holds; undefined: it is written anew in any case */
  constructor(
    private readonly file: ConversationFile,
    written: readonly Exchange[] | undefined,
    private readonly events: MemoryEvents,
  ) {
    this.#written = written;
    this.#wanted = written ?? [];
  }

  /** All that is to be there at the next start. Resolves to whether it will be. */
  async keep(exchanges: readonly Exchange[]): Promise<boolean> {
    this.#wanted = exchanges;
    await this.#settle();
    return this.#isWritten;
  }

  /** From now on it is noticed at once when the file is erased, and not only when the next exchange is kept. */
  async watch(): Promise<void> {
    const { log } = this.events;
    const folder = path.dirname(this.file.file);
    try {
      await mkdir(folder, { recursive: true });
      this.#watcher = watch(folder, { persistent: false }, (event, name) => {
        if (event === 'rename' && name === path.basename(this.file.file)) this.#suspect();
      });
      this.#watcher.on('error', (error) => log.debug({ error }, 'the folder of the conversation cannot be watched'));
    } catch (error) {
      log.debug({ error }, 'the folder of the conversation cannot be watched');
    }
  }

  /** Resolves when nothing is being written any more. */
  async close(): Promise<void> {
    this.#watcher?.close();
    await this.#work;
  }

  get #isWritten(): boolean {
    const written = this.#written;
    return written?.length === this.#wanted.length && isBeginning(written, this.#wanted);
  }

  #suspect(): void {
    this.#isSuspect = true;
    this.#settle();
  }

  async #settle(): Promise<void> {
    if (!this.#isSuspect && this.#isWritten) return this.#work;
    this.#work ??= this.#bringAfter();
    return this.#work;
  }

  /** Never rejects. */
  async #bringAfter(): Promise<void> {
    try {
      while (this.#isSuspect || !this.#isWritten) if (!(await this.#step())) return;
    } finally {
      this.#work = undefined; // in the same breath: what is wanted from now on is new work
    }
  }

  /** @returns whether it is of use to go on; if not, the next exchange is the next attempt */
  async #step(): Promise<boolean> {
    const wanted = this.#wanted;
    try {
      if (this.#isSuspect) {
        this.#isSuspect = false;
        await this.file.check();
        return true;
      }
      await this.#write(wanted);
      this.#written = wanted;
      if (this.#told.size > 0) this.events.log.info('the conversation is on the disk as it should be again');
      this.#told.clear();
      return true;
    } catch (error) {
      if (error instanceof ErasedError) {
        this.#erased(error.withNew ? wanted : (this.#written ?? wanted));
        return true;
      }
      this.#written = undefined;
      this.#tell(wanted.length === 0 ? 'cannotErase' : 'cannotKeep', error);
      return wanted !== this.#wanted;
    }
  }

  async #write(wanted: readonly Exchange[]): Promise<void> {
    const written = this.#written;
    if (wanted.length === 0) await this.file.erase();
    else if (written && written.length > 0 && isBeginning(written, wanted)) {
      await this.file.append(wanted.slice(written.length));
    } else await this.file.replace(wanted);
  }

  #erased(erased: readonly Exchange[]): void {
    this.#written = undefined;
    this.#wanted = this.#wanted.filter((exchange) => !erased.includes(exchange));
    this.events.log.info('the conversation was erased');
    this.events.onErased(erased);
  }

  #tell(trouble: Trouble, error: unknown): void {
    if (!this.#told.has(trouble)) this.events.log.warn({ error }, TROUBLE[trouble]);
    this.#told.add(trouble);
  }
}

function isBeginning(beginning: readonly Exchange[], all: readonly Exchange[]): boolean {
  return beginning.every((exchange, i) => all[i] === exchange);
}
