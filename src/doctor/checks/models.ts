import type { ModelStore } from '../../models/modelStore.js';
import type { Check } from '../check.js';

/** Whether every model that the configuration needs is here, whole and unchanged. */
export function modelsCheck(store: ModelStore, needed: readonly string[]): Check {
  return {
    group: 'models',
    name: 'files',
    // Some 100 MB are read: a worn card needs its time, and checksums are what finds it out.
    patienceMs: 60_000,
    run: async (signal) => {
      const reports = [];
      for (const id of new Set(needed)) reports.push(await store.verify(id, signal));
      const bad = reports.filter(({ state }) => state !== 'present');
      if (bad.length === 0) {
        return { verdict: 'ok', reason: `${reports.length} in ${store.folder}, all checksums right` };
      }
      return {
        verdict: 'broken',
        reason: `${bad.map(({ id, state }) => `${id} is ${state}`).join(', ')} in ${store.folder}`,
        remedy: `pressel models fetch ${bad.map(({ id }) => id).join(' ')}`,
      };
    },
  };
}
