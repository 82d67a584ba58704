import { z } from 'zod';
import { flag, textThat } from './fieldKinds.js';

const TOPIC_MEANT = 'a topic of at most 100 characters such as "pressel" or "home/pressel", without "+" and "#"';
const MAX_TOPIC_CHARS = 100;
/** mqtt: as it comes; mqtts: over TLS. ws and wss: the same through a web server. */
const BROKER_SCHEMES = ['mqtt:', 'mqtts:', 'ws:', 'wss:'];

/** The section about the broker, for the schema. The password stands in a file or the environment: a configuration is shown to people. */
export const mqttSettings = z
  .strictObject({
    enabled: flag()
      .default(false)
      .describe('Whether the state is published to an MQTT broker, which may send commands.'),
    url: textThat('an mqtt://, mqtts:// (TLS), ws:// or wss:// address without user name and password in it', (value) =>
      isAddress(value, BROKER_SCHEMES),
    )
      .default('mqtt://127.0.0.1:1883')
      .describe('Where the broker listens.'),
    username: z.string({ error: 'a user name' }).default('').describe('Empty: nobody in particular.'),
    password_file: z
      .string({ error: 'the path of a file' })
      .default('')
      .describe('A file that holds the password and nothing else; empty: MQTT_PASSWORD in the environment, else none.'),
    ca_file: z
      .string({ error: 'the path of a file' })
      .default('')
      .describe(
        'Certificates (PEM) that a broker behind mqtts:// or wss:// is trusted by; empty: those of the system.',
      ),
    name: z
      .string({ error: 'a name of at most 60 characters' })
      .max(60, { error: 'a name of at most 60 characters' })
      .default('')
      .describe("What Home Assistant calls the device; empty: the assistant's name."),
    topic_prefix: topic('pressel').describe('Everything is published under this, and the id of the device.'),
    discovery_prefix: topic('homeassistant').describe('Where Home Assistant looks for new devices.'),
    publish_replies: flag()
      .default(false)
      .describe('Whether the last reply is published. Everybody who may read the broker can read it there.'),
    publish_transcripts: flag()
      .default(false)
      .describe('Whether what you said last is published. Everybody who may read the broker can read it there.'),
  })
  .describe(
    'Home Assistant, or whoever else reads an MQTT broker, sees the state of the assistant and gives it commands.',
  );

function topic(usual: string) {
  return textThat(TOPIC_MEANT, isTopic).default(usual);
}

function isTopic(value: string): boolean {
  return value.length <= MAX_TOPIC_CHARS && /^[^/+#$\s\p{Cc}][^+#\s\p{Cc}]*$/u.test(value) && !value.endsWith('/');
}

/** Of one of the schemes, and with nothing in it that must not be shown. */
export function isAddress(value: string, schemes: readonly string[]): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, hostname } = new URL(value);
  return schemes.includes(protocol) && hostname !== '' && username === '' && password === '';
}
