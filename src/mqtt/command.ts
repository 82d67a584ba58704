import { MAX_SAY_CHARS } from './discovery.js';

/** What the device was told to do. */
export type Command =
  | { readonly type: 'say'; readonly text: string }
  | { readonly type: 'listen' }
  | { readonly type: 'stop' }
  | { readonly type: 'mute'; readonly on: boolean }
  | { readonly type: 'volume'; readonly percent: number };

/** Why a message is no command. */
export interface Refusal {
  readonly refused: 'unknown' | 'too-long' | 'bad-payload';
}

/** Beyond the text itself, in bytes of UTF-8: 4 for each character. */
const MAX_PAYLOAD_BYTES = 4 * MAX_SAY_CHARS;

const ON_OFF: ReadonlyMap<string, boolean> = new Map([
  ['ON', true],
  ['OFF', false],
]);

/**
 * Reads a command.
 * @param name the part of the topic after `command/`
 */
export function commandOf(name: string, payload: Uint8Array): Command | Refusal {
  if (payload.length > MAX_PAYLOAD_BYTES) return { refused: 'too-long' };
  const text = textOf(payload);
  if (text === undefined) return { refused: 'bad-payload' };
  switch (name) {
    case 'say':
      return said(text);
    case 'listen':
    case 'stop':
      return { type: name };
    case 'mute': {
      const on = ON_OFF.get(text.toUpperCase());
      return on === undefined ? { refused: 'bad-payload' } : { type: 'mute', on };
    }
    case 'volume': {
      const isNumber = /^\d{1,3}(?:\.\d{1,6})?$/.test(text) && Number(text) <= 100;
      return isNumber ? { type: 'volume', percent: Math.round(Number(text)) } : { refused: 'bad-payload' };
    }
    default:
      return { refused: 'unknown' };
  }
}

function said(text: string): Command | Refusal {
  const spoken = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  if (spoken === '') return { refused: 'bad-payload' };
  return spoken.length > MAX_SAY_CHARS ? { refused: 'too-long' } : { type: 'say', text: spoken };
}

/** Undefined: it is no text. */
function textOf(payload: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(payload).trim();
  } catch {
    return undefined;
  }
}
