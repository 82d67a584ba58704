import { execFile } from 'node:child_process';

/** Where a sound server (PulseAudio, or PipeWire in its place) sends and takes sound that names no device. */
export interface ServerDefaults {
  readonly source: string;
  readonly sink: string;
}

/** A server that hangs is as good as none. */
const ANSWER_TIMEOUT_MS = 2_000;

/**
 * Undefined where there is no sound server, or no `pactl` to ask it with.
 * @throws only the signal's reason
 */
export function serverDefaults(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<ServerDefaults | undefined> {
  const options = { env: { ...env, LC_ALL: 'C' }, timeout: ANSWER_TIMEOUT_MS, signal, killSignal: 'SIGKILL' } as const;
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    execFile('pactl', ['info'], options, (error, stdout) => {
      if (signal.aborted) reject(signal.reason);
      else resolve(error === null ? defaultsIn(stdout, env) : undefined);
    });
  });
}

/** The environment of a program counts for more (pulse-client's PULSE_SOURCE and PULSE_SINK). */
function defaultsIn(info: string, env: NodeJS.ProcessEnv): ServerDefaults | undefined {
  const source = env['PULSE_SOURCE'] || /^Default Source: (.+)$/m.exec(info)?.[1];
  const sink = env['PULSE_SINK'] || /^Default Sink: (.+)$/m.exec(info)?.[1];
  return source === undefined || sink === undefined ? undefined : { source, sink };
}
