import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../hardware/clock.js';
import type { Config } from '../config/config.js';
import { readSecret } from '../config/secret.js';
import { Bridge, type Controls, OFFLINE } from '../mqtt/bridge.js';
import { Broker } from '../mqtt/broker.js';
import { deviceId } from '../mqtt/deviceId.js';
import { retained } from '../mqtt/message.js';
import { Topics } from '../mqtt/topics.js';
import type { Log } from '../observability/log.js';
import type { Closing } from './closing.js';
import { packageVersion } from './packageVersion.js';

export interface OpenedWith {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of the program's state. */
  readonly state: string;
  readonly controls: Controls;
  readonly clock: Clock;
  readonly log: Log;
  readonly closing: Closing;
}

/** The appliance on the configured broker; undefined: there is to be none. Does not wait for the broker. Closed by `closing`. */
export async function openMqtt(config: Config, opened: OpenedWith): Promise<Bridge | undefined> {
  const { mqtt, assistant } = config;
  if (!mqtt.enabled) return undefined;
  const { env, state, controls, clock, log, closing } = opened;
  const topics = new Topics(mqtt.topicPrefix, await deviceId(path.join(state, 'device-id')), mqtt.discoveryPrefix);
  const bridge = new Bridge({
    topics,
    device: { name: mqtt.name || assistant.name, version: packageVersion() },
    publishReplies: mqtt.publishReplies,
    publishTranscripts: mqtt.publishTranscripts,
    controls,
    clock,
    log,
  });
  const broker = new Broker({
    url: mqtt.url,
    clientId: `pressel-${topics.id}`,
    username: mqtt.username,
    password: () => readSecret({ file: mqtt.passwordFile, variable: 'MQTT_PASSWORD', env }),
    ca: () => (mqtt.caFile === '' ? undefined : readCertificates(mqtt.caFile)),
    will: retained(topics.of('availability'), OFFLINE),
    subscriptions: [topics.commands, topics.homeAssistantStatus],
    onMessage: (topic, payload, isRetained) => bridge.received(topic, payload, isRetained),
    onConnected: () => bridge.connected(),
    clock,
    log,
  });
  bridge.use(broker);
  broker.open();
  closing.push(async () => {
    bridge.close();
    await broker.close();
  });
  return bridge;
}

/** Node itself takes anything for certificates, and then trusts nobody. */
export function readCertificates(file: string): string {
  const remedy = 'skills.mqtt.ca_file names the certificates (PEM) that the broker is trusted by';
  let certificates: string;
  try {
    certificates = readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new Error(`${file} cannot be read (${code}): ${remedy}`);
  }
  try {
    new X509Certificate(certificates);
  } catch {
    throw new Error(`${file} holds no certificate: ${remedy}`);
  }
  return certificates;
}
