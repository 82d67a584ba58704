import { existsSync } from 'node:fs';
import path from 'node:path';
import { ModelStore } from '../../models/modelStore.js';
import { configuredModelFolder, earModels, endOfTurnModels, wakeModels } from '../../models/neededModels.js';
import type { SetupSettings } from '../../setup/setupStep.js';
import type { SpeechModels } from '../../setup/steps/speechModelsStep.js';
import type { Io } from '../io.js';

/**
 * The models of the catalogue in the configured folder.
 * @param from a folder to copy from instead of the network
 */
export function storedSpeechModels(
  settings: SetupSettings,
  { env, home }: Pick<Io, 'env' | 'home'>,
  from: string | undefined,
): SpeechModels {
  const { config } = settings.current;
  const store = new ModelStore(configuredModelFolder(config, env, home), { env });
  return {
    folder: store.folder,
    from,
    isOffered: async (id) =>
      from === undefined ||
      store.model(id).files.every(({ name }) => [path.join(from, id, name), path.join(from, name)].some(existsSync)),
    needed: () => {
      const now = settings.current.config;
      return [...earModels(now), ...endOfTurnModels(now), ...wakeModels(now)];
    },
    isPresent: async (id, signal) => (await store.verify(id, signal)).state === 'present',
    fetch: async (id, onProgress, signal) => {
      await store.fetch(id, { signal, onProgress, ...(from === undefined ? {} : { from }) });
    },
  };
}
