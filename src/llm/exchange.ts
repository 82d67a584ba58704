import type { IncomingMessage } from 'node:http';
import { Ollama } from 'ollama';
import type { Clock } from '../../hardware/clock.js';
import { LlmError } from './chatModel.js';
import { type HttpRequest, readText, sendHttp } from './httpConnection.js';
import { errorFromConnection, errorFromStatus, llmError, type Target } from './ollamaErrors.js';
import type { ServerUrl } from './serverUrl.js';
import { type Timeout, Watchdog } from './watchdog.js';

/** What an exchange needs to know. */
export interface ExchangeSettings {
  readonly server: ServerUrl;
  readonly model: string;
  readonly clock: Clock;
  /** Reads the answer's body; what comes out of it goes to the client library. */
  readonly readBody: (body: AsyncIterable<Uint8Array>, target: Target) => AsyncIterable<Uint8Array>;
}

/** An error page is quoted, not read to its end. */
const ERROR_BODY_BYTES = 16 * 1024;

/**
 * One request to the server: a client library of its own, a connection and a watchdog. The client library alone cannot
 * be aborted before the first token nor without streaming, keeps its socket open after `break` and waits for 300 s; here
 * the turn's signal, the watchdog and `close` all end the connection itself, at any moment.
 */
export class Exchange {
  readonly client: Ollama;
  readonly target: Target;
  readonly watchdog: Watchdog;
  readonly #settings: ExchangeSettings;
  readonly #turn: AbortSignal;
  readonly #connection = new AbortController();
  readonly #onTurnAborted = () => this.#connection.abort(this.#turn.reason);
  #firstTokenTimeoutMs: number | undefined;

  /** @throws the reason of `turn` when it is aborted already: nothing is sent then */
  constructor(settings: ExchangeSettings, turn: AbortSignal) {
    turn.throwIfAborted();
    this.#settings = settings;
    this.#turn = turn;
    this.target = { url: settings.server.shown, model: settings.model };
    this.watchdog = new Watchdog(settings.clock, (timeout, limitMs) => this.#timedOut(timeout, limitMs));
    this.client = new Ollama({ host: settings.server.base, fetch: (input, init) => this.#fetch(input, init) });
    turn.addEventListener('abort', this.#onTurnAborted, { once: true });
  }

  /**
   * Waits for a sign of life for `connectTimeoutMs` and from then on for the answer for `firstTokenTimeoutMs`.
   *
   * The server is asked for its version beside the request: Ollama sends nothing, not even headers, before the first
   * token, so silence alone does not tell a dead server from a slow model, but it answers this even while a model loads.
   */
  expectAnswer(connectTimeoutMs: number, firstTokenTimeoutMs: number): void {
    this.#firstTokenTimeoutMs = firstTokenTimeoutMs;
    this.watchdog.watch('connectTimeout', connectTimeoutMs);
    const url = new URL(`${this.#settings.server.base}/api/version`);
    sendHttp(url, { method: 'GET', headers: {} }, this.#connection.signal).then(
      (answer) => {
        this.#sawAnswer();
        answer.resume();
      },
      // The request itself meets the same trouble and reports it.
      () => undefined,
    );
  }

  /** What to throw to the caller for an `error` that came out of the client: the turn's reason, the watchdog's, or its own. */
  failure(error: unknown): unknown {
    if (this.#turn.aborted) return this.#turn.reason;
    const { signal } = this.#connection;
    if (signal.aborted && signal.reason instanceof LlmError) return signal.reason;
    return errorFromConnection(error, this.target, false);
  }

  /** Ends whatever is left of it: the connection, the timer, the listener. */
  close(): void {
    this.watchdog.calm();
    this.#turn.removeEventListener('abort', this.#onTurnAborted);
    this.#connection.abort();
  }

  #timedOut(timeout: Timeout, limitMs: number): void {
    this.#connection.abort(llmError(timeout, this.target, `nothing for ${limitMs} ms`));
  }

  #sawAnswer(): void {
    if (this.watchdog.watching !== 'connectTimeout' || this.#firstTokenTimeoutMs === undefined) return;
    this.watchdog.watch('firstTokenTimeout', this.#firstTokenTimeoutMs);
  }

  /**
   * What the client library calls instead of `fetch`. Its own signal is not needed: nobody but this exchange can reach
   * the iterator that would abort it. Answers other than 2xx end here, for the library prints to stdout when it reads them.
   */
  async #fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : input);
    const answer = await this.#send(url, {
      method: init.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init.headers)),
      ...(typeof init.body === 'string' ? { body: init.body } : {}),
    });
    const status = answer.statusCode ?? 0;
    if (status < 200 || status > 299) {
      throw errorFromStatus(status, await readText(answer, ERROR_BODY_BYTES), this.target);
    }
    return new Response(this.#settings.readBody(answer, this.target), { status });
  }

  async #send(url: URL, request: HttpRequest): Promise<IncomingMessage> {
    const answer = await sendHttp(url, request, this.#connection.signal);
    this.#sawAnswer();
    return answer;
  }
}
