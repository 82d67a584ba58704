import type { RecordedEvent } from '../../observability/flightRecorder.js';
import type { PastTurn } from '../../turn/turnHistory.js';
import type { ClientMessage, ServerMessage } from '../protocol.js';
import { HealthWatch } from './healthWatch.js';
import type { Inspected } from './inspected.js';
import { LevelTrace } from './levelTrace.js';
import { LiveClient, type LiveSocket, type Watched } from './liveClient.js';
import { activeStates, logEntry } from './logEntry.js';
import { LogFeed } from './logFeed.js';
import { carryOut } from './panelControls.js';
import { panelState, SnapshotText } from './snapshotText.js';
import { Soon } from './soon.js';
import { turnRow } from './turnRow.js';

/** Often enough that a page that has fallen asleep is noticed in time. */
const PING_MS = 15_000;

/**
 * Keeps the pages up to date: each gets all there is when it connects, and then what changes. Every message is made into
 * text once, or twice where some may see what was said and others not, whatever the number of pages. While there are none
 * it listens to nothing, waits for nothing and computes nothing.
 */
export class LiveHub {
  readonly #clients = new Set<LiveClient>();
  readonly #snapshot: SnapshotText;
  readonly #log: LogFeed;
  readonly #panel: Soon;
  readonly #trace: LevelTrace;
  readonly #health: HealthWatch;
  #unlisten: (() => void)[] = [];
  #pingDue: unknown;
  #isClosed = false;

  constructor(private readonly inspected: Inspected) {
    const { appliance, clock, time, trace, health } = inspected;
    this.#snapshot = new SnapshotText(inspected);
    this.#log = new LogFeed(appliance.recorder, clock, (events) => this.#happened(events));
    this.#panel = new Soon(clock, () => this.#tell({ type: 'panel', panel: panelState(inspected) }));
    this.#trace = new LevelTrace(trace, clock, time, (told) => this.#tell(told, (watched) => watched.trace));
    this.#health = new HealthWatch(health, clock, (now) =>
      this.#tell({ type: 'health', health: now }, (watched) => watched.health),
    );
  }

  /** How many pages are connected. */
  get size(): number {
    return this.#clients.size;
  }

  /** A page, all of whose rights were checked. */
  connect(socket: LiveSocket): void {
    if (this.#isClosed) {
      socket.terminate();
      return;
    }
    const { clock } = this.inspected;
    const client = new LiveClient(socket, clock, {
      onMessage: (message) => this.#asked(client, message),
      onGone: () => this.#left(client),
    });
    if (this.#clients.size === 0) this.#begin();
    this.#log.flush(); // it is part of the snapshot
    this.#clients.add(client);
    client.send(this.#snapshot.of(false));
  }

  /** Ends every connection, and takes no more. */
  close(): void {
    this.#isClosed = true;
    for (const client of [...this.#clients]) client.terminate();
  }

  #begin(): void {
    const { appliance, leds, volume } = this.inspected;
    const panelChanged = () => {
      this.#snapshot.outdated();
      this.#panel.ask();
    };
    this.#log.start();
    this.#unlisten = [
      appliance.recorder.onEvent(() => this.#snapshot.outdated()),
      appliance.onTurn((turn) => this.#turnEnded(turn)),
      appliance.onNotice((notice) => {
        if (notice.type === 'transcript.partial') {
          this.#tell({ type: 'partial', text: notice.text }, (watched) => watched.words);
        }
      }),
      leds.onChange(panelChanged),
      volume.onChange(panelChanged),
    ];
    this.#pingLater();
  }

  #end(): void {
    this.inspected.clock.clearTimeout(this.#pingDue);
    for (const unlisten of this.#unlisten.splice(0)) unlisten();
    this.#log.stop();
    this.#panel.cancel();
    this.inspected.doctor.stop();
    this.#snapshot.outdated();
  }

  #left(client: LiveClient): void {
    this.inspected.button.release(client);
    if (!this.#clients.delete(client)) return;
    this.#watchersChanged();
    if (this.#clients.size === 0) this.#end();
  }

  #asked(client: LiveClient, message: ClientMessage): void {
    switch (message.type) {
      case 'watch':
        this.#watch(client, message);
        return;
      case 'doctor':
        this.inspected.doctor.report().then(
          (report) => client.send(text({ type: 'doctor', report })),
          () => {}, // nobody waits for it any more
        );
        return;
      default: {
        const reason = carryOut(message, client, this.inspected);
        if (reason !== undefined) client.send(text({ type: 'refused', reason }));
      }
    }
  }

  #watch(client: LiveClient, { trace, health, words }: Watched): void {
    const before = client.watched;
    client.watched = { trace, health, words };
    if (before.words !== words) {
      this.#log.flush();
      client.send(this.#snapshot.of(words));
    }
    this.#watchersChanged();
    if (health && !before.health) this.#health.start();
  }

  #watchersChanged(): void {
    const all = [...this.#clients].map(({ watched }) => watched);
    if (all.some(({ trace }) => trace)) this.#trace.start();
    else this.#trace.stop();
    if (!all.some(({ health }) => health)) this.#health.stop();
  }

  #happened(events: readonly RecordedEvent[]): void {
    const { time } = this.inspected;
    const active = activeStates(events.at(-1)?.after.value ?? {});
    this.#tellInWords((words) => {
      return { type: 'log', entries: events.map((event) => logEntry(event, time, words)), active };
    });
  }

  #turnEnded(turn: PastTurn): void {
    this.#snapshot.outdated();
    this.#tellInWords((words) => ({ type: 'turn', turn: turnRow(turn, this.inspected.time, words) }));
  }

  #tell(message: ServerMessage, isFor: (watched: Watched) => boolean = () => true): void {
    let made: string | undefined;
    for (const client of [...this.#clients]) {
      if (!isFor(client.watched)) continue;
      made ??= text(message);
      client.send(made);
    }
  }

  /** To all, in the variant that each has asked for. */
  #tellInWords(message: (showWords: boolean) => ServerMessage): void {
    const made = new Map<boolean, string>();
    for (const client of [...this.#clients]) {
      const { words } = client.watched;
      const variant = made.get(words) ?? text(message(words));
      made.set(words, variant);
      client.send(variant);
    }
  }

  #pingLater(): void {
    this.#pingDue = this.inspected.clock.setTimeout(() => {
      this.#pingLater();
      for (const client of [...this.#clients]) client.ping();
    }, PING_MS);
  }
}

function text(message: ServerMessage): string {
  return JSON.stringify(message);
}
