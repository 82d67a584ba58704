import { spawn } from 'node:child_process';
import { Command } from 'commander';
import { Microphone } from '../../../hardware/audio/microphone.js';
import { Speaker } from '../../../hardware/audio/speaker.js';
import { volumeGain } from '../../../hardware/audio/volumeCurve.js';
import { systemClock } from '../../../hardware/clock.js';
import { signalsOf } from '../../../hardware/leds/signals.js';
import { assistantDelayDefaults } from '../../../machines/assistantDelays.js';
import { type AssistantSnapshot, type RunningAppliance, startAppliance } from '../../appliance/appliance.js';
import { endProcess } from '../../appliance/endProcess.js';
import { lockFile, lockInstance } from '../../appliance/instanceLock.js';
import { type BodyTerminal, buttonDelaysOf, openButton, openLights } from '../../appliance/openBody.js';
import type { Config } from '../../config/config.js';
import { ModelStore } from '../../models/modelStore.js';
import { configuredModelFolder, neededModels } from '../../models/neededModels.js';
import { type Log, openLog } from '../../observability/log.js';
import { captureDriver, playbackDriver } from '../audioDrivers.js';
import { Closing } from '../closing.js';
import { ensureModels } from '../ensureModels.js';
import type { Io } from '../io.js';
import { openChatModel, openConfiguredVoice, openEars, openMind } from '../openParts.js';
import { type ApplianceScreen, openScreen } from '../screen.js';
import { type AskOptions, loadTurnConfig, withTurnFlags } from './ask.js';

/** `pressel run`: the appliance. */
export function runCommand(io: Io): Command {
  const command = new Command('run')
    .description('listen and answer: the appliance. In a terminal, space is the talk button and q quits')
    .action((_options, self: Command) => run(io, self.optsWithGlobals<AskOptions>()));
  return withTurnFlags(command);
}

async function run(io: Io, options: AskOptions): Promise<void> {
  const startedMs = systemClock.now();
  const config = await loadTurnConfig(io, options);
  const unlock = lockInstance(lockFile(io.env));
  const closing = new Closing();
  const quit = new AbortController();
  const screen = openScreen(io, () => quit.abort());
  const log = openLog(config, screen?.log ?? io.stderr);
  const stopped = AbortSignal.any([io.signal, quit.signal]);
  let failed = true;
  try {
    const appliance = await open({ io, config, log, screen, closing, quit, startedMs });
    await aborted(stopped);
    log.info('stopping');
    await appliance.stop();
    failed = false;
  } catch (error) {
    if (!stopped.aborted) throw error;
    failed = false;
  } finally {
    const closed = await closing.close();
    screen?.close();
    unlock();
    if (!closed) endProcess(failed ? 1 : 0);
  }
}

interface Opening {
  readonly io: Io;
  readonly config: Config;
  readonly log: Log;
  readonly screen: ApplianceScreen | undefined;
  readonly closing: Closing;
  readonly quit: AbortController;
  readonly startedMs: number;
}

/** Opens everything the appliance is made of and starts it. What was opened is in `closing`, however it ends. */
async function open({ io, config, log, screen, closing, quit, startedMs }: Opening): Promise<RunningAppliance> {
  const clock = systemClock;
  const terminal: BodyTerminal | undefined = screen;
  const lights = await openLights(config, terminal, clock, log);
  closing.push(() => lights.output.close());
  closing.push(async () => lights.show.close());
  lights.show.show(signalsOf(new Set(['warmingUp'])));

  const store = new ModelStore(configuredModelFolder(config, io.env, io.home), { env: io.env });
  const loadModels = async () => {
    await ensureModels(io, store, neededModels(config), { quiet: screen === undefined });
  };
  await loadModels();
  const voice = openConfiguredVoice(config, store, (message) => log.warn(message));
  closing.push(() => voice.close());
  const ears = openEars(config, store);
  closing.push(() => ears.vad.close());
  closing.push(() => ears.recognizer.close());

  let appliance: RunningAppliance | undefined;
  const speaker: Speaker = new Speaker({
    open: playbackDriver(config, io.env),
    clock,
    gain: volumeGain(config.audio.volume),
    onLost: (error) => appliance?.send({ type: 'speaker.lost', error }),
  });
  closing.push(() => speaker.discard());
  const microphone = new Microphone({
    open: captureDriver(config, io.env),
    clock,
    onLost: (error) => appliance?.send({ type: 'microphone.lost', error }),
    isOwnSound: (fromMs, untilMs) => speaker.couldBeHeard(fromMs, untilMs),
  });
  closing.push(() => microphone.close());

  const button = await openButton(config, terminal, clock, log);
  let isReady = false;
  appliance = startAppliance(
    {
      microphone,
      speaker,
      ears,
      voice,
      mind: openMind(config, openChatModel(config)),
      button,
      leds: lights.show,
      clock,
      log,
    },
    {
      delays: {
        ...assistantDelayDefaults,
        followUpMs: config.conversation.followUpMs,
        forgetAfterMs: config.conversation.forgetAfterMs,
      },
      buttonDelays: buttonDelaysOf(config),
      shutdownHold: config.button.shutdownHold,
      earcons: config.audio.earcons,
    },
    {
      loadModels,
      onSnapshot: (snapshot: AssistantSnapshot) => {
        screen?.follow(snapshot);
        if (isReady || !snapshot.hasTag('idle')) return;
        isReady = true;
        log.info({ afterMs: Math.round(clock.now() - startedMs) }, 'ready');
      },
      onRecord: (record) => {
        screen?.heard(record.transcript ?? '');
        if (record.problem) log.warn({ turn: record.turnId, reason: record.problem.reason }, record.problem.message);
      },
      onShutdown: () => {
        log.warn({ command: config.button.shutdownCommand }, 'shutting the computer down');
        spawn('sh', ['-c', config.button.shutdownCommand], { detached: true, stdio: 'ignore' }).unref();
        quit.abort();
      },
    },
  );
  screen?.watch(() => {
    const { name, levelDb } = microphone.status;
    return name === undefined ? undefined : levelDb;
  });
  return appliance;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
