import { hostname, networkInterfaces } from 'node:os';

/** "pressel.local:7333" -> "pressel.local"; "[::1]:7333" -> "::1". Undefined: it is no host and port. */
export function hostOf(header: string): string | undefined {
  const [, bracketed, plain] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9_.-]+))(?::\d{1,5})?$/i.exec(header) ?? [];
  return (bracketed ?? plain)?.toLowerCase().replace(/\.$/, '');
}

/**
 * Names and addresses that this computer is rightly called by. A page elsewhere that has its own name point here (DNS
 * rebinding) is told apart by its name.
 * @param own further ones, as configured
 */
export function isOwnHost(host: string, own: readonly string[]): boolean {
  const name = hostname()
    .toLowerCase()
    .replace(/\.local$/, '');
  if (['localhost', '127.0.0.1', '::1', name, `${name}.local`].includes(host)) return true;
  if (own.some((each) => each.toLowerCase() === host)) return true;
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each?.map(({ address }) => address) ?? []);
  return addresses.includes(host);
}

/** Whether nobody but this computer reaches it. */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127\./.test(address);
}
