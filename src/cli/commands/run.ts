import { spawn } from 'node:child_process';
import { Command } from 'commander';
import { systemClock } from '../../../hardware/clock.js';
import { endProcess } from '../../appliance/endProcess.js';
import { lockFile, lockInstance } from '../../appliance/instanceLock.js';
import { raisePriority } from '../../appliance/raisePriority.js';
import type { LoadedConfig } from '../../config/loadConfig.js';
import type { ModelStore } from '../../models/modelStore.js';
import { openLog } from '../../observability/log.js';
import { Closing } from '../closing.js';
import { ensureConfiguredModels } from '../ensureModels.js';
import type { Io } from '../io.js';
import { openAppliance } from '../openAppliance.js';
import { openScreen } from '../screen.js';
import { type AskOptions, loadTurnSettings, withTurnFlags } from './ask.js';

/** `pressel run`: the appliance. */
export function runCommand(io: Io): Command {
  const command = new Command('run')
    .description('listen and answer: the appliance. In a terminal, space is the talk button and q quits')
    .action((_options, self: Command) => run(io, self.optsWithGlobals<AskOptions>()));
  return withTurnFlags(command);
}

async function run(io: Io, options: AskOptions): Promise<void> {
  const startedMs = systemClock.now();
  const settings = await loadTurnSettings(io, options);
  const { config } = settings;
  const unlock = lockInstance(lockFile(io.env));
  try {
    // Before the screen: the progress of a download is shown line by line.
    const store = await ensureConfiguredModels(io, config, { quiet: false });
    await untilStopped(io, settings, store, startedMs);
  } finally {
    unlock();
  }
}

async function untilStopped(
  io: Io,
  { config, file }: LoadedConfig,
  store: ModelStore,
  startedMs: number,
): Promise<void> {
  const closing = new Closing();
  const quit = new AbortController();
  const screen = openScreen(io, () => quit.abort());
  const log = openLog(config, screen?.log ?? io.stderr);
  // Before there are threads, which take it over.
  log.debug({ raised: raisePriority() }, 'priority');
  const stopped = AbortSignal.any([io.signal, quit.signal]);
  let failed = true;
  try {
    const appliance = await openAppliance({
      io,
      config,
      configFile: file,
      store,
      log,
      screen,
      closing,
      onReady: () => log.info({ afterMs: Math.round(systemClock.now() - startedMs) }, 'ready'),
      onShutdown: () => {
        log.warn({ command: config.button.shutdownCommand }, 'shutting the computer down');
        spawn('sh', ['-c', config.button.shutdownCommand], { detached: true, stdio: 'ignore' }).unref();
        quit.abort();
      },
    });
    await aborted(stopped);
    log.info('stopping');
    // The first to be closed, and like all else not waited for without end.
    closing.push(() => appliance.stop());
    failed = false;
  } catch (error) {
    if (!stopped.aborted) throw error;
    failed = false;
  } finally {
    const closed = await closing.close();
    screen?.close();
    if (!closed) endProcess(failed ? 1 : 0);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
