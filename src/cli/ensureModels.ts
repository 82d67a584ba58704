import type { Config } from '../config/config.js';
import { licenceText, modelBytes } from '../models/catalogue.js';
import type { FetchProgress } from '../models/fetchProgress.js';
import { formatBytes } from '../models/freeSpace.js';
import { ModelError } from '../models/modelError.js';
import { ModelStore } from '../models/modelStore.js';
import { configuredModelFolder, neededModels } from '../models/neededModels.js';
import type { Io } from './io.js';
import { showProgress } from './progress.js';

/** What became of one model. */
export interface EnsuredModel {
  readonly id: string;
  /** False when it was here already. */
  readonly fetched: boolean;
  readonly folder: string;
}

export interface EnsureOptions {
  readonly quiet: boolean;
  readonly onProgress?: (progress: FetchProgress) => void;
}

/**
 * Fetches those of `ids` that are not here. Asks nothing, but says the sizes and the licences first (on stderr), and what
 * a licence forbids even where it is to be quiet.
 * @param options.from a folder to copy from instead of the network
 * @param options.onProgress is told besides how far a download is
 * @throws {ModelError}
 */
export async function ensureModels(
  io: Io,
  store: ModelStore,
  ids: Iterable<string>,
  options: EnsureOptions & { from?: string | undefined },
): Promise<EnsuredModel[]> {
  const display = showProgress(io.stderr, { quiet: options.quiet });
  const results: EnsuredModel[] = [];
  try {
    for (const id of new Set(ids)) {
      const model = store.model(id);
      if ((!options.quiet || model.restriction !== undefined) && (await store.status(id)) !== 'present') {
        io.stderr.write(`${id}: ${formatBytes(modelBytes(model))}, licence: ${licenceText(model)}\n`);
      }
      const fetched = await store
        .fetch(id, {
          signal: io.signal,
          ...(options.from === undefined ? {} : { from: options.from }),
          onProgress: (progress) => {
            const { file, source, doneBytes, totalBytes } = progress;
            display.update({ title: id, step: `${file} from ${source}`, doneBytes, totalBytes });
            options.onProgress?.(progress);
          },
        })
        .catch(async (error: unknown) => {
          throw error instanceof ModelError ? await explained(store, id, error, io.signal) : error;
        });
      results.push({ id, fetched, folder: store.folder });
    }
  } finally {
    display.close();
  }
  return results;
}

/** The same for all models that the configuration names. Returns where they are. @throws {ModelError} */
export async function ensureConfiguredModels(io: Io, config: Config, options: EnsureOptions): Promise<ModelStore> {
  const store = new ModelStore(configuredModelFolder(config, io.env, io.home), { env: io.env });
  await ensureModels(io, store, neededModels(config), options);
  return store;
}

/** Which files were wanted comes first: the owner asked for a turn, not for a download. */
async function explained(store: ModelStore, id: string, error: ModelError, signal: AbortSignal): Promise<ModelError> {
  const { files } = await store.verify(id, signal);
  const wanted = files.flatMap(({ path, check }) => (check.state === 'ok' ? [] : [`${path} is ${check.state}`]));
  return new ModelError(error.reason, `${wanted.join(', ')}. ${error.message}`, { cause: error });
}
