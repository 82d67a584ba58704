import { createActor, type InspectionEvent, type SnapshotFrom } from 'xstate';
import { EARCON_KINDS, EARCON_MIN_RATE_HZ, type EarconKind, earcon } from '../../hardware/audio/earcons.js';
import type { Microphone } from '../../hardware/audio/microphone.js';
import type { Speaker } from '../../hardware/audio/speaker.js';
import type { Clock } from '../../hardware/clock.js';
import type { ButtonDriver } from '../../hardware/gpio/drivers.js';
import type { LedShow } from '../../hardware/leds/ledShow.js';
import { signalsOf } from '../../hardware/leds/signals.js';
import type { AssistantMachine } from '../../machines/assistant.js';
import type { AssistantDelays } from '../../machines/assistantDelays.js';
import type { AssistantCommand, AssistantNotice, AssistantTag, TurnOutcome } from '../../machines/assistantEvents.js';
import type { ButtonDelays } from '../../machines/buttonDelays.js';
import type { ButtonNotice } from '../../machines/buttonEvents.js';
import { provideAssistant } from '../assistant/provideAssistant.js';
import { supervise } from '../assistant/supervisor.js';
import { FlightRecorder } from '../observability/flightRecorder.js';
import type { Log } from '../observability/log.js';
import type { MeasuredSpeeds, SpeedMeter } from '../observability/measuredSpeeds.js';
import { measureSpeech } from '../speech/measureSpeech.js';
import type { Voice } from '../speech/tts/voice.js';
import type { TimerBook } from '../timers/timerBook.js';
import { PlayedWords } from '../turn/interruption/playedWords.js';
import type { Ears } from '../turn/listen.js';
import type { Mind } from '../turn/reply.js';
import type { SpeculationOptions } from '../turn/speculation.js';
import { type PastTurn, type TurnEnd, TurnHistory } from '../turn/turnHistory.js';
import type { TurnRecord } from '../turn/turnRecord.js';
import { earconFor } from './earconFor.js';
import type { EchoGuard } from './echoGuard.js';
import { QuietWork } from './quietWork.js';
import { startTalkButtons } from './talkButtons.js';
import { TroubleLog } from './troubleLog.js';
import { WakeWatch, type WakeWordEar } from './wakeWatch.js';

export type AssistantSnapshot = SnapshotFrom<AssistantMachine>;

/** The appliance's body and mind, all opened by the caller, who closes them after `stop`. */
export interface ApplianceParts {
  readonly microphone: Microphone;
  readonly speaker: Speaker;
  readonly ears: Ears;
  readonly voice: Voice;
  readonly mind: Mind;
  /** Default: there are no wake words. */
  readonly wakeWords?: WakeWordEar | undefined;
  readonly echo: Pick<EchoGuard, 'mode' | 'opened'>;
  /** What rings, for a press of the button to stop it. Default: nothing does. */
  readonly bell?: Pick<TimerBook, 'ringing' | 'stopRinging'> | undefined;
  /** The talk button, and whatever else is to be one. */
  readonly buttons: readonly ButtonDriver[];
  readonly leds: LedShow;
  /** Learns how fast the voice and the recogniser are, once, in the first quiet time. */
  readonly speeds: SpeedMeter;
  /** Sees all that happens in the statechart and in what it invokes; must not throw. Default: nobody does. */
  readonly inspect?: (event: InspectionEvent) => void;
  readonly clock: Clock;
  readonly log: Log;
}

export interface ApplianceSettings {
  readonly delays: AssistantDelays;
  readonly buttonDelays: ButtonDelays;
  /** How eagerly replies are begun at a pause. */
  readonly speculation: SpeculationOptions;
  /** See `TurnParts.reopenMs`. */
  readonly reopenMs: number;
  /** Whether a very long press asks for a shutdown. */
  readonly shutdownHold: boolean;
  readonly earcons: boolean;
}

/** What the appliance asks of whoever runs it. */
export interface ApplianceEvents {
  readonly loadModels: (signal: AbortSignal) => Promise<void>;
  readonly onSnapshot: (snapshot: AssistantSnapshot) => void;
  /** What the user is saying, as far as it has been recognised. */
  readonly onPartial?: (text: string) => void;
  readonly onRecord: (record: TurnRecord) => void;
  /** What a finger has done to the button. */
  readonly onGesture?: (kind: ButtonNotice['type']) => void;
  /** The owner has held the button long enough to shut the computer down. */
  readonly onShutdown: () => void;
}

export interface RunningAppliance {
  send(command: AssistantCommand): void;
  readonly snapshot: AssistantSnapshot;
  /** The last 200, oldest first. */
  readonly turns: readonly PastTurn[];
  /** As far as they have been measured since the start. */
  readonly speeds: MeasuredSpeeds;
  /** What the statechart was told, and what it did. */
  readonly recorder: FlightRecorder;
  /** Each tells from now on, and returns how to stop listening: a turn that is over, what the statechart says, what it is. */
  onTurn(listener: (turn: PastTurn) => void): () => void;
  onNotice(listener: (notice: AssistantNotice) => void): () => void;
  onSnapshot(listener: (snapshot: AssistantSnapshot) => void): () => void;
  /** Cuts speech, stops every turn and releases the button. The lights say that it is shutting down. */
  stop(): Promise<void>;
}

/** Starts the assistant and connects it to its button, lights and sounds. */
export function startAppliance(
  parts: ApplianceParts,
  settings: ApplianceSettings,
  events: ApplianceEvents,
): RunningAppliance {
  const { microphone, speaker, ears, voice, mind, leds, clock, log } = parts;
  const stopping = new AbortController();
  const history = new TurnHistory();
  const recorder = new FlightRecorder(clock);
  const troubles = new TroubleLog(log, clock);
  const wakeWatch = parts.wakeWords && new WakeWatch({ ear: parts.wakeWords, microphone, clock, log });
  const machine = provideAssistant(
    {
      capture: microphone,
      ears,
      mind,
      mouth: { voice, playback: speaker, played: new PlayedWords() },
      echoMode: () => parts.echo.mode,
      clock,
      speculation: settings.speculation,
      reopenMs: settings.reopenMs,
      onRecord: (record) => {
        const { timeline, ...rest } = record;
        log.debug({ ...rest, timeline: timeline.report() }, 'turn record');
        history.add(record, endOf(record.turnId, null));
        events.onRecord(record);
      },
    },
    settings.delays,
    {
      loadModels: events.loadModels,
      openMicrophone: async (signal) => {
        await microphone.open(signal);
        troubles.opened('microphone', microphone.name);
        parts.echo.opened({ microphone: microphone.name }, stopping.signal);
      },
      openSpeaker: async (signal) => {
        await speaker.open(signal);
        // Plays nothing, but the resampler is ready before the first word is.
        await speaker.play({ samples: new Float32Array(0), sampleRateHz: voice.sampleRateHz }, signal);
        troubles.opened('speaker', speaker.name);
        parts.echo.opened({ speaker: speaker.name }, stopping.signal);
      },
      stopRinging: () => {
        parts.bell?.stopRinging();
      },
      setDeaf: (deaf) => microphone.setDeaf(deaf),
      ...(wakeWatch && {
        wakeWord: (signal: AbortSignal) => wakeWatch.next(signal),
        warmWakeWord: (signal: AbortSignal) => wakeWatch.warmUp(signal),
      }),
    },
  );

  const endOf = (turnId: string, outcome: TurnOutcome | null): TurnEnd => {
    return { recordedAs: recorder.turnName(turnId), outcome, endedAtMs: clock.now() };
  };
  const inspect = (event: InspectionEvent) => {
    recorder.inspect(event);
    parts.inspect?.(event);
  };
  const assistant = supervise(() => createActor(machine, { clock, inspect }), {
    clock,
    onRestart: (error) => {
      log.error({ error }, 'the assistant has failed and is started again');
      microphone.setDeaf(false); // the new one does not know that it was muted
    },
    onRestarted: () => {
      if (parts.bell && parts.bell.ringing.length > 0) assistant.send({ type: 'bell.rings' });
    },
    onListenerError: (error) => log.error({ error }, 'a listener has failed'),
  });
  // Made once: on a small computer each takes longer than the main thread may be busy.
  const rateHz = Math.max(voice.sampleRateHz, EARCON_MIN_RATE_HZ);
  const earcons = new Map(EARCON_KINDS.map((kind) => [kind, earcon(kind, rateHz)]));
  const sound = (kind: EarconKind | undefined) => {
    const pcm = kind && earcons.get(kind);
    const isWanted = settings.earcons || kind === 'ringing';
    if (!pcm || !isWanted || !speaker.isOpen) return;
    speaker.playSignal(pcm, stopping.signal).catch(() => {}); // whoever loses the speaker is told elsewhere
  };

  let buttonTags: ReadonlySet<string> = new Set();
  const showLights = () => leds.show(signalsOf(new Set([...assistant.snapshot.tags, ...buttonTags])));
  const meant = (gesture: ButtonNotice['type']) => {
    const command = commandFor(gesture);
    if (command) assistant.send(command);
    if (gesture === 'tapped' && assistant.snapshot.hasTag('listening')) sound('listening');
    if (gesture === 'shutdownHeld') events.onShutdown();
  };
  const buttons = startTalkButtons(parts.buttons, {
    delays: settings.buttonDelays,
    shutdownHold: settings.shutdownHold,
    clock,
    log,
    rings: () => assistant.snapshot.hasTag('ringing'),
    onGesture: (made) => events.onGesture?.(made),
    onMeant: meant,
    onTags: (tags) => {
      buttonTags = tags;
      if (!stopping.signal.aborted) showLights();
    },
  });

  const speedCheck = new QuietWork({
    work: async (signal) => {
      const measured = await measureSpeech(voice, ears.recognizer, clock, signal);
      log.debug({ heard: measured.heard }, 'the voice and the recogniser were measured');
      parts.speeds.spoken(measured);
    },
    clock,
    onFailed: (error) => log.warn({ error }, 'the speed of the voice and the recogniser cannot be measured'),
  });

  let before = assistant.snapshot;
  const follow = (snapshot: AssistantSnapshot) => {
    const began = (tag: AssistantTag) => snapshot.hasTag(tag) && !before.hasTag(tag);
    const ended = (tag: AssistantTag) => before.hasTag(tag) && !snapshot.hasTag(tag);
    if (began('hearing')) buttons.speechStarted();
    if (began('muted')) sound('muted');
    if (ended('muted')) sound('unmuted');
    troubles.follow(snapshot);
    before = snapshot;
    speedCheck.follow(isQuiet(snapshot));
    log.debug({ state: snapshot.value }, 'state');
    showLights();
    events.onSnapshot(snapshot);
  };
  assistant.onNotice((notice) => {
    if (notice.type === 'transcript.partial') {
      events.onPartial?.(notice.text);
      return;
    }
    if (notice.type === 'turnEnded') history.ended(notice.turnId, endOf(notice.turnId, notice.outcome));
    sound(earconFor(notice, assistant.snapshot.tags));
    troubles.tell(notice);
  });
  assistant.onSnapshot(follow);
  follow(assistant.snapshot);

  return {
    send: (command) => assistant.send(command),
    get snapshot() {
      return assistant.snapshot;
    },
    get turns() {
      return history.turns;
    },
    get speeds() {
      return parts.speeds.speeds;
    },
    recorder,
    onTurn: (listener) => history.onTurn(listener),
    onNotice: (listener) => assistant.onNotice(listener),
    onSnapshot: (listener) => assistant.onSnapshot(listener),
    stop: async () => {
      speedCheck.stop();
      stopping.abort(new Error('the appliance is stopping'));
      leds.show(signalsOf(new Set(['shuttingDown'])));
      assistant.stop();
      speaker.flush();
      await buttons.stop();
    },
  };
}

/** Nobody talks, and the chat model, which may run on this very computer, is not being loaded. */
function isQuiet(snapshot: AssistantSnapshot): boolean {
  return snapshot.hasTag('idle') && snapshot.value.model !== 'warming';
}

function commandFor(gesture: ButtonNotice['type']): AssistantCommand | undefined {
  switch (gesture) {
    case 'pressed':
      return { type: 'button.pressed' };
    case 'tapped':
    // Whether it is still held nobody knows, and nothing more is told of this press.
    case 'bouncing':
      return { type: 'button.tapped' };
    case 'holdReleased':
      return { type: 'button.released' };
    case 'doubleTapped':
      return { type: 'button.doubleTapped' };
    case 'longPressed':
      return { type: 'button.longPressed' };
    default:
      return undefined;
  }
}
