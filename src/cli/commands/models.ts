import path from 'node:path';
import { Command } from 'commander';
import { DEFAULT_CONFIG } from '../../config/config.js';
import { loadConfig } from '../../config/loadConfig.js';
import { catalogue, licenceText, modelBytes } from '../../models/catalogue.js';
import { exportModels } from '../../models/exportModels.js';
import { formatBytes } from '../../models/freeSpace.js';
import { ModelError } from '../../models/modelError.js';
import { ModelStore } from '../../models/modelStore.js';
import { configuredModelFolder, neededModels } from '../../models/neededModels.js';
import { ensureModels } from '../ensureModels.js';
import type { Io } from '../io.js';
import { UsageError } from '../usageError.js';

interface CommonOptions {
  readonly config?: string;
  readonly json?: boolean;
}

interface FetchOptions extends CommonOptions {
  readonly from?: string;
  readonly demo?: boolean;
}

/** `pressel models list | fetch | verify | export`. */
export function modelsCommand(io: Io): Command {
  const command = new Command('models').description(
    'list, fetch, check and export the models that run on this machine',
  );
  withCommonOptions(command.command('list'), 'print one JSON list')
    .description('show every model that can be fetched, and which are here')
    .action((_options, self: Command) => list(io, self.optsWithGlobals()));
  withCommonOptions(command.command('fetch'), 'print one JSON list; no progress')
    .description('download models: the ones named, else the ones the configuration needs')
    .argument('[id...]', 'ids, as "pressel models list" shows them')
    .option('--from <folder>', 'copy from a folder instead of the network, with the same checks')
    .option('--demo', 'what the default configuration needs, whatever is configured here')
    .action((ids: string[], _options, self: Command) => fetchModels(io, ids, self.optsWithGlobals()));
  withCommonOptions(command.command('verify'), 'print one JSON list')
    .description('read models and compare their hashes: the ones named, else all that are here')
    .argument('[id...]', 'ids, as "pressel models list" shows them')
    .action((ids: string[], _options, self: Command) => verify(io, ids, self.optsWithGlobals()));
  withCommonOptions(command.command('export'), 'print one JSON list; no progress')
    .description('copy models into a folder for another computer (--from): the ones named, else those configured')
    .argument('<folder>', 'the folder, such as that of a USB stick; made where it is missing')
    .argument('[id...]', 'ids, as "pressel models list" shows them')
    .action((folder: string, ids: string[], _options, self: Command) =>
      exportAll(io, folder, ids, self.optsWithGlobals()),
    );
  return command;
}

function withCommonOptions(command: Command, jsonMeaning: string): Command {
  return command
    .option('--json', jsonMeaning)
    .option('--config <file>', 'the configuration, which may choose the folder and the models');
}

async function open(io: Io, options: CommonOptions) {
  const { config } = await loadConfig({ file: options.config, env: io.env, home: io.home });
  const store = new ModelStore(configuredModelFolder(config, io.env, io.home), { env: io.env });
  return { config, store };
}

async function list(io: Io, options: CommonOptions): Promise<void> {
  const { store, config } = await open(io, options);
  const needed = new Set(neededModels(config));
  const rows = await Promise.all(
    catalogue.map(async (model) => ({
      id: model.id,
      purpose: model.purpose,
      language: model.language,
      bytes: modelBytes(model),
      licence: licenceText(model),
      description: model.description,
      state: await store.status(model.id),
      needed: needed.has(model.id),
    })),
  );
  if (options.json) {
    printJson(io, rows);
    return;
  }
  const header = ['ID', 'FOR', 'LANGUAGE', 'SIZE', 'STATE', 'LICENCE'];
  const cells = rows.map((row) => {
    const state = row.needed ? `${row.state} *` : row.state;
    return [row.id, row.purpose, row.language, formatBytes(row.bytes), state, row.licence];
  });
  printTable(io, [header, ...cells]);
  io.stdout.write(`\n* the configuration needs it\nFolder: ${store.folder}\n`);
}

async function fetchModels(io: Io, ids: readonly string[], options: FetchOptions): Promise<void> {
  if (options.demo && ids.length > 0) throw new UsageError('Name models or give --demo, not both.');
  const { store, config } = await open(io, options);
  const named = options.demo ? neededModels(DEFAULT_CONFIG) : ids.length > 0 ? ids : neededModels(config);
  for (const id of named) demandKnown(store, id);
  const results = await ensureModels(io, store, named, { quiet: options.json === true, from: options.from });
  if (options.json) printJson(io, results);
  else for (const { id, fetched } of results) io.stdout.write(`${id}  ${fetched ? 'fetched' : 'was here already'}\n`);
}

async function verify(io: Io, ids: readonly string[], options: CommonOptions): Promise<void> {
  const { store } = await open(io, options);
  for (const id of ids) demandKnown(store, id);
  const reports = [];
  for (const id of ids.length > 0 ? new Set(ids) : catalogue.map((model) => model.id)) {
    if (ids.length > 0 || (await store.status(id)) !== 'missing') reports.push(await store.verify(id, io.signal));
  }
  if (options.json) {
    printJson(io, reports);
  } else {
    for (const { id, state, files } of reports) {
      io.stdout.write(`${id}  ${state}\n`);
      for (const { path, check } of files) {
        if (check.state === 'missing') io.stdout.write(`  ${path} is missing\n`);
        if (check.state === 'damaged') io.stdout.write(`  ${path}: expected ${check.expected}, got ${check.got}\n`);
      }
    }
    if (reports.length === 0) io.stdout.write(`No model is in ${store.folder}.\n`);
  }
  const bad = reports.filter((report) => report.state !== 'present').map((report) => report.id);
  if (bad.length > 0)
    throw new Error(`Not as it should be: ${bad.join(', ')}. Mend with "pressel models fetch ${bad.join(' ')}".`);
}

async function exportAll(io: Io, folder: string, ids: readonly string[], options: CommonOptions): Promise<void> {
  const { store, config } = await open(io, options);
  const named = ids.length > 0 ? ids : neededModels(config);
  for (const id of named) demandKnown(store, id);
  const onModel = (id: string, bytes: number) => {
    if (!options.json) io.stderr.write(`copying ${id} (${formatBytes(bytes)})\n`);
  };
  const target = path.resolve(folder);
  const exported = await exportModels(store, named, target, { signal: io.signal, onModel });
  if (options.json) {
    printJson(io, exported);
    return;
  }
  for (const { id, copied } of exported) io.stdout.write(`${id}  ${copied ? 'copied' : 'was there already'}\n`);
  io.stdout.write(`On the other computer: pressel setup --from ${target}, or: pressel models fetch --from ${target}\n`);
}

/** A misspelt id is wrong usage, found before anything is downloaded. */
function demandKnown(store: ModelStore, id: string) {
  try {
    return store.model(id);
  } catch (error) {
    if (error instanceof ModelError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function printJson(io: Io, value: unknown): void {
  io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

function printTable(io: Io, rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    io.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
}
