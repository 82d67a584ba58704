/** Why there is no broker to talk to. */
export interface BrokerTrouble {
  readonly reason: 'unreachable' | 'lost' | 'refused' | 'secret' | 'untrusted' | 'protocol';
  /** What happened, and what the owner can do. */
  readonly message: string;
}

/** Refusals of MQTT 3.1.1 and 5 that only another user name or password mends. */
const REFUSALS: ReadonlySet<unknown> = new Set([2, 4, 5, 133, 134, 135, 138, 140]);
/** The broker is older than MQTT 5. */
const PROTOCOLS: ReadonlySet<unknown> = new Set([1, 132]);
const NO_ANSWER = 'connack timeout';
const CERTIFICATES = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL/;

/**
 * What it means that the other side has closed the connection without a word. Some brokers that are older than MQTT 5 do
 * that to who speaks it.
 * @param wasConnected the broker had taken us in before
 */
export function hungUp(url: string, wasConnected: boolean): BrokerTrouble {
  if (wasConnected) return { reason: 'lost', message: `The connection to the broker at ${url} was lost.` };
  const message = `What listens at ${url} hangs up without an answer: see that it is an MQTT broker, and that skills.mqtt.url begins with mqtts:// if it speaks TLS, and only then. It is tried again.`;
  return { reason: 'unreachable', message };
}

/**
 * What an error of the client means. Its own words are kept out where they could have something of the connection's secrets.
 * @returns undefined: the other side has closed the connection, see `hungUp`
 */
export function troubleOf(error: Error & { readonly code?: unknown }, url: string): BrokerTrouble | undefined {
  const { code } = error;
  if (code === 'ECONNRESET') return undefined;
  if (PROTOCOLS.has(code)) {
    return { reason: 'protocol', message: `The broker at ${url} speaks neither MQTT 5 nor 3.1.1.` };
  }
  if (REFUSALS.has(code)) {
    return {
      reason: 'refused',
      message: `The broker at ${url} refuses this user (code ${code}): check skills.mqtt.username and the password, which is read anew for each attempt.`,
    };
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return {
      reason: 'untrusted',
      message: `The certificate of the broker at ${url} has expired (${code}): renew it there, and see that the clock of this computer is right.`,
    };
  }
  if (typeof code === 'string' && CERTIFICATES.test(code)) {
    return {
      reason: 'untrusted',
      message: `The certificate of the broker at ${url} is not trusted (${code}): set skills.mqtt.ca_file, or use the name that the certificate was made for.`,
    };
  }
  if (error.message === NO_ANSWER) {
    const message = `What listens at ${url} does not answer: see that it is an MQTT broker, and runs. It is tried again.`;
    return { reason: 'unreachable', message };
  }
  const detail = typeof code === 'string' || typeof code === 'number' ? ` (${code})` : '';
  return {
    reason: 'unreachable',
    message: `No MQTT broker can be reached at ${url}${detail}: start it there, or correct skills.mqtt.url. It is tried again.`,
  };
}
