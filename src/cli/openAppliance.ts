import path from 'node:path';
import type { InspectionEvent } from 'xstate';
import { Microphone } from '../../hardware/audio/microphone.js';
import { OwnEcho } from '../../hardware/audio/ownEcho.js';
import { Speaker } from '../../hardware/audio/speaker.js';
import { systemClock } from '../../hardware/clock.js';
import type { ButtonDriver } from '../../hardware/gpio/drivers.js';
import { NoButton } from '../../hardware/gpio/noButton.js';
import { signalsOf } from '../../hardware/leds/signals.js';
import { type AssistantSnapshot, type RunningAppliance, startAppliance } from '../appliance/appliance.js';
import { ECHO_FILE, readKeptEcho } from '../appliance/echoFile.js';
import { EchoGuard } from '../appliance/echoGuard.js';
import { exactSetup } from '../appliance/echoSetup.js';
import { type BodyTerminal, buttonDelaysOf, openButton, openLights } from '../appliance/openBody.js';
import { openTimers } from '../appliance/openTimers.js';
import { PauseMemoryFile, stateFolder } from '../appliance/pauseMemoryFile.js';
import { SPEED_FILE, SpeedFile } from '../appliance/speedFile.js';
import { SpeedLog } from '../appliance/speedLog.js';
import { VoiceFile } from '../appliance/voiceFile.js';
import { assistantDelaysOf } from '../assistant/assistantDelaysOf.js';
import type { Config } from '../config/config.js';
import type { ModelStore } from '../models/modelStore.js';
import type { Log } from '../observability/log.js';
import { SpeedMeter } from '../observability/measuredSpeeds.js';
import type { ModelNames } from '../observability/slowModels.js';
import type { Conversation } from '../turn/conversation.js';
import type { TurnRecord } from '../turn/turnRecord.js';
import { captureDriver, playbackDriver } from './audioDrivers.js';
import type { Closing } from './closing.js';
import { ensureConfiguredModels } from './ensureModels.js';
import { inspectorTaps } from './inspectorTaps.js';
import type { Io } from './io.js';
import { openAllSkills } from './openAllSkills.js';
import { openConversation } from './openConversation.js';
import { openMqtt } from './openMqtt.js';
import { openChatModel, openConfiguredVoice, openEars, openMind, warmUpWords } from './openParts.js';
import { openWakeWords } from './openWakeWords.js';
import type { ApplianceScreen } from './screen.js';

export interface Opening {
  readonly io: Io;
  readonly config: Config;
  /** It was read from there, null: from none. The owner's skills are beside it. Default: they are not asked. */
  readonly configFile?: string | null | undefined;
  /** Where the configured models are: all of them, from the beginning. */
  readonly store: ModelStore;
  readonly log: Log;
  readonly screen: ApplianceScreen | undefined;
  readonly closing: Closing;
  /** In place of the configured button. */
  readonly button?: ButtonDriver;
  /** In place of the one that the disk remembers, which is left alone then. */
  readonly conversation?: Conversation;
  readonly onReady?: () => void;
  readonly onSnapshot?: (snapshot: AssistantSnapshot) => void;
  readonly onRecord?: (record: TurnRecord) => void;
  /** Whether it may be watched and steered in a browser, as configured. Default: no, it is a benchmark. */
  readonly hasInspector?: boolean;
  /** Told where its page is, once it is there. */
  readonly onInspector?: (addresses: readonly string[]) => void;
  /** Sees all that happens in the statechart; must not throw. */
  readonly inspect?: (event: InspectionEvent) => void;
  /** The owner has held the button long enough to shut the computer down. */
  readonly onShutdown: () => void;
}

/** An appliance with its microphone and its speaker, whose health can be asked for. */
export interface OpenedAppliance extends RunningAppliance {
  readonly microphone: Microphone;
  readonly speaker: Speaker;
}

/** Opens everything the appliance is made of and starts it. What was opened is in `closing`, however it ends. */
export async function openAppliance(opening: Opening): Promise<OpenedAppliance> {
  const { io, config, store, log, screen, closing } = opening;
  const clock = systemClock;
  const terminal: BodyTerminal | undefined = screen;
  const lights = await openLights(config, terminal, clock, log);
  closing.push(() => lights.output.close());
  closing.push(async () => lights.show.close());
  lights.show.show(signalsOf(new Set(['warmingUp'])));

  const state = stateFolder(io.env, io.home);
  const { volume: volumePercent } = config.audio;
  const { lengthScale } = config.tts;
  const voiceFile = new VoiceFile(path.join(state, 'voice.json'), { volumePercent, lengthScale });
  const voice = openConfiguredVoice(config, store, (message) => log.warn(message), voiceFile);
  closing.push(() => voice.close());
  const pauses = new PauseMemoryFile(path.join(state, 'pauses.json'));
  const ears = openEars(config, store, pauses);
  closing.push(() => ears.vad.close());
  const taps = opening.hasInspector ? inspectorTaps(config, ears.vad, clock) : undefined;
  closing.push(() => ears.recognizer.close());
  closing.push(async () => ears.endOfTurn?.close());
  const wakeWords = openWakeWords(config, store);
  closing.push(async () => wakeWords?.detector.close());
  const speeds = new SpeedMeter();
  const model = openChatModel(config, (usage) => speeds.chatted(usage));
  const names: ModelNames = { asr: ears.recognizer.name, llm: model.name, tts: voice.name };
  const speedFile = new SpeedFile(path.join(state, SPEED_FILE), names);
  closing.push(keepSpeeds(speeds, speedFile, new SpeedLog(log, names), log));

  let conversation = opening.conversation;
  if (!conversation) {
    const remembered = await openConversation(config, state, log);
    closing.push(() => remembered.close());
    conversation = remembered.conversation;
  }

  const timers = await openTimers(state, log);
  closing.push(() => timers.close());
  const sources = { kept: { stateFolder: state, model, log }, timers: timers.book };
  const all = await openAllSkills({ config, file: opening.configFile }, io, log, sources);
  closing.push(() => all.close());
  const changeable = { volume: voiceFile, rate: voiceFile };
  const mind = openMind(config, model, all.skills, conversation, changeable, () => all.tools);
  warmUpWords(config, mind);

  let appliance: RunningAppliance | undefined;
  const ownEcho = new OwnEcho();
  const speaker = new Speaker({
    open: playbackDriver(config, io.env),
    clock,
    gain: voiceFile.gain,
    played: ownEcho.played,
    onLost: (error) => appliance?.send({ type: 'speaker.lost', error }),
  });
  closing.push(() => speaker.close());
  closing.push(keepVoice(voiceFile, speaker, log, () => mqtt?.volumeChanged()));
  const microphone = new Microphone({
    open: captureDriver(config, io.env),
    clock,
    onLost: (error) => appliance?.send({ type: 'microphone.lost', error }),
    ownEcho,
  });
  closing.push(() => microphone.close());

  const echo = new EchoGuard({
    setting: config.audio.echo,
    inputGainDb: config.audio.inputGainDb,
    volume: voiceFile,
    kept: () => readKeptEcho(path.join(state, ECHO_FILE)),
    exactly: (setup, signal) => exactSetup(setup, io.env, signal),
    onDecided: ({ mode, why }) => log.info({ echo: mode }, why),
  });

  const dropouts = () => microphone.status.xruns + microphone.status.lostFrames + speaker.xruns;
  let toldDropouts = 0;

  const button = opening.button ?? (await openButton(config, terminal, clock, log));
  const mqtt = await openMqtt(config, {
    env: io.env,
    state,
    controls: {
      send: (command) => appliance?.send(command),
      volume: voiceFile,
      timers: () => timers.book.list(),
      hasButton: button !== undefined,
    },
    clock,
    log,
    closing,
  });
  // What it takes is loaded now, as that keeps the main thread busy, and by nobody who does not want it.
  const openInspector = taps && (await import('./openInspector.js')).openInspector;
  let isReady = false;
  appliance = startAppliance(
    {
      microphone,
      speaker,
      ears: taps ? { ...ears, vad: taps.vad } : ears,
      voice,
      mind,
      wakeWords,
      echo,
      bell: timers.book,
      buttons: [...(button ? [button] : []), ...(taps ? [taps.button.driver] : [])],
      leds: lights.show,
      speeds,
      ...(opening.inspect && { inspect: opening.inspect }),
      clock,
      log,
    },
    {
      delays: assistantDelaysOf(config),
      buttonDelays: buttonDelaysOf(config),
      speculation: config.speculation,
      reopenMs: config.endpointing.reopenMs,
      shutdownHold: config.button.shutdownHold,
      earcons: config.audio.earcons,
    },
    {
      loadModels: async () => {
        await ensureConfiguredModels(io, config, { quiet: true });
      },
      onSnapshot: (snapshot: AssistantSnapshot) => {
        screen?.follow(snapshot);
        mqtt?.follow(snapshot);
        opening.onSnapshot?.(snapshot);
        if (isReady || !snapshot.hasTag('idle')) return;
        isReady = true;
        opening.onReady?.();
      },
      onPartial: (text) => screen?.heard(text),
      onRecord: (record) => {
        screen?.heard(record.transcript ?? '');
        opening.onRecord?.(record);
        mqtt?.turnEnded(record);
        pauses.save().catch((error: unknown) => log.debug({ error }, 'the usual pause cannot be kept'));
        if (dropouts() > toldDropouts) {
          toldDropouts = dropouts();
          const { xruns, lostFrames } = microphone.status;
          log.info({ microphone: xruns, unheardFrames: lostFrames, speaker: speaker.xruns }, 'sound was lost so far');
        }
        if (record.problem) log.warn({ turn: record.turnId, reason: record.problem.reason }, record.problem.message);
      },
      onGesture: (kind) => mqtt?.gesture(kind),
      onShutdown: opening.onShutdown,
    },
  );
  timers.connect((command) => appliance?.send(command));
  screen?.watch(() => ({ levelDb: microphone.status.levelDb, dropouts: dropouts() }));
  const opened = Object.assign(appliance, { microphone, speaker });
  if (taps && openInspector) {
    openInspector(taps, {
      ...{ io, config, configFile: opening.configFile, state, clock, log, closing },
      ...{ appliance: opened, microphone, speaker, leds: lights.show, voiceFile, echo, names },
      hasButton: button !== undefined && !(button instanceof NoButton),
      skillNames: all.builtInNames,
      onOpen: opening.onInspector,
    });
  }
  return opened;
}

/** What a skill changes of the voice is heard at once, and kept. Returns how to wait until it is on the disk. */
function keepVoice(voiceFile: VoiceFile, speaker: Speaker, log: Log, onChange: () => void): () => Promise<void> {
  const save = () => voiceFile.save().catch((error: unknown) => log.warn({ error }, 'volume and pace cannot be kept'));
  voiceFile.onChange(() => {
    speaker.setGain(voiceFile.gain);
    onChange();
    save();
  });
  return save;
}

/** Says how fast the models are, and keeps it for the next start. Returns how to wait until it is on the disk. */
function keepSpeeds(speeds: SpeedMeter, file: SpeedFile, speedLog: SpeedLog, log: Log): () => Promise<void> {
  const save = () => file.save().catch((error: unknown) => log.debug({ error }, 'the speeds cannot be kept'));
  speeds.onChange((measured) => {
    speedLog.tell(measured);
    file.learn(measured);
    save();
  });
  return save;
}
