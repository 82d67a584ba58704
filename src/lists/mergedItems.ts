import { isSameItem } from './sameItem.js';

type Items = readonly string[];

/**
 * Both changes of a list that two have made since they last saw the same one (a three-way merge of sets): what either has
 * added is on it, what either has removed is not.
 */
export function mergedItems(base: Items, mine: Items, theirs: Items): Items {
  const removed = without(base, mine);
  const added = without(mine, base);
  return [...without(theirs, removed), ...without(added, theirs)];
}

function without(items: Items, others: Items): Items {
  return items.filter((item) => !others.some((other) => isSameItem(item, other)));
}
