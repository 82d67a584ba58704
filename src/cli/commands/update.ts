import path from 'node:path';
import { Command } from 'commander';
import { systemClock } from '../../../hardware/clock.js';
import { loadConfig } from '../../config/loadConfig.js';
import { systemStatFs } from '../../models/freeSpace.js';
import { childEnvironment } from '../../processes/childEnvironment.js';
import { type CommandEnd, runCommand } from '../../processes/runCommand.js';
import type { ChangeStep } from '../../update/changeVersion.js';
import { ownInstallation } from '../../update/ownInstallation.js';
import { chooseFeed, readFeed } from '../../update/releaseFeed.js';
import { systemdService } from '../../update/service.js';
import { goBack, isNewer, resume, type UpdateOptions, update, type VersionChange } from '../../update/update.js';
import { fetchModelsOf } from '../fetchModelsOf.js';
import type { Io } from '../io.js';
import { packageFile } from '../packageFile.js';
import { type ProgressDisplay, showProgress } from '../progress.js';
import { heedHangUp } from '../setup/hangUp.js';
import { UsageError } from '../usageError.js';

interface Options {
  readonly config?: string;
  readonly from?: string;
  readonly check?: boolean;
  readonly rollback?: boolean;
  readonly resume?: boolean;
  readonly json?: boolean;
}

/** A program that is asked for a line has so long to say it; `sync` may have an SD card to wait for. */
const COMMAND_TIMEOUT_MS = 120_000;

const STEPS: Partial<Record<ChangeStep, string>> = {
  switch: 'switching to the new version',
  prove: 'waiting for the service to be ready',
  switchBack: 'it did not come up: going back',
};

/** `pressel update`. */
export function updateCommand(io: Io): Command {
  return new Command('update')
    .description('replace this version by the next one; goes back by itself when that one does not come up')
    .option('--check', 'only tell whether there is a newer version, and what is new in it')
    .option('--from <folder>', 'take the release from a folder (or its release.json) instead of update.url')
    .option('--rollback', 'switch back to the version before')
    .option('--resume', 'finish an update that a power cut has left half done, and look for no other')
    .option('--config <file>', 'the configuration, which may say where releases are')
    .option('--json', 'print one JSON document; no progress')
    .action((options: Options) => run(io, options));
}

async function run(io: Io, options: Options): Promise<void> {
  const modes = [options.check, options.rollback, options.resume].filter(Boolean).length;
  if (modes > 1 || (options.from !== undefined && (options.rollback || options.resume))) {
    throw new UsageError('Give one of --check, --rollback and --resume; --from goes with --check or alone.');
  }
  const execute = commandRunner(io);
  const installation = await ownInstallation(path.dirname(packageFile('package.json')), execute, io.signal);
  const display = showProgress(io.stderr, { quiet: options.json === true });
  const parts = updateParts(io, execute, display, options.json === true);
  // A lost connection must not leave a version that nobody has proved.
  const endHeeding = heedHangUp(io);
  try {
    if (options.resume) {
      report(io, options, { finished: await resume(installation, parts) });
    } else if (options.rollback) {
      reportChange(io, options, await goBack(installation, parts), '');
    } else {
      // The way back, and the end of what was cut, have to work with whatever is wrong with the configuration.
      const { config } = await loadConfig({ file: options.config, env: io.env, home: io.home });
      const place = await chooseFeed(options.from, config.update.url);
      const release = await readFeed(place, config.update.publicKey, io);
      const newer = await isNewer(installation, release);
      if (!options.json && newer) io.stderr.write(`Pressel ${release.version}\n\n${printable(release.notes)}\n\n`);
      if (options.check) {
        report(io, options, { version: release.version, newer, notes: release.notes });
      } else {
        reportChange(io, options, await update(installation, place, release, parts), release.notes);
      }
    }
  } finally {
    display.close();
    endHeeding();
  }
}

function commandRunner(io: Io) {
  return (argv: readonly string[], signal: AbortSignal, timeoutMs = COMMAND_TIMEOUT_MS): Promise<CommandEnd> =>
    runCommand(argv, { env: childEnvironment(io.env), cwd: '/', timeoutMs, clock: systemClock }, signal);
}

function updateParts(
  io: Io,
  execute: ReturnType<typeof commandRunner>,
  display: ProgressDisplay,
  quiet: boolean,
): UpdateOptions {
  return {
    service: systemdService(execute),
    clock: systemClock,
    signal: io.signal,
    env: io.env,
    statFs: systemStatFs,
    arch: process.arch,
    nodeVersion: process.versions.node,
    onStep(step) {
      const text = STEPS[step];
      if (text !== undefined && !quiet) io.stderr.write(`${text}\n`);
    },
    onBytes: (doneBytes, totalBytes) =>
      display.update({ title: 'the release', step: 'archive', doneBytes, totalBytes }),
    async syncFiles(folder) {
      const end = await execute(['sync', '--file-system', folder], io.signal);
      if (end.ended !== 'exited' || end.status !== 0) throw new Error(`sync ${folder} failed (${end.ended})`);
    },
    fetchModels: fetchModelsOf(execute, (text) => {
      if (!quiet) io.stderr.write(`${text}\n`);
    }),
    async askVersion(folder, signal) {
      const end = await execute([path.join(folder, 'deploy', 'pressel'), '--version'], signal);
      if (end.ended === 'exited' && end.status === 0) return end.stdout.trim();
      throw new Error(
        end.ended === 'exited' ? end.stderr.trim() || `exit status ${end.status}` : `"--version" ${end.ended}`,
      );
    },
  };
}

function reportChange(io: Io, options: Options, change: VersionChange | null, notes: string): void {
  if (options.json) {
    report(io, options, change ? { updated: true, ...change, notes } : { updated: false });
  } else if (!change) {
    io.stdout.write('Nothing newer than this version is there.\n');
  } else {
    const ready =
      change.tookMs === null ? 'the service was not running' : `ready in ${(change.tookMs / 1000).toFixed(1)} s`;
    io.stdout.write(
      `Pressel ${change.to} has replaced ${change.from}: ${ready}. Back again: pressel update --rollback\n`,
    );
  }
}

function report(io: Io, options: Options, facts: Readonly<Record<string, unknown>>): void {
  if (options.json) io.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
  else if ('finished' in facts) {
    io.stdout.write(facts['finished'] === null ? 'Nothing was left to finish.\n' : `${facts['finished']} works.\n`);
  } else {
    io.stdout.write(
      facts['newer'] ? `Pressel ${facts['version']} can be installed: sudo pressel update\n` : 'Up to date.\n',
    );
  }
}

/** Release notes come from elsewhere: nothing in them may steer the terminal. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '').trimEnd();
}
