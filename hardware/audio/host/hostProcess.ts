import { fork } from 'node:child_process';
import { setPriority, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { FromHost, ToHost } from './hostProtocol.js';

/** A process that has one sound device open, as its parent sees it. */
export interface HostProcess {
  send(message: ToHost): void;
  onMessage(listener: (message: FromHost) => void): void;
  /** Told once, when it has ended or could not be started; `lastWords` is the end of what it wrote to stderr. */
  onExit(listener: (how: string, lastWords: string) => void): void;
  /** Ends it at once, whatever it is doing. Safe to call twice. It does not keep this process alive any more. */
  kill(): void;
}

export type StartHost = () => HostProcess;

/** What PulseAudio runs at. */
const AUDIO_NICENESS = -11;

/** Enough for a crash's own words. */
const MAX_STDERR_CHARS = 2_000;

/**
 * A new process for one stream. One that hangs or crashes in a native library harms nobody else, it can always be
 * killed, and it sees the devices that exist now (PortAudio lists them once, when it starts).
 * @param env its environment; this process's own when not given
 */
export function forkHost(env?: NodeJS.ProcessEnv): HostProcess {
  const child = fork(fileURLToPath(new URL('audioHost.child.js', import.meta.url)), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Flags of this process (a debugger's port, the test runner's) are not for it.
    execArgv: [],
    // naudiodon leaves a crash.log where it stands.
    cwd: tmpdir(),
    ...(env === undefined ? {} : { env }),
  });
  takePriority(child.pid);
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-MAX_STDERR_CHARS);
  });
  return {
    send: (message) => {
      // Telling something to a child that has just died: its exit says more.
      if (child.connected) child.send(message, () => {});
    },
    onMessage: (listener) => child.on('message', (message: FromHost) => listener(message)),
    onExit: (listener) => {
      child.once('error', (error) => listener(error.message, stderr));
      child.once('exit', (code, signal) => listener(signal ?? `exit code ${code}`, stderr));
    },
    kill: () => {
      // Without a number it could not be started, and the signal would go to our own process group.
      if (child.pid !== undefined) child.kill('SIGKILL');
      child.unref();
      child.channel?.unref();
      child.stderr?.destroy();
    },
  };
}

/**
 * Sound comes before computing, where that is permitted (systemd: LimitNICE=-11). Set from here, as only the threads that
 * start afterwards have it too, and Node starts some before it runs the first line of the program.
 */
function takePriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, AUDIO_NICENESS);
  } catch {
    // Then the sound has to share the processor.
  }
}
