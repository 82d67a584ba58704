import { z } from 'zod';
import { messageOf } from '../../failures/messageOf.js';
import type { BrokerTrouble } from '../../mqtt/brokerTrouble.js';
import type { Check, Finding } from '../check.js';
import type { Computer, HttpAnswer } from '../computer.js';

const statusSchema = z.object({ message: z.string() });

/** Whether the MQTT broker takes us in. @param url undefined: there is to be none */
export function brokerCheck(
  url: string | undefined,
  probe: (signal: AbortSignal) => Promise<BrokerTrouble | undefined>,
): Check {
  return {
    group: 'connections',
    name: 'MQTT broker',
    run: async (signal) => {
      if (url === undefined) return { verdict: 'skipped', reason: 'none is configured (skills.mqtt.enabled)' };
      let trouble: Pick<BrokerTrouble, 'message'> | undefined;
      try {
        trouble = await probe(signal);
      } catch (error) {
        signal.throwIfAborted();
        trouble = { message: messageOf(error) }; // of the files of the password and the certificates
      }
      return trouble === undefined ? { verdict: 'ok', reason: `connected to ${url}` } : told(trouble.message);
    },
  };
}

export interface HomeSettings {
  /** `skills.home_assistant.url`; empty: there is none. */
  readonly url: string;
  /** @throws {Error} with what is wrong */
  readonly token: () => string | undefined;
}

/** Whether Home Assistant is there and takes our token. */
export function homeAssistantCheck(computer: Pick<Computer, 'get'>, { url, token }: HomeSettings): Check {
  return {
    group: 'connections',
    name: 'Home Assistant',
    run: async (signal) => {
      if (url === '') return { verdict: 'skipped', reason: 'none is configured (skills.home_assistant.url)' };
      let secret: string | undefined;
      try {
        secret = token();
      } catch (error) {
        return told(messageOf(error));
      }
      if (secret === undefined) {
        return {
          verdict: 'degraded',
          reason: 'there is no access token for it',
          remedy: `make a long-lived one at ${url}/profile/security, write it to a file, and set skills.home_assistant.token_file`,
        };
      }
      let answer: HttpAnswer;
      try {
        answer = await computer.get(`${url.replace(/\/+$/, '')}/api/`, { authorization: `Bearer ${secret}` }, signal);
      } catch (error) {
        signal.throwIfAborted();
        const { code = 'no code' } = error as NodeJS.ErrnoException;
        return {
          verdict: 'degraded',
          reason: `it cannot be reached at ${url} (${code})`,
          remedy: `start it, or correct skills.home_assistant.url; try: curl -sI ${url}`,
        };
      }
      return homeFinding(url, answer);
    },
  };
}

function homeFinding(url: string, { status, body }: HttpAnswer): Finding {
  if (status === 200 && isHomeAssistant(body)) return { verdict: 'ok', reason: `${url} takes the token` };
  if (status === 401 || status === 403) {
    return {
      verdict: 'degraded',
      reason: `${url} does not take the access token (status ${status})`,
      remedy: `make a new one at ${url}/profile/security and write it to the file of skills.home_assistant.token_file`,
    };
  }
  return {
    verdict: 'degraded',
    reason: `what answers at ${url} is not Home Assistant, or it fails (status ${status})`,
    remedy: 'correct skills.home_assistant.url: it is where its page opens in a browser',
  };
}

/** It says `{"message": "API running."}` (its REST API); a page of something else may have status 200, too. */
function isHomeAssistant(body: string): boolean {
  try {
    return statusSchema.safeParse(JSON.parse(body)).success;
  } catch {
    return false;
  }
}

/** A message of ours has what happened before the first colon, and what helps behind it; and here nothing is tried again. */
function told(said: string): Finding {
  const message = said.replace(/ It is tried again\.$/, '');
  const cut = message.indexOf(': ');
  if (cut === -1) return { verdict: 'degraded', reason: message };
  return { verdict: 'degraded', reason: message.slice(0, cut), remedy: message.slice(cut + 2) };
}
