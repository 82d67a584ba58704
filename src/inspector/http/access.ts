import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../../hardware/clock.js';
import type { Log } from '../../observability/log.js';
import type { AccessToken } from './accessToken.js';
import { hostOf, isOwnHost } from './hostNames.js';
import { LockOut } from './lockOut.js';
import { RequestRate } from './requestRate.js';

/** Holds the token, so that a link with it is followed once. */
export const COOKIE = 'pressel_inspector';

/** A year: whoever wants to shut somebody out makes a new token. */
const COOKIE_AGE_S = 365 * 86_400;

/** Why a request is refused; the number is the status of HTTP. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 429;
  /** For people. */
  readonly reason: string;
}

export interface AccessOptions {
  /** Undefined: only this computer reaches it, and nobody there needs one. */
  readonly token: Pick<AccessToken, 'matches'> | undefined;
  /** Names that this computer is called by besides its own. */
  readonly hosts: readonly string[];
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
}

/** Decides who may see and steer the assistant. */
export class Access {
  readonly #lockOut: LockOut;
  readonly #rate: RequestRate;

  constructor(private readonly options: AccessOptions) {
    this.#lockOut = new LockOut(options.clock);
    this.#rate = new RequestRate(options.clock);
  }

  /** Whether the request comes from a page of ours, or from no page at all, and not from a flood of them. */
  isProper(request: IncomingMessage): Refusal | undefined {
    const { host: header = '', origin } = request.headers;
    if (!this.#rate.passes(addressOf(request))) return { status: 429, reason: 'Too many requests.' };
    const host = hostOf(header);
    if (host === undefined) return { status: 400, reason: 'The request has no proper Host.' };
    if (!isOwnHost(host, this.options.hosts)) {
      return { status: 403, reason: `This computer is not called "${host}". If it is: inspector.hosts = ["${host}"].` };
    }
    if (origin !== undefined && !isOriginOf(origin, header)) {
      return { status: 403, reason: 'The request comes from a page of somebody else.' };
    }
    return undefined;
  }

  /** Whether whoever asks may see and steer. Wrong tokens are counted. */
  async isAllowed(request: IncomingMessage): Promise<Refusal | undefined> {
    if (this.options.token === undefined) return undefined;
    const token = bearerOf(request) ?? cookieOf(request);
    if (token === undefined) return { status: 401, reason: 'A token is needed.' };
    return this.checked(request, token);
  }

  /** Whether this is the token, which somebody has brought along. */
  async checked(request: IncomingMessage, token: string): Promise<Refusal | undefined> {
    const address = addressOf(request);
    if (this.#lockOut.isLockedOut(address)) {
      return { status: 429, reason: 'There were too many wrong tokens from here: try again in ten minutes.' };
    }
    if (await this.options.token?.matches(token)) {
      this.#lockOut.succeeded(address);
      return undefined;
    }
    if (this.#lockOut.failed(address, token)) {
      this.options.log.warn({ address }, 'somebody has given the inspector too many wrong tokens and is locked out');
    }
    return { status: 401, reason: 'This is not the token, or not any more.' };
  }
}

/** For the answer to somebody who has brought the token. */
export function tokenCookie(token: string): string {
  return `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${COOKIE_AGE_S}`;
}

/** For the answer to somebody who has brought something else. */
export const NO_COOKIE = `${COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;

export function addressOf(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? '';
}

/** Whoever serves us to a browser over TLS (a reverse proxy) has the same host, and another scheme. */
function isOriginOf(origin: string, host: string): boolean {
  return [`http://${host}`, `https://${host}`].some((own) => own.toLowerCase() === origin.toLowerCase());
}

function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

function cookieOf({ headers }: IncomingMessage): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}
