import http from 'node:http';
import https from 'node:https';

/** One request, as it goes over the wire. */
export interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Sends one request on a connection of its own and resolves with the head of the answer.
 *
 * Node's `fetch` is not used, for three reasons: it gives up by itself after 300 s without headers, and Ollama sends
 * none before the first token; it may go through a proxy from the environment, and a private assistant talks to its
 * server directly; and it keeps connections open for later, where here a request that is over leaves nothing behind.
 * A connection of its own costs 0.3 to 0.5 ms more than one kept open (to the same computer, a desktop core): not felt.
 *
 * @param signal closes the connection, at any time
 * @throws Node's connection error, with its `code`
 */
export function sendHttp(url: URL, request: HttpRequest, signal: AbortSignal): Promise<http.IncomingMessage> {
  const { method, headers, body } = request;
  const send = url.protocol === 'https:' ? https.request : http.request;
  return new Promise((resolve, reject) => {
    const outgoing = send(url, { method, headers, agent: false, signal }, resolve);
    // Stays for the life of the request: a connection that breaks later is reported by the answer's body.
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The whole body as text, or as much of it as `limitBytes` allows. */
export async function readText(answer: http.IncomingMessage, limitBytes: number): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > limitBytes) break;
  }
  return Buffer.concat(pieces).subarray(0, limitBytes).toString('utf8');
}
