import type { Clock } from '../../hardware/clock.js';
import type { AssistantCommand } from '../../machines/assistantEvents.js';
import type { ButtonNotice } from '../../machines/buttonEvents.js';
import { type Observed, reportedState, reportedTroubles } from '../appliance/reportedState.js';
import type { Log } from '../observability/log.js';
import type { Volume } from '../skills/surroundings.js';
import { FloodGate, type FloodLimit } from '../streams/floodGate.js';
import type { Timer } from '../timers/timer.js';
import type { TurnRecord } from '../turn/turnRecord.js';
import { Announcements, WAITS_AT_MOST_MS } from './announcements.js';
import type { Broker } from './broker.js';
import { type Command, commandOf } from './command.js';
import { type Device, discoveryMessages, type Gesture } from './discovery.js';
import { passing, retained } from './message.js';
import { type ReportedTimer, reportedTimers } from './reportedTimers.js';
import type { Published, Topics } from './topics.js';

/** Home Assistant takes no state that is longer. */
const MAX_STATE_CHARS = 255;
/** Of a text in the attributes: a reply may be long, and the broker retains it. */
const MAX_TEXT_CHARS = 4000;
/** More commands than people or automations send; a broker can send thousands a second. */
const COMMANDS: FloodLimit = { burst: 20, refillMs: 200 };
/** Timers ring, and are read, without anybody telling. */
const TIMERS_EVERY_MS = 5000;

export const ONLINE = 'online';
export const OFFLINE = 'offline';

const GESTURE_OF: Partial<Record<ButtonNotice['type'], Gesture>> = {
  tapped: 'tap',
  doubleTapped: 'double',
  longPressed: 'long',
};

/** What the bridge needs of the appliance. */
export interface Controls {
  send(command: AssistantCommand): void;
  readonly volume: Volume;
  /** Absent: there are none to show. */
  readonly timers?: (() => readonly Timer[]) | undefined;
  readonly hasButton: boolean;
}

export interface BridgeOptions {
  readonly topics: Topics;
  readonly device: Device;
  readonly publishReplies: boolean;
  readonly publishTranscripts: boolean;
  readonly controls: Controls;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'warn' | 'debug'>;
}

/**
 * Shows the appliance on a broker, with what Home Assistant needs to discover it, and does what it is told there. All that
 * it is told of the appliance it takes note of at once; nobody waits for the broker.
 */
export class Bridge {
  readonly #gate: FloodGate;
  readonly #announcements: Announcements;
  #broker: Pick<Broker, 'publish' | 'repeat'> | undefined;
  #snapshot: Observed | undefined;
  #timers: readonly ReportedTimer[] = [];
  #timersDue: unknown;
  /** Told while it starts, when it can neither mute nor unmute: done as soon as it has started. */
  #muteWhenStarted: boolean | undefined;

  constructor(private readonly options: BridgeOptions) {
    const { clock, log } = options;
    this.#gate = new FloodGate(clock, COMMANDS, () =>
      log.warn('more commands come from the broker than anybody means: some are ignored'),
    );
    this.#announcements = new Announcements(clock, (why, count) =>
      log.warn({ why, count }, 'what the broker wanted said is not said'),
    );
  }

  /** Publishes there from now on. */
  use(broker: Pick<Broker, 'publish' | 'repeat'>): void {
    this.#broker = broker;
    this.#announce();
    this.volumeChanged();
    this.#lookAtTimers();
  }

  /** The connection stands: what makes the entities exist goes first, and then that they are available. */
  connected(): void {
    this.#announce();
    this.#publish('availability', ONLINE);
  }

  /** Does what a message asks for; what makes no sense is logged and ignored. */
  received(topic: string, payload: Uint8Array, isRetained: boolean): void {
    const { topics, log } = this.options;
    if (topic === topics.homeAssistantStatus) {
      if (Buffer.from(payload).toString('latin1') === ONLINE) this.#broker?.repeat();
      return;
    }
    const name = topics.commandIn(topic);
    if (name === undefined || !this.#gate.passes()) return;
    if (isRetained) {
      // Whoever sent it may have meant it days ago, and it would come back with every connection.
      log.warn({ topic: topic.slice(0, 200) }, 'a retained command is ignored: send commands without "retain"');
      return;
    }
    const command = commandOf(name, payload);
    if ('refused' in command) {
      log.warn({ command: name.slice(0, 40), why: command.refused }, 'a command from the broker is ignored');
      return;
    }
    log.debug({ command: command.type }, 'a command came from the broker');
    this.#carryOut(command);
  }

  follow(snapshot: Observed): void {
    this.#snapshot = snapshot;
    const state = reportedState(snapshot);
    this.#publish('state', state);
    this.#publish('attributes', JSON.stringify(reportedTroubles(snapshot)));
    this.#publish('muted', state === 'muted' ? 'ON' : 'OFF');
    if (state !== 'starting' && this.#muteWhenStarted !== undefined) {
      const on = this.#muteWhenStarted;
      this.#muteWhenStarted = undefined;
      this.#mute(on);
    }
    this.#sayNext();
  }

  turnEnded({ transcript, heard }: Pick<TurnRecord, 'transcript' | 'heard'>): void {
    if (this.options.publishTranscripts && transcript) this.#publishText('transcript', transcript);
    if (this.options.publishReplies && heard !== '') this.#publishText('reply', heard);
  }

  gesture(kind: ButtonNotice['type']): void {
    const gesture = GESTURE_OF[kind];
    if (!gesture) return;
    this.#broker?.publish(passing(this.options.topics.of('button'), JSON.stringify({ event_type: gesture })));
  }

  volumeChanged(): void {
    this.#publish('volume', String(Math.round(this.options.controls.volume.percent)));
  }

  /** Shows and does nothing more. */
  close(): void {
    this.options.clock.clearTimeout(this.#timersDue);
    this.#announcements.clear();
    this.#broker = undefined;
  }

  #carryOut(command: Command): void {
    const { send, volume } = this.options.controls;
    switch (command.type) {
      case 'say':
        this.#say(command.text);
        return;
      case 'listen':
        this.#listen();
        return;
      case 'stop':
        this.#announcements.clear();
        send({ type: 'cancel' });
        return;
      case 'mute':
        this.#mute(command.on);
        return;
      case 'volume':
        volume.percent = command.percent;
        volume.isMuted = false;
        this.volumeChanged();
    }
  }

  /** A tap on the talk button; of one who speaks already it would be the end. The assistant plays why it does not listen. */
  #listen(): void {
    const { controls, log } = this.options;
    const state = this.#snapshot && reportedState(this.#snapshot);
    if (state === 'listening') return;
    const why = this.#snapshot?.hasTag('microphoneLost') ? 'microphone_lost' : state;
    if (why === 'muted' || why === 'starting' || why === 'microphone_lost') {
      log.warn({ command: 'listen', why }, 'a command from the broker cannot be carried out');
    }
    controls.send({ type: 'button.pressed' });
    controls.send({ type: 'button.tapped' });
  }

  #mute(on: boolean): void {
    if (this.#snapshot && reportedState(this.#snapshot) === 'starting') this.#muteWhenStarted = on;
    else this.options.controls.send({ type: on ? 'mute' : 'unmute' });
  }

  #say(text: string): void {
    const why = this.#snapshot && reportedState(this.#snapshot);
    if (this.#announcements.add(text) && (why === 'muted' || why === 'starting')) {
      const until = why === 'muted' ? 'is unmuted' : 'has started';
      this.options.log.warn(
        { command: 'say', why },
        `a command from the broker waits: its text is said if the assistant ${until} within ${WAITS_AT_MOST_MS / 60_000} minutes`,
      );
    }
    this.#sayNext();
  }

  /** Only in rest: it takes nobody's turn. The next one is said when the assistant rests again. */
  #sayNext(): void {
    if (!this.#snapshot?.hasTag('idle')) return;
    const text = this.#announcements.next();
    if (text === undefined) return;
    this.#snapshot = undefined; // until the assistant tells what it is doing now
    this.options.controls.send({ type: 'say', text });
  }

  #lookAtTimers(): void {
    const { clock, controls } = this.options;
    if (!controls.timers) return;
    this.#timers = reportedTimers(controls.timers(), this.#timers);
    this.#publish('timers', String(this.#timers.length));
    this.#publish('timers/attributes', JSON.stringify({ timers: this.#timers }));
    this.#timersDue = clock.setTimeout(() => this.#lookAtTimers(), TIMERS_EVERY_MS);
  }

  #announce(): void {
    const { topics, device, publishReplies, publishTranscripts, controls } = this.options;
    const offered = {
      replies: publishReplies,
      transcripts: publishTranscripts,
      timers: controls.timers !== undefined,
      button: controls.hasButton,
    };
    for (const message of discoveryMessages(topics, device, offered)) this.#broker?.publish(message);
  }

  #publishText(what: 'transcript' | 'reply', text: string): void {
    this.#publish(what, clipped(text, MAX_STATE_CHARS));
    this.#publish(`${what}/attributes`, JSON.stringify({ text: clipped(text, MAX_TEXT_CHARS) }));
  }

  #publish(what: Published, payload: string): void {
    this.#broker?.publish(retained(this.options.topics.of(what), payload));
  }
}

function clipped(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : `${text.slice(0, maxChars - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
