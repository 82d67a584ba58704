import type { Store } from './stateFile.js';

/** For a program that keeps nothing: it begins with nothing, and forgets all when it ends. */
export const noStore: Store<never> = {
  read: async () => undefined,
  keep: async () => true,
};
