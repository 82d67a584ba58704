import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { systemClock } from '../../../hardware/clock.js';
import { SettingsFile } from '../../config/settingsFile.js';
import { configuredModelFolder } from '../../models/neededModels.js';
import { type Dialogue, SetupStopped } from '../../setup/dialogue.js';
import { freeDevices } from '../../setup/freeDevices.js';
import { PausedService, type ServiceEnd } from '../../setup/pausedService.js';
import { recommendedDialogue } from '../../setup/recommendedDialogue.js';
import { runSetup, type SetupReport } from '../../setup/runSetup.js';
import { SetupRefusal } from '../../setup/setupRefusal.js';
import type { SetupContext, SetupStep } from '../../setup/setupStep.js';
import { boardStep } from '../../setup/steps/boardStep.js';
import { buttonStep } from '../../setup/steps/buttonStep.js';
import { chatModelStep } from '../../setup/steps/chatModelStep.js';
import { computerStep } from '../../setup/steps/computerStep.js';
import { firstQuestionStep } from '../../setup/steps/firstQuestionStep.js';
import { inspectorStep } from '../../setup/steps/inspectorStep.js';
import { ledStep } from '../../setup/steps/ledStep.js';
import { microphoneStep } from '../../setup/steps/microphoneStep.js';
import { speakerStep } from '../../setup/steps/speakerStep.js';
import { speechModelsStep } from '../../setup/steps/speechModelsStep.js';
import { speedOf } from '../../setup/tables/chatModelFor.js';
import { ExitStatus } from '../exitStatus.js';
import type { Io } from '../io.js';
import { askedFirst } from '../setup/askedFirst.js';
import { clackDialogue, type TerminalDialogue } from '../setup/clackDialogue.js';
import { type DeviceClaim, deviceClaim } from '../setup/claimDevices.js';
import { readBoardTraces, readComputer } from '../setup/computer.js';
import { ConfiguredSettings } from '../setup/configuredSettings.js';
import { heedHangUp, signalSelf } from '../setup/hangUp.js';
import { inspectorPage } from '../setup/inspectorPage.js';
import { ollamaChatServer } from '../setup/ollamaChatServer.js';
import { realBodyTests } from '../setup/realBodyTests.js';
import { realSoundTests } from '../setup/realSoundTests.js';
import { serviceLine, stoppedWith, tellEnd } from '../setup/setupEnd.js';
import { type SetupHost, thisHost } from '../setup/setupHost.js';
import { lockSetup } from '../setup/setupLock.js';
import { giveToService, type SetupPlace, setupPlace } from '../setup/setupPlace.js';
import { storedSpeechModels } from '../setup/storedSpeechModels.js';

interface SetupOptions {
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly config?: string;
  readonly from?: string;
  readonly sound: boolean;
}

/** `pressel setup`: from a bare computer to one that talks. @param host for tests */
export function setupCommand(io: Io, host: SetupHost = thisHost(io)): Command {
  return new Command('setup')
    .description(
      'set everything up, step by step: board, sound, button, language model, voice. Exit code 0: done, 1: something is left to do',
    )
    .option('--yes', 'ask nothing and take what is recommended')
    .option('--from <folder>', 'take the models from a folder ("pressel models export") instead of the network')
    .option('--no-sound', 'play and record nothing, and do not try button and LEDs')
    .option('--config <file>', 'write this configuration file')
    .option('--json', 'print one JSON document on what was found, chosen and left')
    .action(async (_options, self: Command) => {
      const unlock = lockSetup(io);
      const endHangUp = heedHangUp(io);
      try {
        await setup(io, self.optsWithGlobals<SetupOptions>(), host);
      } finally {
        endHangUp();
        unlock();
      }
    });
}

async function setup(io: Io, options: SetupOptions, host: SetupHost): Promise<void> {
  const place = setupPlace(io, { explicit: options.config, ...host });
  const file = new SettingsFile(place.configFile);
  if (options.from !== undefined && !existsSync(options.from)) {
    throw new SetupRefusal(`There is no folder ${options.from}. Is the disk connected, and the name right?`);
  }
  const config = options.config === undefined ? '' : ` --config ${options.config}`;
  const command = (subcommand: string) => `${place.owner === undefined ? '' : 'sudo '}pressel ${subcommand}${config}`;
  const service = host.isRoot ? new PausedService(host.service, place.owner !== undefined) : undefined;
  const devices = deviceClaim(io, service, host.serviceLock);
  let settings: ConfiguredSettings | undefined;
  let dialogue: (Dialogue & Partial<TerminalDialogue>) | undefined;
  try {
    dialogue = dialogueFor(io, options);
    settings = await ConfiguredSettings.read(file, place.env);
    await file.demandWritable();
    dialogue.tell(`Settings go to ${file.path}.`);
    if (dialogue.isAttended) {
      dialogue.tell(
        'Arrow keys choose, Enter takes what is marked: what is recommended, or what you chose before. Ctrl-C ends at any time; what you have confirmed is kept.',
      );
    }
    const inPlace = { ...io, env: place.env, home: place.home };
    const steps = await stepsOf(inPlace, options, host, settings, devices);
    const { report, end } = await setUpAll(inPlace, options, steps, { place, dialogue, settings, command, service });
    const left = end.service === 'failed' ? [...report.left, serviceLine(end) ?? ''] : report.left;
    if (report.stopped) {
      dialogue.tell(stoppedWith(file.path, Object.keys(settings.written), command('setup')), 'warning');
    } else {
      await tellEnd(dialogue, left, end, devices, { command, isItsOwn: options.config !== undefined });
    }
    if (options.json) {
      const document = { config: file.path, ...report, left, service: end.service, written: settings.written };
      io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    }
    if (left.length > 0 || report.stopped) throw new ExitStatus(1);
  } catch (error) {
    // Ctrl-C while something was under way.
    if (!io.signal.aborted) throw error;
    const stopped = stoppedWith(file.path, Object.keys(settings?.written ?? {}), command('setup'));
    if (dialogue?.isAttended !== true) throw new SetupStopped(stopped);
    dialogue.tell(stopped, 'warning');
    throw new ExitStatus(1);
  } finally {
    dialogue?.close?.();
    devices.release();
  }
}

interface Work {
  readonly place: SetupPlace;
  readonly dialogue: Dialogue;
  readonly settings: ConfiguredSettings;
  readonly command: SetupContext['command'];
  /** Undefined: it is not for this user to stop and start it. */
  readonly service: PausedService | undefined;
}

/** Takes the steps; after them, however they ended, the service has what is its own, and runs. */
async function setUpAll(
  { signal, stderr }: Io,
  { json }: SetupOptions,
  steps: readonly SetupStep[],
  { place, dialogue, settings, command, service }: Work,
): Promise<{ readonly report: SetupReport; readonly end: ServiceEnd }> {
  let report: SetupReport;
  let end: ServiceEnd = { service: 'none' };
  try {
    if (place.modelsFolder !== undefined && settings.current.config.models.folder === '') {
      await settings.keep({ 'models.folder': place.modelsFolder });
    }
    report = await runSetup(steps, { dialogue, settings, command, signal });
  } finally {
    try {
      await giveToService(place);
    } finally {
      const hasChanged = Object.keys(settings.written).length > 0;
      // Ctrl-C has ended the other signal.
      if (service !== undefined) end = await service.resume(hasChanged, AbortSignal.timeout(RESUME_MS));
      const line = serviceLine(end);
      if (line !== undefined) dialogue.tell(line, end.service === 'failed' ? 'warning' : 'good');
      if (json && end.service === 'failed') stderr.write(`pressel: ${line}\n`);
    }
  }
  return { report, end };
}

/** systemd answers at once, but for a busy Pi. */
const RESUME_MS = 30_000;

/** @throws {SetupRefusal} when there is nobody to ask and nothing says that nobody need be asked */
function dialogueFor(io: Io, options: SetupOptions): Dialogue & Partial<TerminalDialogue> {
  if (options.yes) {
    return recommendedDialogue(options.json ? undefined : (text) => io.stdout.write(text));
  }
  const isTerminal = (stream: object) => 'isTTY' in stream && stream.isTTY === true;
  if (!isTerminal(io.stdin) || !isTerminal(io.stderr)) {
    throw new SetupRefusal(
      'Setup asks questions, and here is no terminal to answer them. Run it in one, or with --yes, which takes what is recommended.',
    );
  }
  const terminal = { input: io.stdin, output: io.stderr as NodeJS.WriteStream, signal: io.signal };
  return clackDialogue(terminal, () => signalSelf('SIGINT'));
}

async function stepsOf(
  io: Io,
  options: SetupOptions,
  { isRoot, serviceUser }: SetupHost,
  settings: ConfiguredSettings,
  devices: DeviceClaim,
): Promise<SetupStep[]> {
  const computer = await readComputer(configuredModelFolder(settings.current.config, io.env, io.home), {
    // Whoever names a file knows what it is for.
    lacksService: isRoot && serviceUser === undefined && options.config === undefined,
  });
  const { memoryBytes, arch, model } = computer;
  const now = () => systemClock.now();
  const mayTest = freeDevices(devices.claim, options.sound);
  const sound = realSoundTests(io.env);
  const body = realBodyTests();
  return [
    computerStep(computer),
    boardStep(readBoardTraces),
    speakerStep(sound, mayTest),
    microphoneStep(sound, mayTest),
    buttonStep(body, mayTest),
    ledStep(body, mayTest),
    chatModelStep({ server: ollamaChatServer, machine: { memoryBytes, arch, speed: speedOf(model) }, now }),
    speechModelsStep({ models: storedSpeechModels(settings, io, options.from), memoryBytes, now }),
    inspectorStep(inspectorPage(settings, io)),
    firstQuestionStep(askedFirst(io, settings.path), mayTest),
  ];
}
