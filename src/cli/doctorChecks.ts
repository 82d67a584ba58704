import { readFileSync } from 'node:fs';
import path from 'node:path';
import { heldDevices } from '../../hardware/audio/alsaCards.js';
import { readBoardModel } from '../../hardware/gpio/boardModel.js';
import { findLine } from '../../hardware/gpio/chardev/findLine.js';
import { openLibc } from '../../hardware/gpio/chardev/libc.js';
import { lineNames } from '../../hardware/leds/openLedOutput.js';
import { ECHO_FILE } from '../appliance/echoFile.js';
import { firmwareThrottling } from '../appliance/firmwareThrottling.js';
import type { AlreadyRunningError } from '../appliance/instanceLock.js';
import { stateFolder } from '../appliance/pauseMemoryFile.js';
import type { Config } from '../config/config.js';
import type { LoadedConfig } from '../config/loadConfig.js';
import { readSecret } from '../config/secret.js';
import { ownSkillsFolder } from '../config/skillSettings.js';
import type { Check } from '../doctor/check.js';
import { boardCheck } from '../doctor/checks/board.js';
import { chatModelCheck } from '../doctor/checks/chatModel.js';
import { brokerCheck, homeAssistantCheck } from '../doctor/checks/connections.js';
import { crashesCheck } from '../doctor/checks/crashes.js';
import { deviceNamesCheck } from '../doctor/checks/deviceNames.js';
import { devicesOpenCheck } from '../doctor/checks/devicesOpen.js';
import { diskCheck } from '../doctor/checks/disk.js';
import { echoCheck } from '../doctor/checks/echo.js';
import { filePermissionsCheck } from '../doctor/checks/filePermissions.js';
import { gpioCheck, ledDeviceCheck, type NamedLine, spiLeds, sysfsLed } from '../doctor/checks/gpio.js';
import { copyOf, instanceCheck, stopCopy } from '../doctor/checks/instance.js';
import { memoryCheck } from '../doctor/checks/memory.js';
import { microphoneSoundCheck } from '../doctor/checks/microphoneSound.js';
import { modelsCheck } from '../doctor/checks/models.js';
import { ollamaExposureCheck, ownExposureCheck } from '../doctor/checks/network.js';
import { nodeVersionCheck } from '../doctor/checks/nodeVersion.js';
import { ollamaAbilitiesCheck, ollamaVersionCheck } from '../doctor/checks/ollama.js';
import { playbackCheck } from '../doctor/checks/playback.js';
import { processorCheck } from '../doctor/checks/processor.js';
import { serviceCheck } from '../doctor/checks/service.js';
import { soundCardsCheck } from '../doctor/checks/soundCards.js';
import { soundDriverCheck } from '../doctor/checks/soundDriver.js';
import { chatSpeedCheck, speechSpeedCheck } from '../doctor/checks/speed.js';
import { stateFolderCheck } from '../doctor/checks/stateFolder.js';
import { swapCheck } from '../doctor/checks/swap.js';
import { timeSyncCheck } from '../doctor/checks/timeSync.js';
import type { Computer } from '../doctor/computer.js';
import { type OllamaReport, readOllama } from '../doctor/ollamaReport.js';
import { AS_SERVICE } from '../doctor/serviceOnly.js';
import { skipped } from '../doctor/skipped.js';
import type { SoundDevices } from '../doctor/soundDevices.js';
import type { UnitState } from '../doctor/unitState.js';
import { TOKEN_FILE } from '../inspector/http/accessToken.js';
import { isThisComputer, parseServerUrl } from '../llm/serverUrl.js';
import { ModelStore } from '../models/modelStore.js';
import { configuredModelFolder, neededModels } from '../models/neededModels.js';
import { probeBroker } from '../mqtt/probeBroker.js';
import { configuredSkillsCheck } from './configuredSkillsCheck.js';
import { measureChatSpeed, measureSpeechSpeed } from './doctorMeasurements.js';
import type { Io } from './io.js';
import { readCertificates } from './openMqtt.js';
import { openChatModel } from './openParts.js';
import { packageFile } from './packageFile.js';

/** What is examined without a sound. */
export interface QuietExamination {
  readonly io: Io;
  readonly computer: Computer;
  readonly loaded: Pick<LoadedConfig, 'config' | 'file'>;
  /** The service; undefined: there is no systemd. */
  readonly unit: UnitState | undefined;
  /** A copy of the program has the devices; undefined: none is known. */
  readonly running: AlreadyRunningError | undefined;
  /** Only the service may look into the folder of the models. */
  readonly hidesModels?: boolean;
}

/** What is examined, and how. */
export interface Examination extends QuietExamination {
  readonly devices: SoundDevices;
  /** Whether chirps may be played. */
  readonly sound: boolean;
  /** Somebody has heard them. */
  readonly heard: boolean;
}

/** All checks by their groups, from cheap to expensive. */
export function doctorChecks(examination: Examination): Check[] {
  return withSound(examination, soundChecks(examination));
}

/** The same, with other checks of the sound: for whoever has the devices. */
export function withSound(examination: QuietExamination, sound: readonly Check[]): Check[] {
  const { config } = examination.loaded;
  const { computer } = examination;
  const report = reportOnce((signal) => readOllama(computer, config.llm.url, config.llm.model, signal));
  return [
    ...systemChecks(examination, report),
    ...serviceChecks(examination),
    ...networkChecks(examination),
    ...gpioChecks(examination),
    ...connectionChecks(examination),
    ...sound,
    ...modelChecks(examination, report),
    // At the end: what a module does while it is imported may take its time, and nobody can stop it.
    configuredSkillsCheck(examination.io, examination.loaded),
  ];
}

type Report = (signal: AbortSignal) => Promise<OllamaReport>;

/** Several checks need it; the server is asked once. */
function reportOnce(read: Report): Report {
  let report: Promise<OllamaReport> | undefined;
  return (signal) => {
    report ??= read(signal);
    return report;
  };
}

function systemChecks({ io, computer, loaded }: QuietExamination, report: Report): Check[] {
  const { config, file } = loaded;
  const state = stateFolder(io.env, io.home);
  const models = configuredModelFolder(config, io.env, io.home);
  const { engines } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { engines: { node: string } };
  const secret = [config.mqtt.passwordFile, config.homeAssistant.tokenFile, path.join(state, TOKEN_FILE)];
  const trusted = [...(file === null ? [] : [file]), ownSkillsFolder(config, file, io.env, io.home)];
  const ownServer = isThisComputer(parseServerUrl(config.llm.url));
  return [
    boardCheck(computer),
    nodeVersionCheck(computer, engines.node),
    processorCheck(firmwareThrottling),
    memoryCheck(computer, { model: config.llm.model, report: ownServer ? report : undefined }),
    swapCheck(computer),
    diskCheck(computer, { models, state }),
    stateFolderCheck(computer, state),
    timeSyncCheck(computer),
    filePermissionsCheck(computer, { secret: secret.filter((name) => name !== ''), trusted }),
  ];
}

function serviceChecks({ computer, unit, running }: QuietExamination): Check[] {
  return [serviceCheck(unit), crashesCheck(computer, unit), instanceCheck(running)];
}

function networkChecks({ computer, loaded, running }: QuietExamination): Check[] {
  const { llm, inspector } = loaded.config;
  return [
    ollamaExposureCheck(computer, llm.url),
    ownExposureCheck(computer, { pid: running?.pid, listen: inspector.listen }),
  ];
}

function gpioChecks({ computer, loaded, running }: QuietExamination): Check[] {
  const { button, leds } = loaded.config;
  const options = {
    find: (line: string) => findLine(openLibc(), line, button.chip === '' ? {} : { chipLabel: button.chip }),
    isRunning: running !== undefined,
    isPi: readBoardModel().gpio !== 'unknown',
  };
  const usesLine = button.driver === 'auto' || button.driver === 'chardev';
  const buttonCheck = gpioCheck('button', [{ line: button.line, setting: 'button.line' }], options);
  return [
    ...(usesLine
      ? [buttonCheck]
      : skipped([buttonCheck], { reason: `button.driver is "${button.driver}", which needs no line of the kernel's` })),
    ledCheck(leds, computer, options),
  ];
}

function ledCheck(leds: Config['leds'], computer: Computer, options: Parameters<typeof gpioCheck>[2]): Check {
  if (leds.output === 'apa102') return ledDeviceCheck(computer, spiLeds(leds.spiDevice));
  if (leds.output === 'sysfs') return ledDeviceCheck(computer, sysfsLed(leds.sysfsName));
  const isLines = leds.output === 'auto' || leds.output === 'gpio' || leds.output === 'rgb';
  const lines: NamedLine[] = lineNames(leds.lines).map((line) => ({ line, setting: 'leds.lines' }));
  if (leds.output === 'auto' && lines.length === 0 && leds.sysfsName !== '') {
    return ledDeviceCheck(computer, sysfsLed(leds.sysfsName));
  }
  return gpioCheck('LEDs', isLines ? lines : [], options);
}

function connectionChecks({ io, computer, loaded }: QuietExamination): Check[] {
  const { mqtt, homeAssistant } = loaded.config;
  const probe = (signal: AbortSignal) =>
    probeBroker(
      {
        url: mqtt.url,
        clientId: `pressel-doctor-${process.pid}`,
        username: mqtt.username,
        password: readSecret({ file: mqtt.passwordFile, variable: 'MQTT_PASSWORD', env: io.env }),
        ca: mqtt.caFile === '' ? undefined : readCertificates(mqtt.caFile),
      },
      signal,
    );
  const token = () => readSecret({ file: homeAssistant.tokenFile, variable: 'HOME_ASSISTANT_TOKEN', env: io.env });
  return [
    brokerCheck(mqtt.enabled ? mqtt.url : undefined, probe),
    homeAssistantCheck(computer, { url: homeAssistant.url, token }),
  ];
}

function soundChecks({ io, computer, loaded, devices, running, sound, heard }: Examination): Check[] {
  const { audio } = loaded.config;
  const echo = echoCheck(devices, {
    setting: audio.echo,
    volume: audio.volume,
    inputGainDb: audio.inputGainDb,
    env: io.env,
    file: path.join(stateFolder(io.env, io.home), ECHO_FILE),
    chirpsHeard: heard,
    now: () => new Date(),
    onChirps: () => io.stderr.write('Three chirps will sound: please be quiet for six seconds.\n'),
  });
  const cards = [
    soundCardsCheck(computer, heldDevices),
    soundDriverCheck(computer),
    deviceNamesCheck(computer, { 'audio.input': audio.input, 'audio.output': audio.output }),
  ];
  const checks = [
    devicesOpenCheck(devices, heldDevices),
    ...(sound ? [echo] : skipped([echo], { reason: 'no sound is wanted' })),
    microphoneSoundCheck(devices),
    playbackCheck(devices.speaker),
  ];
  if (audio.driver === 'wav' || audio.driver === 'null') {
    return skipped([...cards, ...checks], {
      reason: `audio.driver is "${audio.driver}", so there are no sound devices`,
    });
  }
  if (running === undefined) return [...cards, ...checks];
  return [...cards, ...skipped(checks, { reason: copyOf(running), remedy: stopCopy(running) })];
}

function modelChecks({ io, loaded, running, hidesModels }: QuietExamination, report: Report): Check[] {
  const { config } = loaded;
  const { llm } = config;
  const store = new ModelStore(configuredModelFolder(config, io.env, io.home), { env: io.env });
  const measuring = { io, config, store, isRunning: running !== undefined };
  const architecture = isThisComputer(parseServerUrl(llm.url)) ? process.arch : undefined;
  const speech = [
    modelsCheck(store, neededModels(config)),
    speechSpeedCheck((signal) => measureSpeechSpeed(measuring, signal)),
  ];
  return [
    ...(hidesModels
      ? skipped(speech, { reason: `${store.folder} is for the service alone`, remedy: AS_SERVICE })
      : speech),
    chatModelCheck(openChatModel(config), llm),
    ollamaVersionCheck(report, architecture),
    ollamaAbilitiesCheck(report, llm.model, {
      tools: llm.tools === 'auto',
      staysLoaded: running !== undefined && llm.keepAlive === -1,
    }),
    chatSpeedCheck((signal) => measureChatSpeed(measuring, signal)),
  ];
}
