import { BlockList, isIP } from 'node:net';

type Environment = Readonly<Record<string, string | undefined>>;

/** The way out of a network that lets nobody out directly. */
export interface HttpProxy {
  /** Of the variable that names it, for messages. */
  readonly variable: string;
  /** With the password, if there is one: never shown. */
  readonly url: URL;
}

/** A proxy is named in a way that this program cannot follow. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
}

/**
 * The proxy for an address, from the environment, as curl has it (everything.curl.dev, "Proxy environment variables"):
 * `https_proxy`, `http_proxy` and `all_proxy`, the lower-case name first; none for what `no_proxy` names, nor for this
 * computer. `no_proxy` holds names (which mean what is below them, too), addresses, networks (`192.168.0.0/16`) and `*`.
 * @throws {ProxyError} for a SOCKS proxy and for what is no address
 */
export function proxyFor(url: URL, env: Environment): HttpProxy | undefined {
  if (isThisComputer(hostOf(url)) || isExcepted(url, setIn(env, 'no_proxy')?.value ?? '')) return undefined;
  const scheme = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const set = setIn(env, scheme) ?? setIn(env, 'all_proxy');
  if (!set) return undefined;
  const address = set.value.includes('://') ? set.value : `http://${set.value}`;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new ProxyError(`${set.name} does not name a proxy that is spoken to here: write it as http://HOST:PORT`);
  }
  return { variable: set.name, url: new URL(address) };
}

/** Its address without name and password. */
export function shownProxy({ variable, url }: HttpProxy): string {
  return `${url.protocol}//${url.host} (${variable})`;
}

function setIn(env: Environment, name: string): { name: string; value: string } | undefined {
  for (const candidate of [name, name.toUpperCase()]) {
    const value = env[candidate]?.trim();
    if (value) return { name: candidate, value };
  }
  return undefined;
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
}

function isThisComputer(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function isExcepted(url: URL, exceptions: string): boolean {
  const host = hostOf(url);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*' || isIn(host, entry)) return true;
      const [, name = entry, itsPort] = /^([^:]+|\[.*\]):(\d+)$/.exec(entry) ?? [];
      if (itsPort !== undefined && itsPort !== port) return false;
      const domain = name.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
      return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));
    });
}

/** Whether an address is in a network such as `10.0.0.0/8`. */
function isIn(host: string, network: string): boolean {
  const [, address = '', bits = ''] = /^(.+)\/(\d{1,3})$/.exec(network) ?? [];
  const kind = isIP(address);
  if (kind === 0 || isIP(host) !== kind || Number(bits) > (kind === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  const family = kind === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(address, Number(bits), family);
  return list.check(host, family);
}
