import { modelBytes } from '../models/catalogue.js';
import { formatBytes } from '../models/freeSpace.js';
import type { ModelStore } from '../models/modelStore.js';
import type { Io } from './io.js';
import { showProgress } from './progress.js';

/** What became of one model. */
export interface EnsuredModel {
  readonly id: string;
  /** False when it was here already. */
  readonly fetched: boolean;
  readonly folder: string;
}

/**
 * Fetches those of `ids` that are not here. Asks nothing, but says the size and the licence first (on stderr).
 * @param options.from a folder to copy from instead of the network
 * @throws {ModelError}
 */
export async function ensureModels(
  io: Io,
  store: ModelStore,
  ids: Iterable<string>,
  options: { quiet: boolean; from?: string | undefined },
): Promise<EnsuredModel[]> {
  const display = showProgress(io.stderr, { quiet: options.quiet });
  const results: EnsuredModel[] = [];
  try {
    for (const id of new Set(ids)) {
      const model = store.model(id);
      if (!options.quiet && (await store.status(id)) !== 'present') {
        io.stderr.write(`${id}: ${formatBytes(modelBytes(model))}, licence: ${model.licence}\n`);
      }
      const fetched = await store.fetch(id, {
        signal: io.signal,
        ...(options.from === undefined ? {} : { from: options.from }),
        onProgress: ({ file, source, doneBytes, totalBytes }) =>
          display.update({ title: id, step: `${file} from ${source}`, doneBytes, totalBytes }),
      });
      results.push({ id, fetched, folder: store.folder });
    }
  } finally {
    display.close();
  }
  return results;
}
