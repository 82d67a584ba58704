import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { systemClock } from '../../../hardware/clock.js';
import { SYSTEM_CONFIG_FILE } from '../../config/configFile.js';
import { SettingsFile } from '../../config/settingsFile.js';
import { configuredModelFolder } from '../../models/neededModels.js';
import { type Dialogue, SetupStopped } from '../../setup/dialogue.js';
import { freeDevices } from '../../setup/freeDevices.js';
import { recommendedDialogue } from '../../setup/recommendedDialogue.js';
import { runSetup, type SetupReport } from '../../setup/runSetup.js';
import { SetupRefusal } from '../../setup/setupRefusal.js';
import type { SetupStep } from '../../setup/setupStep.js';
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
import { inspectorPage } from '../setup/inspectorPage.js';
import { ollamaChatServer } from '../setup/ollamaChatServer.js';
import { realBodyTests } from '../setup/realBodyTests.js';
import { realSoundTests } from '../setup/realSoundTests.js';
import { lockSetup } from '../setup/setupLock.js';
import { giveToService, readServiceUser, setupPlace } from '../setup/setupPlace.js';
import { storedSpeechModels } from '../setup/storedSpeechModels.js';

interface SetupOptions {
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly config?: string;
  readonly from?: string;
  readonly sound: boolean;
}

/** `pressel setup`: from a bare computer to one that talks. */
export function setupCommand(io: Io): Command {
  return new Command('setup')
    .description(
      'set everything up, step by step: board, sound, button, language model, voice. Exit code 0: done, 1: something is left to do',
    )
    .option('--yes', 'ask nothing and take what is recommended')
    .option('--from <folder>', 'take the models from a folder ("pressel models export") instead of the network')
    .option('--no-sound', 'play and record nothing, and do not try button and LEDs')
    .option('--config <file>', 'write this configuration file')
    .option('--json', 'print one JSON document on what was found, chosen and left')
    .action((_options, self: Command) => setup(io, self.optsWithGlobals<SetupOptions>()));
}

async function setup(io: Io, options: SetupOptions): Promise<void> {
  const unlock = lockSetup(io);
  const devices = deviceClaim(io);
  const place = setupPlace(io, {
    explicit: options.config,
    systemFile: SYSTEM_CONFIG_FILE,
    isRoot: process.getuid?.() === 0,
    serviceUser: readServiceUser(),
  });
  const file = new SettingsFile(place.configFile);
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
    if (place.modelsFolder !== undefined && settings.current.config.models.folder === '') {
      await settings.keep({ 'models.folder': place.modelsFolder });
    }
    const steps = await stepsOf({ ...io, env: place.env, home: place.home }, options, settings, devices);
    const report = await runSetup(steps, { dialogue, settings, signal: io.signal });
    if (report.stopped) dialogue.tell(stoppedWith(file, settings, options), 'warning');
    else tellEnd(dialogue, report, devices);
    if (options.json) {
      const document = { config: file.path, ...report, written: settings.written };
      io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    }
    if (report.left.length > 0 || report.stopped) throw new ExitStatus(1);
  } catch (error) {
    // Ctrl-C while something was under way.
    if (!io.signal.aborted) throw error;
    const stopped = stoppedWith(file, settings, options);
    if (dialogue?.isAttended !== true) throw new SetupStopped(stopped);
    dialogue.tell(stopped, 'warning');
    throw new ExitStatus(1);
  } finally {
    dialogue?.close?.();
    await giveToService(place);
    devices.release();
    unlock();
  }
}

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
  // As the terminal does it: to the whole program.
  return clackDialogue(terminal, () => process.kill(process.pid, 'SIGINT'));
}

async function stepsOf(
  io: Io,
  options: SetupOptions,
  settings: ConfiguredSettings,
  devices: DeviceClaim,
): Promise<SetupStep[]> {
  const computer = await readComputer(configuredModelFolder(settings.current.config, io.env, io.home), {
    // Whoever names a file knows what it is for.
    lacksService: process.getuid?.() === 0 && readServiceUser() === undefined && options.config === undefined,
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

/** Where the service's unit may be. */
const UNITS = [
  '/etc/systemd/system/pressel.service',
  '/usr/lib/systemd/system/pressel.service',
  '/lib/systemd/system/pressel.service',
];

/** What an owner reads who has ended it early. */
function stoppedWith(
  { path }: SettingsFile,
  settings: ConfiguredSettings | undefined,
  { config }: Pick<SetupOptions, 'config'>,
): string {
  const written = Object.keys(settings?.written ?? {});
  const kept =
    written.length === 0 ? `${path} is as it was.` : `${path} has what you confirmed: ${written.join(', ')}.`;
  return `Stopped. ${kept} To go on: pressel setup${config === undefined ? '' : ` --config ${config}`} (your answers are marked then, and downloads go on where they stopped).`;
}

function tellEnd(dialogue: Dialogue, { left }: Pick<SetupReport, 'left'>, devices: DeviceClaim): void {
  dialogue.title(left.length === 0 ? 'All is set up.' : 'Set up, but for this:');
  for (const each of left) dialogue.tell(each, 'warning');
  const isService = UNITS.some((unit) => existsSync(unit));
  const start = !isService
    ? 'pressel run'
    : devices.claim() === undefined
      ? 'sudo systemctl enable --now pressel'
      : 'sudo systemctl restart pressel';
  dialogue.note(
    'What comes next',
    columns([
      [start, 'starts the assistant'],
      ['pressel doctor', 'looks after it when something is wrong'],
      ['pressel setup', 'may be run again at any time'],
    ]),
  );
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([command]) => command.length));
  return rows.map(([command, meaning]) => `${command.padEnd(width)}   ${meaning}`);
}
