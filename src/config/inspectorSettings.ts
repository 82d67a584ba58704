import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { commaSeparated, textThat } from './fieldKinds.js';

/** In place of an address: nobody may look. */
const OFF = 'off';
const MAX_PORT = 65_535;

/** Where the inspector listens. */
export interface ListenAddress {
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Reads `inspector.listen`; undefined: the inspector is off. */
export function listenAddress(listen: string): ListenAddress | undefined {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([a-z0-9_.-]+)):(\d{1,5})$/i.exec(listen) ?? [];
  const host = bracketed === undefined ? plain : isIPv6(bracketed) ? bracketed : undefined;
  return host === undefined || Number(port) > MAX_PORT ? undefined : { host, port: Number(port) };
}

const LISTEN_MEANT = 'an address and a port such as "127.0.0.1:7333" or "[::1]:7333", or "off"';
const HOSTS_MEANT = 'names of this computer such as "kitchen.example", without http:// and port';

/** The section about the inspector, for the schema. */
export const inspectorSettings = z
  .strictObject({
    listen: textThat(LISTEN_MEANT, (value) => value === OFF || listenAddress(value) !== undefined)
      .default('127.0.0.1:7333')
      .describe(
        'Where its page is served: to this computer only, or ("0.0.0.0:7333") to the network, with a token; "off".',
      ),
    hosts: z
      .preprocess(
        commaSeparated,
        z.array(
          textThat(HOSTS_MEANT, (value) => /^[a-z0-9_.-]{1,253}$/i.test(value)),
          { error: HOSTS_MEANT },
        ),
      )
      .default([])
      .describe('Further names that this computer is called by, besides its own and its addresses.'),
  })
  .describe('The page that shows in a browser what the assistant does.');
