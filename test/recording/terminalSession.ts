import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as realTime } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { Cast, CastEvent } from './cast.js';

/** Green, as the shell's own marks around it say where it is not seen. */
const PROMPT = '\x1b[32m$\x1b[0m ';
const PS1 = '\\[\x1b[32m\\]$\\[\x1b[0m\\] ';
/** As a person types who knows what to type. */
const KEY_MS = 45;
/** Time to read what there is before the next thing is typed. */
const READING_MS = 1_400;
/** Whatever takes longer hangs. */
const HANG_MS = 60_000;

export interface SessionOptions {
  readonly columns: number;
  readonly rows: number;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Types commands at a shell in a terminal of its own (`script`, apt package bsdutils) and keeps what it shows, with the
 * times at which it showed it.
 * @throws when a command does not come back to the prompt
 */
export async function recordedSession(
  commands: readonly string[],
  { columns, rows, folder, env }: SessionOptions,
): Promise<Cast> {
  const shell = `stty cols ${columns} rows ${rows}; exec bash --norc --noprofile`;
  const child = spawn('script', ['-qefc', shell, '/dev/null'], {
    cwd: folder,
    // A window title or a bracketed paste is no part of the picture.
    env: { ...env, PS1, TERM: 'xterm-256color', LANG: 'C.UTF-8', INPUTRC: '/dev/null' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const events: CastEvent[] = [];
  let beganMs = performance.now();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    events.push({ atMs: performance.now() - beganMs, text });
  });
  const prompted = async () => {
    const givenUpMs = performance.now() + HANG_MS;
    for (;;) {
      const shown = stripVTControlCharacters(events.map(({ text }) => text).join(''));
      if (/(?:^|[\r\n])\$ $/.test(shown)) return;
      if (performance.now() > givenUpMs) throw new Error(`no prompt came back:\n${shown}`);
      await realTime(20);
    }
  };
  try {
    await prompted();
    beganMs = performance.now();
    events.splice(0, events.length, { atMs: 0, text: PROMPT });
    for (const command of commands) {
      await realTime(READING_MS / 2);
      for (const key of command) {
        child.stdin.write(key);
        await realTime(KEY_MS);
      }
      child.stdin.write('\r');
      await realTime(200);
      await prompted();
      await realTime(READING_MS);
    }
    return { columns, rows, events: [...events] };
  } finally {
    // The end of its input ends the shell, and with it the terminal; one that hangs is killed.
    child.stdin.end('\x03exit\r');
    const killing = setTimeout(() => child.kill('SIGKILL'), 2_000);
    await ended;
    clearTimeout(killing);
  }
}
