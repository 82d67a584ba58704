import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../../observability/log.js';
import { SUBPROTOCOL } from '../protocol.js';
import { type Access, NO_COOKIE, type Refusal, tokenCookie } from './access.js';
import { type Answer, answer, textAnswer } from './answers.js';
import { LOGIN_PATH, LOGIN_STYLE_PATH, loginPage, loginStyle } from './loginPage.js';
import type { PageFile } from './pageFiles.js';

/** Connections at once, of all and of one address: more than 20 browsers need, and no burden for a Pi. */
const MAX_CONNECTIONS = 256;
const MAX_CONNECTIONS_OF_ONE = 128;
/** Pages that are kept up to date at once. */
const MAX_LIVE = 40;
const MAX_HEAD_BYTES = 8_192;
/** A form with a token; nothing else has a body. */
const MAX_FORM_BYTES = 1_024;
/** A question of the longest kind, in any script, as JSON. */
const MAX_MESSAGE_BYTES = 65_536;

/** How long others may take, in milliseconds of the computer's own clock. */
export interface ServerPatience {
  /** A request's head must be here in this time, and the whole of it in that. */
  readonly headMs: number;
  readonly requestMs: number;
  /** A connection that nobody uses is closed. */
  readonly idleMs: number;
  /** How often that is looked after. */
  readonly checkMs: number;
}

const PATIENCE: ServerPatience = { headMs: 5_000, requestMs: 10_000, idleMs: 5_000, checkMs: 1_000 };

export interface InspectorServerOptions {
  readonly access: Access;
  readonly files: ReadonlyMap<string, PageFile>;
  /** What is made when it is asked for, such as "/metrics"; undefined: there is no such thing. */
  readonly made: (url: URL) => Promise<Answer | undefined> | undefined;
  /** A page is connected. */
  readonly onLive: (socket: WebSocket) => void;
  readonly log: Pick<Log, 'warn'>;
  readonly patience?: ServerPatience;
}

/** The inspector's HTTP and WebSocket server. Everything that is not exactly what its page asks for is refused. */
export class InspectorServer {
  readonly #server: Server;
  readonly #live: WebSocketServer;
  readonly #options: InspectorServerOptions;
  readonly #connections = new Map<string, number>();

  constructor(options: InspectorServerOptions) {
    this.#options = options;
    const { patience = PATIENCE } = options;
    this.#live = new WebSocketServer({
      noServer: true,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      clientTracking: true,
      handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    });
    this.#server = createServer(
      {
        maxHeaderSize: MAX_HEAD_BYTES,
        headersTimeout: patience.headMs,
        requestTimeout: patience.requestMs,
        keepAliveTimeout: patience.idleMs,
        connectionsCheckingInterval: patience.checkMs,
      },
      (request, response) => this.#serve(request, response),
    );
    this.#server.maxConnections = MAX_CONNECTIONS;
    this.#server.on('connection', (socket) => this.#admit(socket));
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#server.on('clientError', (_error, socket) => refuseRaw(socket, 400, 'Bad Request'));
  }

  /** @returns where it listens, the port chosen when 0 was asked for. @throws when it cannot, such as EADDRINUSE */
  listen(host: string, port: number): Promise<{ readonly host: string; readonly port: number }> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port }, () => {
        this.#server.off('error', reject);
        this.#server.on('error', (error) => this.#options.log.warn({ error }, 'the inspector has a problem'));
        resolve({ host, port: (this.#server.address() as AddressInfo).port });
      });
    });
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    for (const socket of this.#live.clients) socket.terminate();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #admit(socket: Socket): void {
    const address = socket.remoteAddress ?? '';
    const count = (this.#connections.get(address) ?? 0) + 1;
    if (count > MAX_CONNECTIONS_OF_ONE) {
      socket.destroy();
      return;
    }
    this.#connections.set(address, count);
    socket.once('close', () => {
      const left = (this.#connections.get(address) ?? 1) - 1;
      if (left === 0) this.#connections.delete(address);
      else this.#connections.set(address, left);
    });
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    request.on('error', () => {}); // whoever has gone is not missed
    response.on('error', () => {});
    this.#answerTo(request).then(
      (given) => answer(response, given, request.method !== 'HEAD'),
      (error: unknown) => {
        this.#options.log.warn({ error }, 'the inspector cannot answer a request');
        if (!response.headersSent) answer(response, textAnswer(500, 'This went wrong: the log says more.'));
      },
    );
  }

  async #answerTo(request: IncomingMessage): Promise<Answer> {
    const { access } = this.#options;
    const improper = access.isProper(request);
    if (improper) return refusal(request, improper);
    const url = urlOf(request);
    if (url === undefined) return closing(textAnswer(400, 'This is no address.'));
    const { pathname } = url;
    if (request.method === 'POST' && pathname === LOGIN_PATH) return this.#login(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return closing({ ...textAnswer(405, 'This cannot be done here.'), headers: { allow: 'GET, HEAD' } });
    }
    if (hasBody(request)) return closing(textAnswer(413, 'Nothing but the question itself is read.'));
    if (pathname === LOGIN_PATH) return loginPage(200, '');
    if (pathname === LOGIN_STYLE_PATH) return loginStyle();
    const token = pathname === '/' ? url.searchParams.get('token') : null;
    if (token !== null) return this.#enter(request, token);
    const refused = await access.isAllowed(request);
    if (refused) return refusal(request, refused);
    return (
      this.#page(request, pathname) ?? (await this.#options.made(url)) ?? textAnswer(404, 'There is no such page.')
    );
  }

  #page(request: IncomingMessage, pathname: string): Answer | undefined {
    const file = this.#options.files.get(pathname);
    if (file === undefined) return undefined;
    const { type, etag, cacheControl } = file;
    const headers = { etag, 'cache-control': cacheControl, vary: 'accept-encoding' };
    if (request.headers['if-none-match'] === etag) return { status: 304, type, body: '', headers };
    const canUnzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    return canUnzip
      ? { status: 200, type, body: file.gzipped, headers: { ...headers, 'content-encoding': 'gzip' } }
      : { status: 200, type, body: file.body, headers };
  }

  async #login(request: IncomingMessage): Promise<Answer> {
    const form = await smallBody(request);
    if (form === undefined) return closing(textAnswer(413, 'That is more than a token.'));
    return this.#enter(request, new URLSearchParams(form).get('token')?.trim() ?? '');
  }

  async #enter(request: IncomingMessage, token: string): Promise<Answer> {
    const refused = await this.#options.access.checked(request, token);
    if (refused) return refusal(request, refused);
    return { ...textAnswer(303, 'Come in.'), headers: { location: '/', 'set-cookie': tokenCookie(token) } };
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => {});
    this.#mayBeLive(request).then(
      (refused) => {
        if (refused) return refuseRaw(socket, refused.status, refused.reason);
        this.#live.handleUpgrade(request, socket, head, (live) => {
          live.on('error', () => {}); // it is closed then
          this.#options.onLive(live);
        });
      },
      () => socket.destroy(),
    );
  }

  async #mayBeLive(
    request: IncomingMessage,
  ): Promise<{ readonly status: number; readonly reason: string } | undefined> {
    const { access } = this.#options;
    const improper = access.isProper(request);
    if (improper) return improper;
    if (urlOf(request)?.pathname !== '/live') return { status: 404, reason: 'Not Found' };
    const offered = String(request.headers['sec-websocket-protocol'] ?? '').split(/, */);
    if (!offered.includes(SUBPROTOCOL)) return { status: 400, reason: `This speaks ${SUBPROTOCOL}` };
    const refused = await access.isAllowed(request);
    if (refused) return refused;
    return this.#live.clients.size < MAX_LIVE ? undefined : { status: 503, reason: 'Too many pages are open' };
  }
}

/** Browsers are shown where to give the token; others a line. */
function refusal(request: IncomingMessage, { status, reason }: Refusal): Answer {
  const isForPeople = String(request.headers.accept ?? '').includes('text/html');
  if (!isForPeople || (status !== 401 && status !== 429)) return closing(textAnswer(status, reason));
  const given = loginPage(status, status === 401 && request.headers.cookie === undefined ? '' : reason);
  return status === 401 ? { ...given, headers: { 'set-cookie': NO_COOKIE } } : given;
}

/** Nothing more is read from whoever asks like this. */
function closing(given: Answer): Answer {
  return { ...given, headers: { ...given.headers, connection: 'close' } };
}

function urlOf({ url = '' }: IncomingMessage): URL | undefined {
  return url.startsWith('/') && URL.canParse(url, 'http://host') ? new URL(url, 'http://host') : undefined;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Undefined: it is too large. What is too large is not read to its end. */
async function smallBody(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_FORM_BYTES) return undefined;
  let body = '';
  for await (const part of request.setEncoding('utf8')) {
    body += part;
    if (body.length > MAX_FORM_BYTES) return undefined;
  }
  return body;
}

/** Where HTTP has not begun, or is left for WebSocket. */
function refuseRaw(socket: Duplex, status: number, reason: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = `${reason}\n`;
  const head = [
    `HTTP/1.1 ${status} Refused`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
