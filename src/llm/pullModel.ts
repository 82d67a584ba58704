import { z } from 'zod';
import type { Clock } from '../../hardware/clock.js';
import { readText, sendHttp } from './httpConnection.js';
import { errorFromConnection, errorFromStatus, excerpt, llmError, type Target } from './ollamaErrors.js';
import { parseServerUrl } from './serverUrl.js';
import { Watchdog } from './watchdog.js';

/** How far the server is with a model. */
export interface PullProgress {
  /** What it does: "pulling manifest", "verifying sha256 digest". */
  readonly status: string;
  /** Of all parts that it has told of. */
  readonly doneBytes: number;
  /** Null while it has told of none. */
  readonly totalBytes: number | null;
}

/** Why a server did not get a model. */
export type PullFailure = 'noSuchModel' | 'noSpace' | 'clock' | 'offline' | 'failed';

/** The server could not fetch a model. `message` says what the owner can do. */
export class PullError extends Error {
  override readonly name = 'PullError';
  constructor(
    readonly reason: PullFailure,
    message: string,
  ) {
    super(message);
  }
}

export interface PullOptions {
  readonly url: string;
  readonly model: string;
  readonly clock: Clock;
  readonly onProgress: (progress: PullProgress) => void;
}

const CONNECT_MS = 5_000;
/** The server checks what it has got, which takes a while on an SD card, and says nothing meanwhile. */
const SILENCE_MS = 180_000;
/** An answer that is no pull is quoted, not read to its end. */
const ERROR_BODY_BYTES = 16 * 1024;

/** A line of `POST /api/pull`. */
const lineSchema = z.object({
  status: z.string().optional(),
  error: z.string().optional(),
  digest: z.string().optional(),
  total: z.number().nonnegative().optional(),
  completed: z.number().nonnegative().optional(),
});

/**
 * Has an Ollama server fetch a model from its library. What it got stays there when it is stopped: the next call goes on.
 * @throws {PullError} what the server says; {LlmError} when no server answers, or it falls silent; the signal's reason,
 *   and the server stops
 */
export async function pullModel({ url, model, clock, onProgress }: PullOptions, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const server = parseServerUrl(url);
  const target: Target = { url: server.shown, model };
  const silent = new AbortController();
  const watchdog = new Watchdog(clock, (timeout, limitMs) =>
    silent.abort(llmError(timeout, target, `nothing for ${limitMs / 1000} s`)),
  );
  const connection = AbortSignal.any([signal, silent.signal]);
  try {
    watchdog.watch('connectTimeout', CONNECT_MS);
    const body = JSON.stringify({ model, stream: true });
    const headers = { 'content-type': 'application/json' };
    const answer = await sendHttp(new URL(`${server.base}/api/pull`), { method: 'POST', headers, body }, connection);
    const status = answer.statusCode ?? 0;
    if (status !== 200) {
      const text = await readText(answer, ERROR_BODY_BYTES);
      throw /"error"/.test(text) && status >= 400 ? pullError(text, model) : errorFromStatus(status, text, target);
    }
    const parts = new Map<string, { readonly total: number; readonly completed: number }>();
    watchdog.watch('stalled', SILENCE_MS);
    for await (const line of linesIn(answer, target)) {
      watchdog.watch('stalled', SILENCE_MS);
      if (line.trim() === '') continue;
      const told = lineOf(line, target);
      if (told.error !== undefined) throw pullError(told.error, model);
      if (told.status === 'success') return;
      if (told.digest !== undefined && told.total !== undefined) {
        parts.set(told.digest, {
          total: told.total,
          completed: told.completed ?? parts.get(told.digest)?.completed ?? 0,
        });
      }
      onProgress({ status: told.status ?? '', ...sumOf([...parts.values()]) });
    }
    connection.throwIfAborted();
    throw llmError('incomplete', target, 'it did not say that it was done');
  } catch (error) {
    signal.throwIfAborted();
    if (silent.signal.aborted) throw silent.signal.reason;
    throw error instanceof PullError ? error : errorFromConnection(error, target, false);
  } finally {
    watchdog.calm();
    silent.abort();
  }
}

/** A line is a few hundred bytes; what goes on without end is no pull. */
const MAX_LINE_CHARS = 64 * 1024;

async function* linesIn(body: AsyncIterable<Uint8Array>, target: Target): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of body) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_CHARS) throw llmError('badResponse', target, excerpt(rest));
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function sumOf(parts: readonly { readonly total: number; readonly completed: number }[]) {
  const doneBytes = parts.reduce((sum, { completed }) => sum + completed, 0);
  return { doneBytes, totalBytes: parts.length === 0 ? null : parts.reduce((sum, { total }) => sum + total, 0) };
}

function lineOf(line: string, target: Target): z.infer<typeof lineSchema> {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch (error) {
    throw llmError('badResponse', target, excerpt(line), error);
  }
}

/** What the server says, sorted by what the owner can do about it. */
const FAILURES: readonly (readonly [RegExp, PullFailure, string])[] = [
  [
    /file does not exist|not found|manifest unknown/i,
    'noSuchModel',
    'Its library has no such model: see https://ollama.com/library for the names.',
  ],
  [
    /no space left|disk quota/i,
    'noSpace',
    'Its disk is full: remove a model there (ollama list, ollama rm NAME), then try again; it goes on where it stopped.',
  ],
  [
    /x509|certificate|not yet valid|expired/i,
    'clock',
    'The secure connection failed, most often because the clock is wrong: see "date", then: sudo timedatectl set-ntp true',
  ],
  [
    /dial tcp|lookup|no such host|timeout|timed out|unreachable|connection re|proxy|EOF|max retries/i,
    'offline',
    'The server cannot reach its library: check its Internet connection (and HTTPS_PROXY of the ollama service), then try again; it goes on where it stopped.',
  ],
];

function pullError(said: string, model: string): PullError {
  const [, reason = 'failed', remedy = "Read the server's log: journalctl -u ollama"] =
    FAILURES.find(([pattern]) => pattern.test(said)) ?? [];
  return new PullError(reason, `The model server did not get ${model} (${excerpt(said)}). ${remedy}`);
}
