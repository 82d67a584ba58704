import type { SharedStore } from '../state/stateFile.js';
import { LISTS, type ListName, type ListState, MAX_ITEM_LENGTH } from './listState.js';
import { mergedItems } from './mergedItems.js';
import { isSameItem } from './sameItem.js';

export const MAX_ITEMS = 200;

export interface AddedItems {
  readonly added: readonly string[];
  /** They were on the list already. */
  readonly known: readonly string[];
  /** False: the disk does not take it, and a restart forgets it. */
  readonly isKept: boolean;
}

export interface RemovedItems {
  /** As they were on the list. */
  readonly removed: readonly string[];
  readonly unknown: readonly string[];
  readonly isKept: boolean;
}

/** What was to be added does not go on a list. */
export class ListError extends Error {
  override readonly name = 'ListError';

  constructor(
    readonly reason: 'full' | 'too-long' | 'empty',
    message: string,
  ) {
    super(message);
  }
}

type Lists = Readonly<Record<ListName, readonly string[]>>;

/**
 * The shopping list and the to-do list, which outlive a restart. `pressel ask` changes them beside an appliance that runs:
 * each change is made to what the disk holds by then.
 */
export class ListBook {
  /** As they are here. The disk may not have taken the last changes. */
  #lists: Lists = { shopping: [], 'to-do': [] };
  /** As they were on the disk when it was last read or written. */
  #onDisk: Lists = this.#lists;

  private constructor(private readonly store: SharedStore<ListState>) {}

  static async open(store: SharedStore<ListState>): Promise<ListBook> {
    const book = new ListBook(store);
    await book.refresh();
    return book;
  }

  /** Learns what other processes have changed. */
  async refresh(): Promise<void> {
    this.#learn(await this.store.read());
  }

  /** In the order in which they were added. */
  items(list: ListName): readonly string[] {
    return this.#lists[list];
  }

  /** How an item of a list is written there, if it is on it: "egg" where "eggs" are. */
  find(list: ListName, item: string): string | undefined {
    return this.#lists[list].find((there) => isSameItem(there, item));
  }

  /** @throws {ListError} with nothing added: 'full', 'too-long', 'empty' */
  async add(list: ListName, wanted: readonly string[]): Promise<AddedItems> {
    const trimmed = wanted.map((item) => item.trim());
    if (trimmed.length === 0 || trimmed.includes('')) throw new ListError('empty', 'there is nothing to add');
    if (trimmed.some((item) => item.length > MAX_ITEM_LENGTH)) {
      throw new ListError('too-long', `an item has more than ${MAX_ITEM_LENGTH} letters`);
    }
    const known: string[] = [];
    const added: string[] = [];
    const isKept = await this.#change(list, (items) => {
      for (const item of trimmed) {
        const there = this.find(list, item) ?? added.find((other) => isSameItem(other, item));
        if (there === undefined) added.push(item);
        else known.push(there);
      }
      if (items.length + added.length > MAX_ITEMS) throw new ListError('full', `a list holds ${MAX_ITEMS} items`);
      return [...items, ...added];
    });
    return { added, known, isKept };
  }

  async remove(list: ListName, unwanted: readonly string[]): Promise<RemovedItems> {
    let removed: readonly string[] = [];
    let unknown: readonly string[] = [];
    const isKept = await this.#change(list, (items) => {
      const found = unwanted.map((item) => this.find(list, item));
      removed = items.filter((item) => found.includes(item));
      unknown = unwanted.filter((_, i) => found[i] === undefined);
      return items.filter((item) => !removed.includes(item));
    });
    return { removed, unknown, isKept };
  }

  /** @returns how many items there were */
  async clear(list: ListName): Promise<{ readonly count: number; readonly isKept: boolean }> {
    let count = 0;
    const isKept = await this.#change(list, (items) => {
      count = items.length;
      return [];
    });
    return { count, isKept };
  }

  /** @param changed the list as it is to be, from what it is by then */
  async #change(list: ListName, changed: (items: readonly string[]) => readonly string[]): Promise<boolean> {
    let written = this.#lists;
    const isKept = await this.store.change((kept) => {
      this.#learn(kept);
      this.#lists = { ...this.#lists, [list]: changed(this.#lists[list]) };
      written = this.#lists;
      return { version: 1, shopping: [...written.shopping], 'to-do': [...written['to-do']] };
    });
    if (isKept) this.#onDisk = written;
    return isKept;
  }

  /** @param kept undefined where the disk has nothing that can be used: what is known here is all there is */
  #learn(kept: ListState | undefined): void {
    if (!kept) return;
    const merged = LISTS.map((list) => [list, mergedItems(this.#onDisk[list], this.#lists[list], kept[list])]);
    this.#lists = Object.fromEntries(merged) as Lists;
    this.#onDisk = kept;
  }
}
