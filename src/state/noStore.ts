import type { SharedStore, Store } from './stateFile.js';

/** For a program that keeps nothing: it begins with nothing, and forgets all when it ends. */
export const noStore: Store<unknown> & SharedStore<never> = {
  read: async () => undefined,
  keep: async () => true,
  change: async (next) => {
    next(undefined);
    return true;
  },
};
