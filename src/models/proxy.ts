import { isIP } from 'node:net';

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
 * `https_proxy`, `http_proxy` and `all_proxy`, the lower-case name first; none for this computer.
 * @throws {ProxyError} for a SOCKS proxy and for what is no address
 */
export function proxyFor(url: URL, env: Environment): HttpProxy | undefined {
  const host = url.hostname;
  if (host === 'localhost' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'))) return undefined;
  const scheme = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const set = setIn(env, scheme) ?? setIn(env, 'all_proxy');
  if (!set) return undefined;
  const address = set.value.includes('://') ? set.value : `http://${set.value}`;
  try {
    const proxy = new URL('/', address);
    decodeURIComponent(proxy.username + proxy.password); // as they will be
    if (/^https?:$/.test(proxy.protocol)) return { variable: set.name, url: proxy };
  } catch {
    // Told below.
  }
  throw new ProxyError(
    `${set.name} does not name a proxy that is spoken to here: write it as http://HOST:PORT, with a password as http://NAME:PASSWORD@HOST:PORT, its signs as in an address (% as %25, @ as %40). SOCKS is not known.`,
  );
}

/**
 * What is reached without a proxy, for undici's `EnvHttpProxyAgent`: names (which mean what is below them, too; a leading
 * `.` or `*.` may stand there) and addresses (IPv6 in brackets), each with a port where only that is meant, between commas
 * or spaces; or `*` alone for everything. It knows no networks (`192.168.0.0/16`).
 */
export function noProxyIn(env: Environment): string {
  return setIn(env, 'no_proxy')?.value ?? '';
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
