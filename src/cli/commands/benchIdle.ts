import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { systemClock } from '../../../hardware/clock.js';
import { stateFolder } from '../../appliance/pauseMemoryFile.js';
import { environmentOf, IDLE_CONDITIONS, type IdleCondition } from '../../bench/idle/idleConditions.js';
import { type IdleFigures, idleRun } from '../../bench/idle/idleRun.js';
import { idleTable } from '../../bench/idle/idleTable.js';
import { loadConfig } from '../../config/loadConfig.js';
import { startScriptedOllama } from '../../llm/scripted/scriptedOllama.js';
import { SCRIPTED_MODEL } from '../../llm/scripted/scriptedResponder.js';
import { configuredModelFolder } from '../../models/neededModels.js';
import type { Io } from '../io.js';
import { UsageError } from '../usageError.js';
import { wholeNumber } from '../wholeNumber.js';

interface IdleFlags {
  readonly minutes?: string;
  readonly only?: readonly string[];
  readonly config?: string;
  readonly json?: boolean;
}

const MINUTES = 10;

/** `pressel bench idle`: what the appliance writes while nobody asks anything. */
export function benchIdleCommand(io: Io): Command {
  const names = IDLE_CONDITIONS.map(({ name }) => `"${name}"`).join(', ');
  return new Command('idle')
    .description('what is written to the disk and to the log while nobody asks anything, and all is well or is not')
    .option('--minutes <n>', `how long each is watched, side by side (default: ${MINUTES})`)
    .option('--only <conditions...>', `these out of ${names}`)
    .option('--config <file>', 'read this configuration file')
    .option('--json', 'print one JSON document')
    .action((_options, self: Command) => bench(io, self.optsWithGlobals<IdleFlags>()));
}

async function bench(io: Io, given: IdleFlags): Promise<void> {
  const minutes = wholeNumber('--minutes', given.minutes, MINUTES, 1, 1_440);
  const conditions = chosen(given.only);
  const { config, file } = await loadConfig({ file: given.config, flags: {}, env: io.env, home: io.home });
  const models = configuredModelFolder(config, io.env, io.home);
  const state = stateFolder(io.env, io.home);
  await mkdir(state, { recursive: true });
  // There, as what is written in /tmp may never reach a disk.
  const folder = await mkdtemp(path.join(state, 'bench-idle-'));
  const server = await startScriptedOllama({ keepsRequests: false });
  try {
    const figures = await sideBySide(conditions, io.signal, (condition, signal) =>
      idleRun({
        name: condition.name,
        argv: [process.execPath, mainFile(), 'run', ...(file === null ? [] : ['--config', path.resolve(file)])],
        env: {
          PATH: io.env['PATH'],
          PRESSEL_MODELS: models,
          ...environmentOf(condition, server.url, SCRIPTED_MODEL),
        },
        home: path.join(folder, condition.name.replaceAll(' ', '-')),
        microphone: condition.microphone,
        minutes,
        clock: systemClock,
        signal,
      }),
    );
    io.stdout.write(given.json ? `${JSON.stringify(figures, null, 2)}\n` : idleTable(figures));
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function chosen(only: readonly string[] | undefined): readonly IdleCondition[] {
  const conditions = IDLE_CONDITIONS.filter(({ name }) => only?.includes(name) ?? true);
  const unknown = only?.find((name) => !IDLE_CONDITIONS.some((condition) => condition.name === name));
  if (unknown === undefined) return conditions;
  throw new UsageError(`--only: there is no "${unknown}", but ${IDLE_CONDITIONS.map(({ name }) => name).join(', ')}`);
}

/** All at once. Where one fails, the others are ended before that is thrown. */
async function sideBySide(
  conditions: readonly IdleCondition[],
  signal: AbortSignal,
  run: (condition: IdleCondition, signal: AbortSignal) => Promise<IdleFigures>,
): Promise<readonly IdleFigures[]> {
  const failed = new AbortController();
  const runs = conditions.map(async (condition) => {
    try {
      return await run(condition, AbortSignal.any([signal, failed.signal]));
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  });
  await Promise.allSettled(runs);
  return Promise.all(runs);
}

function mainFile(): string {
  return fileURLToPath(new URL('../main.js', import.meta.url));
}
