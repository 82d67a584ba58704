import { Command, Option } from 'commander';
import { systemClock } from '../../../hardware/clock.js';
import { endProcess } from '../../appliance/endProcess.js';
import { lockFile, lockInstance } from '../../appliance/instanceLock.js';
import { raisePriority } from '../../appliance/raisePriority.js';
import type { LoadedConfig } from '../../config/loadConfig.js';
import { streamToStately } from '../../inspector/stately/streamToStately.js';
import type { ModelStore } from '../../models/modelStore.js';
import { type Log, openLog } from '../../observability/log.js';
import { openService, type Service } from '../../service/service.js';
import { Closing } from '../closing.js';
import { type EnsureOptions, ensureConfiguredModels } from '../ensureModels.js';
import type { Io } from '../io.js';
import { openAppliance } from '../openAppliance.js';
import { openScreen } from '../screen.js';
import { shutDown } from '../shutDown.js';
import { UsageError } from '../usageError.js';
import { type AskOptions, loadTurnSettings, withTurnFlags } from './ask.js';

/** `pressel run`: the appliance. */
export function runCommand(io: Io): Command {
  const command = new Command('run')
    .description('listen and answer: the appliance. In a terminal, space is the talk button and q quits')
    .addOption(
      new Option('--inspect <tool>', 'stream the statechart to an inspector of this make').choices(['stately']),
    )
    .option('--inspect-url <url>', 'where that inspector receives', DEFAULT_RECEIVER)
    .option('--inspect-words', 'send it what is said, too')
    .action((_options, self: Command) => run(io, self.optsWithGlobals<RunOptions>()));
  return withTurnFlags(command);
}

/** As `@statelyai/inspect` has it. */
const DEFAULT_RECEIVER = 'ws://127.0.0.1:8080';

interface RunOptions extends AskOptions {
  readonly inspect?: 'stately';
  readonly inspectUrl: string;
  readonly inspectWords?: boolean;
}

async function run(io: Io, options: RunOptions): Promise<void> {
  const startedMs = systemClock.now();
  if (options.inspect && !/^wss?:\/\/[^/]/.test(options.inspectUrl)) {
    throw new UsageError(`--inspect-url: expected a ws:// or wss:// address, got "${options.inspectUrl}"`);
  }
  const settings = await loadTurnSettings(io, options);
  const { config } = settings;
  const unlock = lockInstance(lockFile(io.env));
  const service = openService(io.env, process.pid, { clock: systemClock, log: openLog(config, io.stderr) });
  io.signal.addEventListener('abort', () => service?.stopping(), { once: true });
  try {
    // Before the screen: the progress of a download is shown line by line.
    const models = (more: Partial<EnsureOptions>) => ensureConfiguredModels(io, config, { quiet: false, ...more });
    const store = service ? await service.fetched((onProgress) => models({ onProgress }), io.signal) : await models({});
    await untilStopped(io, settings, store, startedMs, options, service);
  } catch (error) {
    // A service that is stopped while it starts has not failed.
    if (!service || !io.signal.aborted) throw error;
  } finally {
    service?.close();
    unlock();
  }
}

async function untilStopped(
  io: Io,
  { config, file }: LoadedConfig,
  store: ModelStore,
  startedMs: number,
  options: RunOptions,
  service: Service | undefined,
): Promise<void> {
  const closing = new Closing();
  const quit = new AbortController();
  const screen = openScreen(io, () => quit.abort());
  const log = openLog(config, screen?.log ?? io.stderr);
  // Before there are threads, which take it over.
  log.debug({ raised: raisePriority() }, 'priority');
  const stream = openStream(options, log);
  if (stream) closing.push(async () => stream.close());
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
      hasInspector: true,
      ...(stream && { inspect: stream.inspect }),
      onReady: () => log.info({ afterMs: Math.round(systemClock.now() - startedMs) }, 'ready'),
      onSnapshot: (snapshot) => service?.follow(snapshot),
      onShutdown: () => {
        void shutDown(config.button.shutdownCommand, io, log, systemClock).then((isShuttingDown) => {
          if (!isShuttingDown) return;
          service?.stopping();
          quit.abort();
        });
      },
    });
    service?.watch(appliance);
    appliance.onNotice((notice) => service?.noticed(notice));
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

function openStream({ inspect, inspectUrl: url, inspectWords }: RunOptions, log: Log) {
  return inspect && streamToStately({ url, showWords: inspectWords === true, clock: systemClock, log });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
