import { z } from 'zod';
import { type ListBook, ListError, MAX_ITEMS } from '../lists/listBook.js';
import { LISTS, type ListName } from '../lists/listState.js';
import type { IntentSkill } from './intent.js';
import { keptAnswer } from './keptAnswer.js';
import { listRequest } from './listPhrases.js';
import { capitalised, spokenList } from './spokenList.js';

const args = z.object({
  action: z.enum(['add', 'remove', 'clear', 'read', 'has']),
  list: z.enum(LISTS),
  items: z.array(z.string()).max(50).optional().describe('add, remove and has: each thing on its own'),
});
export type ListArgs = z.infer<typeof args>;

const WANTED: Readonly<Record<ListArgs['action'], string>> = {
  add: 'to put something on',
  remove: 'to take something off',
  clear: 'to clear',
  read: 'what is on',
  has: 'whether something is on',
};

/** Who has more on the list asks for a part, or looks at it. */
const READ_AT_MOST = 25;

/** "Add milk and eggs to my shopping list", "what's on my to do list", "remove milk". */
export function listSkill(book: ListBook): IntentSkill<ListArgs> {
  const listOf = (item: string) => LISTS.find((list) => book.find(list, item) !== undefined);
  return {
    name: 'list',
    description: 'Keeps the shopping list and the to-do list: adds and removes items, reads a list, clears it.',
    args,
    understand: (words) => {
      const asked = listRequest(words, listOf);
      return asked && { args: asked, why: `"${words}" asks ${WANTED[asked.action]} the ${asked.list} list` };
    },
    run: async ({ action, list, items = [] }) => {
      switch (action) {
        case 'add':
          return added(book, list, items);
        case 'remove':
          return removed(book, list, items);
        case 'clear': {
          const { count, isKept } = await book.clear(list);
          return count === 0
            ? `The ${list} list is empty already.`
            : keptAnswer(`The ${list} list is empty now.`, isKept);
        }
        case 'read':
          await book.refresh();
          return read(list, book.items(list));
        case 'has':
          await book.refresh();
          return has(book, list, items);
      }
    },
  };
}

async function added(book: ListBook, list: ListName, items: readonly string[]): Promise<string> {
  try {
    const { added: fresh, known, isKept } = await book.add(list, items);
    if (fresh.length === 0) return `${capitalised(spokenList(known))} ${isOrAre(known)} on the ${list} list already.`;
    return keptAnswer(`${capitalised(spokenList(fresh))} ${isOrAre(fresh)} on the ${list} list.`, isKept);
  } catch (error) {
    if (!(error instanceof ListError)) throw error;
    if (error.reason === 'empty') return 'Say what to put on the list.';
    if (error.reason === 'too-long') return 'That is too long for a list.';
    return `The ${list} list is full: it holds ${MAX_ITEMS} things. Remove some first.`;
  }
}

async function removed(book: ListBook, list: ListName, items: readonly string[]): Promise<string> {
  if (items.length === 0) return 'Say what to take off the list.';
  const { removed: gone, unknown, isKept } = await book.remove(list, items);
  const notThere = `${capitalised(spokenList(unknown))} ${isOrAre(unknown)} not on the ${list} list.`;
  if (gone.length === 0) return notThere;
  const answer = `${capitalised(spokenList(gone))} ${isOrAre(gone)} off the ${list} list.`;
  return keptAnswer(unknown.length === 0 ? answer : `${answer} ${notThere}`, isKept);
}

function read(list: ListName, items: readonly string[]): string {
  if (items.length === 0) return `The ${list} list is empty.`;
  if (items.length <= READ_AT_MOST) return `On the ${list} list: ${spokenList(items)}.`;
  const more = items.length - READ_AT_MOST;
  return `On the ${list} list: ${items.slice(0, READ_AT_MOST).join(', ')}, and ${more} more.`;
}

function has(book: ListBook, list: ListName, items: readonly string[]): string {
  const missing = items.filter((item) => book.find(list, item) === undefined);
  if (missing.length === 0) return `Yes, ${spokenList(items)} ${isOrAre(items)} on the ${list} list.`;
  return `No, ${spokenList(missing)} ${isOrAre(missing)} not on the ${list} list.`;
}

/** Nobody says "eggs is". */
function isOrAre(items: readonly string[]): string {
  const [only = ''] = items;
  return items.length > 1 || /[^s]s$/.test(only) ? 'are' : 'is';
}
