import { on } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import tls from 'node:tls';
import { networkReason } from './networkReason.js';
import { type HttpProxy, ProxyError, proxyFor, shownProxy } from './proxy.js';

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
  readonly headers: http.IncomingHttpHeaders;
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
 * Node's `fetch` is not used: before Node 24 it knows no proxies, and it keeps connections open for later, where here one
 * that is over leaves nothing behind.
 * @returns the answer, whatever its status; its body is to be read, or it is to be closed
 * @throws {DownloadTrouble}; {ProxyError} for a proxy that refuses or that cannot be followed; the signal's reason
 */
export async function get(address: string, { headers, env, signal }: GetRequest): Promise<Answer> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const answer = await ask(url, { ...HEADERS, ...headers }, env, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      if (error instanceof ProxyError || error instanceof DownloadTrouble) throw error;
      throw new DownloadTrouble(networkReason(error), { cause: error });
    });
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

/** Listens from the first moment on: what arrives and what goes wrong before somebody reads would be lost. */
function asAnswer(message: http.IncomingMessage): Answer {
  const pieces = on(message, 'data', { close: ['end'], highWaterMark: MAX_WAITING });
  return {
    status: message.statusCode ?? 0,
    headers: message.headers,
    close: () => message.destroy(),
    body: {
      async *[Symbol.asyncIterator]() {
        try {
          for await (const [piece] of pieces) yield piece;
        } catch (error) {
          throw new DownloadTrouble(networkReason(error), { cause: error });
        } finally {
          message.destroy();
        }
      },
    },
  };
}

async function ask(
  url: URL,
  headers: Readonly<Record<string, string>>,
  env: GetRequest['env'],
  signal: AbortSignal,
): Promise<Answer> {
  const proxy = proxyFor(url, env);
  if (!proxy) return send((url.protocol === 'https:' ? https : http).request(url, { headers, agent: false, signal }));
  if (url.protocol === 'https:') {
    const socket = await tunnel(proxy, url, signal);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const createConnection = () => tls.connect({ socket, ...(isIP(host) === 0 && { servername: host }), host });
    return send(https.request(url, { headers, signal, createConnection }));
  }
  const { answer, socket } = await toProxy(proxy, {
    method: 'GET',
    path: url.href,
    headers: { ...headers, host: url.host },
    signal,
  });
  if (answer.status === 407) throw refusal(proxy, url, answer, socket);
  return answer;
}

/** A connection through the proxy (RFC 9110, 9.3.6). */
async function tunnel(proxy: HttpProxy, url: URL, signal: AbortSignal): Promise<Socket> {
  const target = `${url.hostname}:${url.port || 443}`;
  const { answer, socket } = await toProxy(proxy, {
    method: 'CONNECT',
    path: target,
    headers: { host: target },
    signal,
  });
  if (answer.status !== 200) throw refusal(proxy, url, answer, socket);
  if (signal.aborted) socket.destroy(); // nobody else would
  signal.throwIfAborted();
  return socket;
}

function toProxy(
  proxy: HttpProxy,
  options: http.RequestOptions & { headers: Readonly<Record<string, string>> },
): Promise<{ answer: Answer; socket: Socket }> {
  const { username, password } = proxy.url;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const headers = { ...options.headers, ...(username && { 'proxy-authorization': authorization }) };
  // Without the credentials, which Node would send as those of the server.
  const { protocol, hostname, port } = proxy.url;
  const speak = protocol === 'https:' ? https : http;
  const place = { host: hostname.replace(/^\[|\]$/g, ''), port: port || (protocol === 'https:' ? 443 : 80) };
  return new Promise((resolve, reject) => {
    const request = speak.request({ ...options, ...place, headers, agent: false });
    request.on('response', (response) => resolve({ answer: asAnswer(response), socket: response.socket }));
    request.on('connect', (response, socket) => resolve({ answer: asAnswer(response), socket: socket as Socket }));
    request.on('error', (error) => {
      reject(new DownloadTrouble(`the proxy ${shownProxy(proxy)} cannot be reached: ${networkReason(error)}`));
    });
    request.end();
  });
}

/** What a proxy says in place of the server. Its connection is closed. */
function refusal(proxy: HttpProxy, url: URL, { status }: Answer, socket: Socket): Error {
  socket.destroy();
  const shown = `The proxy ${shownProxy(proxy)}`;
  if (status === 407) {
    const [what, remedy] = proxy.url.username
      ? ['does not accept the name and password', `Correct them in ${proxy.variable}`]
      : [
          'asks for a name and a password',
          `Write them into it: ${proxy.variable}=http://NAME:PASSWORD@${proxy.url.host}`,
        ];
    return new ProxyError(`${shown} ${what} (407). ${remedy}; for the service, in /etc/pressel/environment.`);
  }
  if (status >= 500)
    return new DownloadTrouble(`the proxy ${shownProxy(proxy)} does not reach ${url.host} (${status})`);
  return new ProxyError(
    `${shown} refuses the way to ${url.host} (${status}). Ask whoever runs it, or name ${url.hostname} in NO_PROXY where there is a way around it.`,
  );
}

function send(request: http.ClientRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.on('response', (message) => resolve(asAnswer(message)));
    // Stays for the life of the request: a connection that breaks later is reported by the answer's body.
    request.on('error', reject);
    request.end();
  });
}
