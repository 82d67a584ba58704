import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CleanUp } from '../fixtures/cleanUp.js';

/** 64 kB each 4 ms: so that a download takes long enough to be killed in the middle of it. */
const PIECE_BYTES = 65_536;
const PAUSE_MS = 4;

/** A web server with ranges on a free port. `resumed` counts the requests for the rest of a file. */
export async function slowServer(
  cleanUp: CleanUp,
  contentOf: (name: string) => Buffer | undefined,
): Promise<{ readonly url: string; readonly resumed: () => number }> {
  let resumed = 0;
  const server = createServer(async (request, response) => {
    const content = contentOf((request.url ?? '').slice(1));
    if (!content) {
      response.writeHead(404).end();
      return;
    }
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const rest = content.subarray(from);
    if (from > 0) resumed++;
    const range = from > 0 ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {};
    response.writeHead(from > 0 ? 206 : 200, { etag: '"1"', 'content-length': rest.length, ...range });
    for (let at = 0; at < rest.length && !response.destroyed; at += PIECE_BYTES) {
      response.write(rest.subarray(at, at + PIECE_BYTES));
      await sleep(PAUSE_MS);
    }
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, resumed: () => resumed };
}
