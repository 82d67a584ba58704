import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface FaultyServer {
  readonly url: string;
  /** What was asked so far. */
  readonly requests: {
    readonly path: string;
    readonly range: string | undefined;
    readonly ifRange: string | undefined;
  }[];
}

/** A web server on a free port that gives `answers` in turn; the last one again and again. */
export async function faultyServer(test: TestContext, ...answers: Answer[]): Promise<FaultyServer> {
  const requests: FaultyServer['requests'] = [];
  const server = createServer((request, response) => {
    const { range, 'if-range': ifRange } = request.headers;
    requests.push({ path: request.url ?? '', range, ifRange: typeof ifRange === 'string' ? ifRange : undefined });
    answers[Math.min(requests.length, answers.length) - 1]?.(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** Serves `content` as a good server does: with a version and with ranges. */
export function serving(content: Buffer, etag = '"1"'): Answer {
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const sameVersion = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
    if (from > 0 && sameVersion) {
      const rest = content.subarray(from);
      const range = `bytes ${from}-${content.length - 1}/${content.length}`;
      response.writeHead(206, { etag, 'content-length': rest.length, 'content-range': range }).end(rest);
    } else {
      response.writeHead(200, { etag, 'content-length': content.length }).end(content);
    }
  };
}

/** Announces all of `content`, sends its first half and then does what `next` says. */
export function servingHalf(content: Buffer, next: (response: ServerResponse) => void, etag = '"1"'): Answer {
  return (_request, response) => {
    response.writeHead(200, { etag, 'content-length': content.length });
    response.write(content.subarray(0, content.length / 2), () => next(response));
  };
}

export function answering(status: number, headers: Record<string, string> = {}): Answer {
  return (_request, response) => response.writeHead(status, headers).end();
}
