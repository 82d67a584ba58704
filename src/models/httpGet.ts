import { on } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import type { buildConnector as Connector, Dispatcher } from 'undici';
import { networkReason } from './networkReason.js';
import { type HttpProxy, noProxyIn, ProxyError, proxyFor, shownProxy } from './proxy.js';

/** A failure that may be gone at the next attempt: no connection, a cut or stalled one, a server in trouble. */
export class DownloadTrouble extends Error {
  override readonly name = 'DownloadTrouble';
}

/** One request for what lies at an address. */
export interface GetRequest {
  readonly headers?: Readonly<Record<string, string>>;
  /** Names the proxies. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Closes the connection, at any time. */
  readonly signal: AbortSignal;
}

/** What a server said. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The pieces; leaving the loop closes the connection. Throws `DownloadTrouble` when it breaks off, after what has arrived. */
  readonly body: AsyncIterable<Uint8Array>;
  /** For whoever does not read the body. Safe to call twice. */
  close(): void;
}

/** So many pieces (64 kB each, at most) wait to be written before the server has to. */
const MAX_WAITING = 16;

/** A download goes from a release's page to a store of files, at most so often. */
const MAX_REDIRECTS = 10;
const HEADERS = { 'accept-encoding': 'identity', 'user-agent': 'pressel' };

/**
 * Asks for what lies at an address, through the proxy that the environment names for it, and follows where it was moved to.
 *
 * Each question has its own connections: one that is over leaves nothing behind that would keep the process alive.
 * @returns the answer, whatever its status; its body is to be read, or it is to be closed
 * @throws {DownloadTrouble}; {ProxyError} for a proxy that refuses or that cannot be followed; the signal's reason
 */
export async function get(address: string, { headers, env, signal }: GetRequest): Promise<Answer> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const answer = await ask(url, { ...HEADERS, ...headers }, env, signal);
    const { location } = answer.headers;
    if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer;
    answer.close();
    if (!URL.canParse(location, url.href))
      throw new DownloadTrouble(`${url.host} leads to "${location}", which is no address`);
    const next = new URL(location, url);
    if (next.protocol !== 'https:' && next.protocol !== url.protocol) {
      throw new DownloadTrouble(`${url.host} leads to ${next.host}, where nothing is encrypted`);
    }
    url = next;
  }
  throw new DownloadTrouble(`${new URL(address).host} leads from one address to the next without end`);
}

async function ask(
  url: URL,
  headers: Readonly<Record<string, string>>,
  env: GetRequest['env'],
  signal: AbortSignal,
): Promise<Answer> {
  // Only a few of the program's commands download.
  const { buildConnector, EnvHttpProxyAgent, request } = await import('undici');
  const proxy = proxyFor(url, env);
  const over = new AbortController();
  const untilOver: Connector.BuildOptions & { signal: AbortSignal } = {
    signal: AbortSignal.any([signal, over.signal]),
  };
  const connect = buildConnector(untilOver);
  let isDirect = proxy === undefined;
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: proxy?.url.href ?? '',
    httpsProxy: proxy?.url.href ?? '',
    noProxy: noProxyIn(env),
    // Many proxies open tunnels to port 443 only.
    proxyTunnel: false,
    proxyTls: untilOver,
    requestTls: untilOver,
    connect(options, callback) {
      isDirect = true;
      connect(options, callback);
    },
  });
  const close = () => {
    // A connection that is still being made would outlive its dispatcher.
    over.abort();
    void dispatcher.destroy();
  };
  try {
    return asAnswer(await request(url, { dispatcher, headers, signal }), close);
  } catch (error) {
    close();
    signal.throwIfAborted();
    if (proxy && !isDirect) throw proxyFailure(proxy, url, error);
    throw new DownloadTrouble(networkReason(error), { cause: error });
  }
}

/** Listens from the first moment on: what arrives and what goes wrong before somebody reads would be lost. */
function asAnswer({ statusCode, headers, body }: Dispatcher.ResponseData, close: () => void): Answer {
  const pieces = on(body, 'data', { close: ['end'], highWaterMark: MAX_WAITING });
  body.on('error', () => undefined); // for a body that is left before its end
  return {
    status: statusCode,
    headers,
    close,
    body: {
      async *[Symbol.asyncIterator]() {
        try {
          for await (const [piece] of pieces) yield piece;
        } catch (error) {
          throw new DownloadTrouble(networkReason(error), { cause: error });
        } finally {
          close();
        }
      },
    },
  };
}

/** What a proxy says in place of the server, or what fails on the way through it. */
function proxyFailure(proxy: HttpProxy, url: URL, error: unknown): Error {
  const shown = `proxy ${shownProxy(proxy)}`;
  // The library tells a proxy's status in its message only.
  const status = Number(/^Proxy .*\((\d{3})\)/.exec(error instanceof Error ? error.message : '')?.[1] ?? 0);
  if (status === 0)
    return new DownloadTrouble(`no answer through the ${shown}: ${networkReason(error)}`, { cause: error });
  if (status >= 500) return new DownloadTrouble(`the ${shown} does not reach ${url.host} (${status})`);
  if (status === 407) {
    const [what, remedy] = proxy.url.password
      ? ['does not accept the name and password', `Correct them in ${proxy.variable}`]
      : [
          'asks for a name and a password',
          `Write them into it: ${proxy.variable}=http://NAME:PASSWORD@${proxy.url.host}`,
        ];
    return new ProxyError(`The ${shown} ${what} (407). ${remedy}; for the service, in /etc/pressel/environment.`);
  }
  return new ProxyError(
    `The ${shown} refuses the way to ${url.host} (${status}). Ask whoever runs it, or name ${url.hostname} in NO_PROXY where there is a way around it.`,
  );
}
