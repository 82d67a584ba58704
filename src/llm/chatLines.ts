import type { LlmError } from './chatModel.js';
import { errorFromConnection, excerpt, llmError, serverError, type Target } from './ollamaErrors.js';

/** How many bytes of a reply are read before it counts as too long. */
export interface ByteLimits {
  /** For one line: what is held in memory. */
  readonly lineBytes: number;
  /** For the whole reply. */
  readonly totalBytes: number;
}

/**
 * Limits that a reply of `maxReplyChars` characters never reaches: a character takes at most 6 bytes in JSON (`\uXXXX`),
 * and a token of one character comes in an envelope of 100 to 300 bytes (model name, time, role).
 */
export function byteLimits(maxReplyChars: number): ByteLimits {
  const spare = 64 * 1024;
  return { lineBytes: spare + 6 * maxReplyChars, totalBytes: spare + 512 * maxReplyChars };
}

const NEWLINE = 0x0a;

/**
 * Passes on the lines of an Ollama chat answer, one at a time, each checked and with its newline, up to the one that
 * says `done`. The client library downstream prints what it cannot parse to the console, buffers lines without limit
 * and forgets the server's status; so nothing gets there that is not a good line.
 *
 * @throws {LlmError} `crashed` for the server's own error line, `badResponse` for anything that is not a chat line,
 * `incomplete` when the bytes end or the connection breaks before `done`, `tooLong` beyond `limits`
 */
export async function* chatLines(
  body: AsyncIterable<Uint8Array>,
  limits: ByteLimits,
  target: Target,
): AsyncGenerator<Uint8Array, void, undefined> {
  let started = false;
  try {
    for await (const { text, cutOff } of joinedDocument(splitLines(body, limits, target), limits, target)) {
      if (text.trim() === '') continue;
      if (cutOff && started && !isJson(text)) break;
      const kind = checkLine(text, target);
      yield Buffer.from(`${text}\n`);
      started = true;
      if (kind === 'last') return;
    }
  } catch (error) {
    throw errorFromConnection(error, target, started);
  }
  throw llmError('incomplete', target, 'the server did not say that it was done');
}

interface Line {
  readonly text: string;
  /** The bytes ended before its newline. */
  readonly cutOff: boolean;
}

async function* splitLines(
  body: AsyncIterable<Uint8Array>,
  limits: ByteLimits,
  target: Target,
): AsyncGenerator<Line, void, undefined> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let totalBytes = 0;
  for await (const piece of body) {
    let from = 0;
    for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, from)) {
      yield { text: decode([...held, piece.subarray(from, end)]), cutOff: false };
      held = [];
      heldBytes = 0;
      from = end + 1;
    }
    held.push(piece.subarray(from));
    heldBytes += piece.length - from;
    totalBytes += piece.length;
    if (heldBytes > limits.lineBytes) throw tooManyBytes('one line of it', limits.lineBytes, target);
    if (totalBytes > limits.totalBytes) throw tooManyBytes('it', limits.totalBytes, target);
  }
  yield { text: decode(held), cutOff: true };
}

/** A server that sends all at once may do so in a document of many lines; else the lines as they are. */
async function* joinedDocument(
  lines: AsyncIterable<Line>,
  { lineBytes }: ByteLimits,
  target: Target,
): AsyncGenerator<Line, void, undefined> {
  let document: string | undefined;
  let isFirst = true;
  for await (const line of lines) {
    if (isFirst && line.text.trim() === '{') document = '';
    if (line.text.trim() !== '') isFirst = false;
    if (document === undefined) {
      yield line;
      continue;
    }
    document += line.text.trim();
    if (document.length > lineBytes) throw tooManyBytes('it', lineBytes, target);
    if (!line.cutOff && !(line.text.trim() === '}' && isJson(document))) continue;
    yield { text: document, cutOff: line.cutOff };
    document = undefined;
  }
}

function decode(pieces: readonly Uint8Array[]): string {
  return Buffer.concat(pieces).toString('utf8');
}

function tooManyBytes(what: string, limitBytes: number, target: Target): LlmError {
  return llmError('tooLong', target, `${what} is over ${limitBytes} bytes`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function checkLine(text: string, target: Target): 'token' | 'last' {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch (error) {
    throw llmError('badResponse', target, `it sent ${excerpt(text)}`, error);
  }
  const failure = serverError(text);
  if (failure !== undefined) throw llmError('crashed', target, excerpt(failure));
  if (!isChatLine(line)) throw llmError('badResponse', target, `it sent ${excerpt(text)}`);
  return line.done ? 'last' : 'token';
}

function isChatLine(line: unknown): line is { message: object; done: boolean } {
  if (typeof line !== 'object' || line === null || !('message' in line) || !('done' in line)) return false;
  const { message, done } = line;
  if (typeof message !== 'object' || message === null || typeof done !== 'boolean') return false;
  if ('content' in message && typeof message.content === 'string') return true;
  // Gateways say null, or nothing, where there is nothing but calls.
  return 'tool_calls' in message && Array.isArray(message.tool_calls);
}
