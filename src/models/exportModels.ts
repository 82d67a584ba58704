import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from '../files/replaceFile.js';
import { modelBytes } from './catalogue.js';
import { hashFile } from './checksum.js';
import { demandSpace, type StatFileSystem, systemStatFs } from './freeSpace.js';
import { ModelError, writeFailure } from './modelError.js';
import { ModelStore } from './modelStore.js';
import { makeFolder } from './workspace.js';

/** The checksums beside the models, as `sha256sum --check` reads them. */
export const CHECKSUM_FILE = 'SHA256SUMS';

export interface ExportOptions {
  readonly signal: AbortSignal;
  /** Told before each model. */
  readonly onModel?: (id: string, bytes: number) => void;
  readonly statFs?: StatFileSystem;
}

/** A model in the folder. */
export interface ExportedModel {
  readonly id: string;
  /** False when it was there already, whole and right. */
  readonly copied: boolean;
}

/**
 * Copies models into a folder from which `--from` takes them, each file checked before and after.
 * @param ids must all be in `store`
 * @throws {ModelError} `notFound` when one is missing or damaged, `noSpace` before anything is written, `unwritable`; the
 *   signal's reason
 */
export async function exportModels(
  store: ModelStore,
  ids: readonly string[],
  folder: string,
  { signal, onModel, statFs = systemStatFs }: ExportOptions,
): Promise<ExportedModel[]> {
  const models = [...new Set(ids)].map((id) => store.model(id));
  for (const { id } of models) await demandWhole(store, id, signal);
  await makeFolder(folder);
  const target = new ModelStore(folder, { env: {}, models, statFs });
  const wanted: { readonly id: string; readonly bytes: number; readonly isThere: boolean }[] = [];
  for (const model of models) {
    const { state } = await target.verify(model.id, signal);
    wanted.push({ id: model.id, bytes: modelBytes(model), isThere: state === 'present' });
  }
  const bytes = wanted.reduce((sum, model) => sum + (model.isThere ? 0 : model.bytes), 0);
  if (bytes > 0) await demandSpace(folder, bytes, statFs);

  const exported: ExportedModel[] = [];
  const sums = await readSums(path.join(folder, CHECKSUM_FILE));
  for (const { id, bytes: size, isThere } of wanted) {
    if (!isThere) onModel?.(id, size);
    exported.push({ id, copied: await target.fetch(id, { signal, from: store.folder }) });
    for (const { name } of target.model(id).files) {
      // Of a file whose checksum in the catalogue is of another kind, too.
      sums.set(`${id}/${name}`, await hashFile(target.path(id, name), 'sha256', 'hex', signal));
    }
  }
  const lines = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, hex]) => `${hex}  ${name}\n`);
  try {
    await replaceFile(path.join(folder, CHECKSUM_FILE), lines.join(''));
  } catch (error) {
    throw writeFailure(error, folder) ?? error;
  }
  return exported;
}

async function demandWhole(store: ModelStore, id: string, signal: AbortSignal): Promise<void> {
  const { state } = await store.verify(id, signal);
  if (state === 'present') return;
  throw new ModelError('notFound', `${id} is ${state} in ${store.folder}. Fetch it first: pressel models fetch ${id}`);
}

/** Of an earlier export into the same folder. */
async function readSums(file: string): Promise<Map<string, string>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return new Map([...text.matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm)].map(([, hex = '', name = '']) => [name, hex]));
}
