import { z } from 'zod';
import { textThat, whole } from './fieldKinds.js';
import { isAddress } from './mqttSettings.js';

/** The section about Home Assistant, for the schema. */
export const homeAssistantSettings = z
  .strictObject({
    url: textThat(
      'an http:// or https:// address such as "http://homeassistant.local:8123", without user name and password in it',
      (value) => value === '' || isAddress(value, ['http:', 'https:']),
    )
      .default('')
      .describe(
        'Where Home Assistant listens: "turn on the kitchen light" is its business then; empty: there is none.',
      ),
    token_file: z
      .string({ error: 'the path of a file' })
      .default('')
      .describe('A file with a long-lived access token; empty: HOME_ASSISTANT_TOKEN in the environment.'),
    timeout_ms: whole({ min: 500, max: 60_000, unit: 'ms' })
      .default(8000)
      .describe('Home Assistant must have answered in this time.'),
  })
  .describe('Orders to devices, handed to Home Assistant. It can know the state of Pressel, too: see skills.mqtt.');
