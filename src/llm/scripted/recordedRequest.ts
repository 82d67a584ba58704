import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../../hardware/clock.js';

/** A request as the scripted server saw it. Its fields go on changing until `closed` resolves. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** The parsed JSON body, or undefined. */
  readonly body: unknown;
  /** On the server's clock, in ms. */
  readonly startedAt: number;
  /** When the answer was complete or the client had gone, on the server's clock, in ms. */
  readonly closedAt: number | undefined;
  /** The client went away before the answer was complete. */
  readonly aborted: boolean;
  /** How many tokens of the prompt were evaluated; the others were held from the prompt before. */
  readonly promptTokensEvaluated: number;
  /** How many tokens of the reply were computed. */
  readonly tokensGenerated: number;
  /** How many tokens of the reply were written. */
  readonly tokensSent: number;
  /** Whether the model had to be loaded for it. */
  readonly loadedModel: boolean;
  /** Resolves when the answer is complete or the client has gone. */
  readonly closed: Promise<void>;
}

/** The server's side of a request: what it records of it, and its end. */
export class ServedRequest implements RecordedRequest {
  readonly method: string;
  readonly path: string;
  body: unknown;
  readonly startedAt: number;
  closedAt: number | undefined;
  aborted = false;
  promptTokensEvaluated = 0;
  tokensGenerated = 0;
  tokensSent = 0;
  loadedModel = false;
  readonly closed: Promise<void>;
  readonly response: ServerResponse;
  readonly #gone = new AbortController();

  constructor(request: IncomingMessage, response: ServerResponse, clock: Clock) {
    this.method = request.method ?? 'GET';
    this.path = (request.url ?? '/').replace(/\?.*$/, '');
    this.startedAt = clock.now();
    this.response = response;
    this.closed = new Promise((resolve) => {
      response.on('close', () => {
        this.closedAt = clock.now();
        this.aborted = !response.writableFinished;
        this.#gone.abort(new Error('the client has gone'));
        resolve();
      });
    });
  }

  /** Aborted when the answer is complete or the client has gone. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Answers with one JSON document. */
  json(status: number, document: object): void {
    this.#send(status, 'application/json; charset=utf-8', JSON.stringify(document));
  }

  text(status: number, text: string): void {
    this.#send(status, 'text/plain; charset=utf-8', text);
  }

  #send(status: number, contentType: string, body: string): void {
    this.response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
    this.response.end(body);
  }
}
