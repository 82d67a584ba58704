import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readdir, readFile, readlink, stat, statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type HttpRequest, readText, sendHttp } from '../llm/httpConnection.js';
import type { Space } from '../skills/statusSkill.js';

/** How a command ended. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An answer over HTTP, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** Who may do what with a file, as stat(2) tells. */
export interface FilePermissions {
  /** The last nine bits count. */
  readonly mode: number;
}

/**
 * All that a check may see of this computer: passed in, so that a test can be any computer, good or bad. It only looks;
 * nothing of it writes, and nothing needs root.
 */
export interface Computer {
  readonly node: { readonly version: string; readonly architecture: string };
  /** `architecture` as the kernel has it: "aarch64", "x86_64". */
  readonly kernel: { readonly release: string; readonly architecture: string };
  now(): Date;
  /** Undefined: not there, or not for this user. */
  text(file: string): Promise<string | undefined>;
  /** What is in a folder; nothing where there is none. */
  names(folder: string): Promise<readonly string[]>;
  /** Where the links in a folder point to, as far as this user may know. */
  links(folder: string): Promise<readonly string[]>;
  permissions(file: string): Promise<FilePermissions | undefined>;
  /** Whether this user may read and write it, as a device must be. */
  usable(file: string): Promise<'yes' | 'denied' | 'missing'>;
  /** Of the disk that holds the folder, or will hold it. */
  space(folder: string): Promise<Space | undefined>;
  /** @returns undefined: the program is not there, or did not end in time. @throws the signal's reason */
  run(argv: readonly [string, ...string[]], signal: AbortSignal): Promise<CommandResult | undefined>;
  /** @param headers sent as they are. @throws Node's connection error, `ETIMEDOUT` too; the signal's reason */
  get(url: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<HttpAnswer>;
  /** Sends JSON. */
  post(url: string, body: object, signal: AbortSignal): Promise<HttpAnswer>;
}

/** A program that tells about the system does so at once, but for a busy Pi with a slow card. */
const COMMAND_MS = 8_000;
/** So does a server about itself. One that takes a question and never answers is known before a check's patience is over. */
const ANSWER_MS = 8_000;
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;

/** The computer that this program runs on. */
export function thisComputer(env: Readonly<Record<string, string | undefined>>, answerMs = ANSWER_MS): Computer {
  const exchange = (url: string, request: HttpRequest, signal: AbortSignal) =>
    exchangeWithin(answerMs, new URL(url), request, signal);
  return {
    node: { version: process.versions.node, architecture: process.arch },
    kernel: { release: os.release(), architecture: os.machine() },
    now: () => new Date(),
    text: (file) => readFile(file, 'utf8').catch(() => undefined),
    names: (folder) => readdir(folder).catch(() => []),
    links: async (folder) => {
      const names = await readdir(folder).catch(() => []);
      const links = await Promise.all(names.map((name) => readlink(path.join(folder, name)).catch(() => '')));
      return links.filter((link) => link !== '');
    },
    permissions: (file) => stat(file).catch(() => undefined),
    usable,
    space,
    run: ([program, ...args], signal) => runProgram(program, args, env, signal),
    get: (url, headers, signal) => exchange(url, { method: 'GET', headers }, signal),
    post: (url, body, signal) => {
      const text = JSON.stringify(body);
      const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) };
      return exchange(url, { method: 'POST', headers, body: text }, signal);
    },
  };
}

async function usable(file: string): Promise<'yes' | 'denied' | 'missing'> {
  try {
    await access(file, constants.R_OK | constants.W_OK);
    return 'yes';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'denied';
  }
}

async function space(folder: string): Promise<Space | undefined> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? undefined : space(parent);
  }
}

function runProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<CommandResult | undefined> {
  return new Promise((resolve, reject) => {
    const options = {
      env: { ...env, LC_ALL: 'C', SYSTEMD_PAGER: '' },
      timeout: COMMAND_MS,
      maxBuffer: MAX_OUTPUT_BYTES,
      signal,
    };
    execFile(program, args, options, (error, stdout, stderr) => {
      if (signal.aborted) reject(signal.reason);
      else if (error === null) resolve({ status: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ status: error.code, stdout, stderr });
      else resolve(undefined);
    });
  });
}

async function exchangeWithin(
  limitMs: number,
  url: URL,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const limit = AbortSignal.timeout(limitMs);
  try {
    const response = await sendHttp(url, request, AbortSignal.any([signal, limit]));
    try {
      return { status: response.statusCode ?? 0, body: await readText(response, MAX_OUTPUT_BYTES) };
    } finally {
      response.destroy();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!limit.aborted) throw error;
    throw Object.assign(new Error(`no answer within ${limitMs / 1000} s`), { code: 'ETIMEDOUT' });
  }
}
