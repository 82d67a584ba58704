import { hostname, networkInterfaces } from 'node:os';
import { encodeQR } from 'qr';
import { isLoopback } from './hostNames.js';

/** Where the page is, by name first: a name outlives the next lease of an address. */
export function pageAddresses(host: string, port: number): string[] {
  return reachableBy(host).map((name) => `http://${name.includes(':') ? `[${name}]` : name}:${port}/`);
}

/** A link that brings the token along. */
export function entryLink(address: string, token: string): string {
  return `${address}?token=${token}`;
}

/**
 * A link for a phone's camera, in half blocks: two modules in the height of a character.
 * @param coloured light on dark, whatever the terminal's own colours are
 */
export function qrCode(link: string, coloured: boolean): string {
  const lines = encodeQR(link, 'ascii', { ecc: 'low' }).trimEnd().split('\n');
  return lines.map((line) => (coloured ? `\x1b[97;40m${line}\x1b[0m\n` : `${line}\n`)).join('');
}

function reachableBy(host: string): string[] {
  if (isLoopback(host)) return [host === 'localhost' ? host : '127.0.0.1'];
  if (host !== '0.0.0.0' && host !== '::') return [host];
  const addresses = Object.values(networkInterfaces()).flatMap((each) =>
    (each ?? []).filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
  );
  const name = hostname().replace(/\.local$/, '');
  return [`${name}.local`, ...addresses];
}
