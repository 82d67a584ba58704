import { messageOf } from '../failures/messageOf.js';
import { LlmError, type LlmFailure } from './chatModel.js';

/** Whom a request was meant for; every message names it. */
export interface Target {
  /** The server's address without credentials. */
  readonly url: string;
  /** The model's name on that server. */
  readonly model: string;
}

/** What is said about each failure: what happened, to what, and the remedy. `detail` is the server's or the system's own word. */
const MESSAGES: Record<LlmFailure, (target: Target, detail: string) => string> = {
  refused: ({ url }, detail) =>
    `No model server can be reached at ${url}${because(detail)}. Start it there ("ollama serve"), or correct the address.`,
  notFound: ({ url, model }) =>
    `The model server at ${url} does not have the model "${model}". Fetch it with: ollama pull ${model}`,
  busy: ({ url, model }, detail) =>
    `The model server at ${url} is too busy to run "${model}"${because(detail)}. Ask again in a moment, or stop other programs that use it.`,
  badRequest: ({ url, model }, detail) =>
    `The model server at ${url} did not accept a request for "${model}"${because(detail)}. Check that it allows this machine and this model, or update the server.`,
  badResponse: ({ url }, detail) =>
    `What answers at ${url} is not a model server${because(detail)}. Check the address and the port; Ollama's own is 11434.`,
  crashed: ({ url, model }, detail) =>
    `The model server at ${url} failed while running "${model}"${because(detail)}. It may be short of memory: try a smaller model, and read the server's log.`,
  connectTimeout: ({ url }, detail) =>
    `The model server at ${url} does not answer${because(detail)}. Check that the machine is on and restart the server.`,
  firstTokenTimeout: ({ url, model }, detail) =>
    `The model server at ${url} runs, but gave no answer for "${model}"${because(detail)}. It may still be loading: ask again, allow it more time, or take a smaller model.`,
  stalled: ({ url, model }, detail) =>
    `The model server at ${url} stopped in the middle of a reply from "${model}"${because(detail)}. Ask again; restart the server if it happens often.`,
  incomplete: ({ url, model }, detail) =>
    `The reply from "${model}" at ${url} ended too early${because(detail)}. Ask again; read the server's log if it happens often.`,
  tooLong: ({ url, model }, detail) =>
    `The reply from "${model}" at ${url} is too long${because(detail)}. The rest was dropped: ask for less, or raise the limit.`,
};

function because(detail: string): string {
  return detail === '' ? '' : ` (${detail})`;
}

/** The error for `reason`, in words. */
export function llmError(reason: LlmFailure, target: Target, detail = '', cause?: unknown): LlmError {
  return new LlmError(reason, MESSAGES[reason](target, detail), { cause });
}

/**
 * What an answer other than 2xx means. Ollama answers errors with `{"error": "..."}`; anything else came from another
 * service (a proxy, a router's web page).
 */
export function errorFromStatus(status: number, body: string, target: Target): LlmError {
  const said = serverError(body);
  if (status === 403 && body === '') {
    return llmError(
      'badRequest',
      target,
      'status 403: it refuses this host name; use its IP address or set OLLAMA_HOST',
    );
  }
  if (said === undefined) return llmError('badResponse', target, `status ${status}: ${excerpt(body)}`);
  const detail = `status ${status}: ${excerpt(said)}`;
  if (status === 404) return llmError(/model/i.test(said) ? 'notFound' : 'badResponse', target, detail);
  // 499: the load that this request waited for was cancelled with somebody else's request.
  if (status === 503 || status === 429 || status === 499) return llmError('busy', target, detail);
  if (status >= 500) return llmError('crashed', target, detail);
  if (status >= 400) return llmError('badRequest', target, detail);
  return llmError('badResponse', target, detail);
}

/** Nothing listens there, or there is no way there. */
const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN']);
/** The connection was lost after it was made. */
const LOST = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

/** What an error of the connection means. `started`: part of a reply had arrived. */
export function errorFromConnection(error: unknown, target: Target, started: boolean): LlmError {
  if (error instanceof LlmError) return error;
  const code = errorCode(error);
  const detail = code ?? excerpt(messageOf(error));
  if (code === 'ETIMEDOUT') return llmError('connectTimeout', target, detail, error);
  if (code !== undefined && UNREACHABLE.has(code)) return llmError('refused', target, detail, error);
  if (started) return llmError('incomplete', target, `the connection was lost: ${detail}`, error);
  if (code !== undefined && LOST.has(code)) {
    return llmError('crashed', target, `the connection was lost: ${detail}`, error);
  }
  return llmError('badResponse', target, detail, error);
}

/** The text of Ollama's `{"error": "..."}`, or undefined when `body` is not that. */
export function serverError(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null || !('error' in parsed)) return undefined;
    return typeof parsed.error === 'string' ? parsed.error : JSON.stringify(parsed.error);
  } catch {
    return undefined;
  }
}

/** The beginning of a text of unknown origin, fit for one line of a log. */
export function excerpt(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (line === '') return 'an empty answer';
  return line.length > 200 ? `${line.slice(0, 200)}...` : line;
}

function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
