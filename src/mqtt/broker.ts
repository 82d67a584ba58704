import mqtt, { type MqttClient } from 'mqtt';
import type { Clock } from '../../hardware/clock.js';
import type { Log } from '../observability/log.js';
import { Swings, sinceTold } from '../observability/swings.js';
import { type BrokerTrouble, hungUp, troubleOf } from './brokerTrouble.js';
import type { Message } from './message.js';
import { Outbox } from './outbox.js';

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;
/** A wrong password does not mend itself; brokers lock out who tries it again and again. */
const REFUSED_RETRY_MS = 5 * 60_000;
/** A connection that has held so long was a good one; with less, the next attempt waits longer than the last. */
const GOOD_AFTER_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** A broker that says nothing for one and a half of these is gone, and so are we for the broker: it publishes the will. */
const KEEPALIVE_S = 30;
/** The broker drops what is longer, where it speaks MQTT 5. */
const MAX_PACKET_BYTES = 65_536;
/** What must be published before the end has this long. */
const GOODBYE_MS = 1000;

export interface BrokerOptions {
  /** Has no secret in it. */
  readonly url: string;
  readonly clientId: string;
  readonly username: string;
  /** Asked before each attempt. @throws {Error} with what is wrong */
  readonly password: () => string | undefined;
  /** PEM. @throws {Error} with what is wrong */
  readonly ca: () => string | undefined;
  /** Published by us at the end, or by the broker in our stead. */
  readonly will: Message;
  /** Filters that are subscribed to. */
  readonly subscriptions: readonly string[];
  readonly onMessage: (topic: string, payload: Uint8Array, isRetained: boolean) => void;
  /** Just before all values are sent. */
  readonly onConnected: () => void;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

/**
 * A connection to a broker that is made again and again, later each time, until it is closed. Publishing returns at once
 * and never fails; see `Outbox` for what becomes of it.
 *
 * The session is a clean one: what was told to the device while it was away, it is not told later.
 */
export class Broker {
  readonly #outbox = new Outbox();
  #client: MqttClient | undefined;
  #retry: unknown;
  #failures = 0;
  /** The last that was logged: each is told once, however often it comes. */
  #told: string | undefined;
  readonly #swings: Swings;
  #wasConnected = false;
  #protocol: 4 | 5 = 5;
  #connectedAtMs: number | undefined;
  #isClosed = false;

  constructor(private readonly options: BrokerOptions) {
    this.#swings = new Swings(options.clock);
  }

  /** Connects as soon as it can. */
  open(): void {
    this.#connect();
  }

  publish(message: Message): void {
    if (!this.#isClosed) this.#outbox.put(message);
  }

  /** Says everything once more, as when it had just connected. */
  repeat(): void {
    this.#outbox.repeat();
  }

  get isConnected(): boolean {
    return this.#client?.connected ?? false;
  }

  /** Says goodbye with the will, and tries no more. Resolves when the connection is closed; a broker that hangs holds nobody up. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.options.clock.clearTimeout(this.#retry);
    this.#outbox.close();
    const client = this.#client;
    if (!client) return;
    const { topic, payload, qos, retain } = this.options.will;
    await new Promise<void>((resolve) => {
      const ended = () => client.end(true, () => resolve());
      const hung = this.options.clock.setTimeout(ended, GOODBYE_MS);
      const said = () => {
        this.options.clock.clearTimeout(hung);
        client.end(false, () => resolve());
      };
      if (client.connected) client.publish(topic, payload, { qos, retain }, said);
      else {
        this.options.clock.clearTimeout(hung);
        ended();
      }
    });
  }

  #connect(): void {
    const { url, clientId, username, will } = this.options;
    let secrets: { password?: string | undefined; ca?: string | undefined };
    try {
      secrets = { password: this.options.password(), ca: this.options.ca() };
    } catch (error) {
      this.#failed({ reason: 'secret', message: error instanceof Error ? error.message : String(error) });
      return;
    }
    const { password, ca } = secrets;
    const client = mqtt.connect(url, {
      clientId,
      clean: true,
      keepalive: KEEPALIVE_S,
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectPeriod: 0, // this class does it, later each time
      queueQoSZero: false,
      protocolVersion: this.#protocol,
      ...(this.#protocol === 5 && { properties: { maximumPacketSize: MAX_PACKET_BYTES } }),
      will: { topic: will.topic, payload: Buffer.from(will.payload), qos: will.qos, retain: will.retain },
      ...(username !== '' && { username }),
      ...(password !== undefined && { password }),
      ...(ca !== undefined && { ca }),
    });
    this.#client = client;
    let trouble: BrokerTrouble | undefined;
    client.on('error', (error) => {
      trouble ??= troubleOf(error, url);
    });
    client.on('connect', () => this.#connected(client));
    client.on('message', (topic, payload, { retain }) => {
      if (!this.#isClosed) this.options.onMessage(topic, payload, retain);
    });
    client.on('disconnect', ({ reasonCode }) => {
      trouble ??= { reason: 'lost', message: `The broker at ${url} ended the connection (reason ${reasonCode ?? 0}).` };
    });
    client.on('close', () => {
      if (client !== this.#client) return;
      this.#client = undefined;
      client.end(true);
      this.#outbox.close();
      const wasConnected = this.#endedConnection();
      if (!wasConnected && !trouble) this.#protocol = this.#protocol === 5 ? 4 : 5;
      this.#failed(trouble ?? hungUp(url, wasConnected));
    });
  }

  #connected(client: MqttClient): void {
    const { subscriptions, log, url } = this.options;
    this.#connectedAtMs = this.options.clock.now();
    this.#told = undefined;
    if (this.#swings.works() || !this.#wasConnected) log.info({ broker: url }, 'connected to the MQTT broker');
    this.#wasConnected = true;
    client.subscribe([...subscriptions], { qos: 1 }, (error, granted = []) => {
      const refused = granted.filter(({ qos }) => qos >= 128).map(({ topic }) => topic);
      if (!client.connected || (!error && refused.length === 0)) return;
      log.warn({ refused }, 'the broker does not let this user subscribe: no commands come from there');
    });
    this.options.onConnected();
    this.#outbox.open(({ topic, payload, qos, retain }, done) => {
      client.publish(topic, payload, { qos, retain }, done);
    });
  }

  /** Whether there was one. */
  #endedConnection(): boolean {
    if (this.#connectedAtMs === undefined) return false;
    if (this.options.clock.now() - this.#connectedAtMs >= GOOD_AFTER_MS) this.#failures = 0;
    this.#connectedAtMs = undefined;
    return true;
  }

  #failed(trouble: BrokerTrouble): void {
    if (this.#isClosed) return;
    const { clock, log } = this.options;
    if (trouble.reason === 'protocol' && this.#protocol === 5) {
      this.#protocol = 4;
      this.#connect();
      return;
    }
    const isRefusal = trouble.reason === 'refused' || trouble.reason === 'secret';
    const retryMs = isRefusal ? REFUSED_RETRY_MS : Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 16);
    const untold = this.#told === trouble.reason ? undefined : this.#swings.fails();
    if (untold !== undefined) {
      log[isRefusal ? 'error' : 'warn']({ retryMs, ...sinceTold(untold) }, trouble.message);
      this.#told = trouble.reason;
    }
    this.#retry = clock.setTimeout(() => this.#connect(), retryMs);
  }
}
