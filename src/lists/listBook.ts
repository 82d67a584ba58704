import { z } from 'zod';
import type { Store } from '../state/stateFile.js';

export const LISTS = ['shopping', 'to-do'] as const;
export type ListName = (typeof LISTS)[number];

export const MAX_ITEMS = 200;
export const MAX_ITEM_LENGTH = 120;

const items = z.array(z.string().min(1).max(MAX_ITEM_LENGTH)).max(MAX_ITEMS);

/** What a file of lists holds. */
export const listState = z.object({ version: z.literal(1), shopping: items, 'to-do': items });
export type ListState = z.infer<typeof listState>;

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

/** The shopping list and the to-do list, which outlive a restart. */
export class ListBook {
  #lists: Readonly<Record<ListName, readonly string[]>>;

  private constructor(
    private readonly store: Store<ListState>,
    lists: Readonly<Record<ListName, readonly string[]>>,
  ) {
    this.#lists = lists;
  }

  static async open(store: Store<ListState>): Promise<ListBook> {
    const state = await store.read();
    return new ListBook(store, { shopping: state?.shopping ?? [], 'to-do': state?.['to-do'] ?? [] });
  }

  /** In the order in which they were added. */
  items(list: ListName): readonly string[] {
    return this.#lists[list];
  }

  /** How an item of a list is written there, if it is on it: "egg" where "eggs" are. */
  find(list: ListName, item: string): string | undefined {
    return this.#lists[list].find((there) => isSame(there, item));
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
    for (const item of trimmed) {
      const there = this.find(list, item) ?? added.find((other) => isSame(other, item));
      if (there === undefined) added.push(item);
      else known.push(there);
    }
    const all = [...this.#lists[list], ...added];
    if (all.length > MAX_ITEMS) throw new ListError('full', `a list holds ${MAX_ITEMS} items`);
    return { added, known, isKept: await this.#replace(list, all) };
  }

  async remove(list: ListName, unwanted: readonly string[]): Promise<RemovedItems> {
    const found = unwanted.map((item) => this.find(list, item));
    const removed = this.#lists[list].filter((item) => found.includes(item));
    const unknown = unwanted.filter((_, i) => found[i] === undefined);
    const left = this.#lists[list].filter((item) => !removed.includes(item));
    return { removed, unknown, isKept: await this.#replace(list, left) };
  }

  /** @returns how many items there were */
  async clear(list: ListName): Promise<{ readonly count: number; readonly isKept: boolean }> {
    const count = this.#lists[list].length;
    return { count, isKept: await this.#replace(list, []) };
  }

  async #replace(list: ListName, all: readonly string[]): Promise<boolean> {
    this.#lists = { ...this.#lists, [list]: all };
    return this.store.keep({ version: 1, shopping: [...this.#lists.shopping], 'to-do': [...this.#lists['to-do']] });
  }
}

function isSame(one: string, other: string): boolean {
  return keyOf(one) === keyOf(other);
}

/** Without what may be said or not: articles and the plural of the last word. */
function keyOf(item: string): string {
  return item
    .trim()
    .toLowerCase()
    .replace(/^(?:some|the|a|an|my|our) /, '')
    .replace(/(?<=\w{3})(?:(?<=[sxzo])es|(?<!s)s)$/, '');
}
