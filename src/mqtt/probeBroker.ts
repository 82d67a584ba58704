import mqtt from 'mqtt';
import { type BrokerTrouble, hungUp, troubleOf } from './brokerTrouble.js';

export interface BrokerProbe {
  readonly url: string;
  /** Not that of the appliance: a broker ends the older one of two connections of one name. */
  readonly clientId: string;
  readonly username: string;
  readonly password: string | undefined;
  /** PEM; undefined: those of the system. */
  readonly ca: string | undefined;
}

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Whether the broker takes this user in. Nothing is published or subscribed to.
 * @returns what is wrong; undefined: nothing
 * @throws the signal's reason
 */
export async function probeBroker(probe: BrokerProbe, signal: AbortSignal): Promise<BrokerTrouble | undefined> {
  const trouble = await attempt(probe, 5, signal);
  // Older brokers refuse MQTT 5, some by hanging up.
  const mayBeOlder = trouble?.reason === 'protocol' || trouble?.message === hungUp(probe.url, false).message;
  return mayBeOlder ? attempt(probe, 4, signal) : trouble;
}

function attempt(
  { url, clientId, username, password, ca }: BrokerProbe,
  protocolVersion: 4 | 5,
  signal: AbortSignal,
): Promise<BrokerTrouble | undefined> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const client = mqtt.connect(url, {
      clientId,
      clean: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectPeriod: 0,
      protocolVersion,
      ...(username !== '' && { username }),
      ...(password !== undefined && { password }),
      ...(ca !== undefined && { ca }),
    });
    let isSettled = false;
    const settle = (end: () => void) => {
      if (isSettled) return;
      isSettled = true;
      signal.removeEventListener('abort', onAbort);
      client.end(true, () => end());
    };
    const onAbort = () => settle(() => reject(signal.reason));
    signal.addEventListener('abort', onAbort, { once: true });
    let trouble: BrokerTrouble | undefined;
    client.on('error', (error) => {
      trouble ??= troubleOf(error, url);
    });
    client.on('connect', () => settle(() => resolve(undefined)));
    client.on('close', () => settle(() => resolve(trouble ?? hungUp(url, false))));
  });
}
