import type { CommandEnd } from '../processes/runCommand.js';

/** What the service manager knows of the service. */
export interface ServiceState {
  readonly isInstalled: boolean;
  /** systemd's ActiveState; `active` of a `Type=notify` service: it has said READY. */
  readonly active: string;
  readonly pid: number;
  /** Why it ended, in systemd's word: `exit-code`, `watchdog`, `timeout`. */
  readonly result: string;
  /** What it says of itself. */
  readonly status: string;
}

/** The running appliance, as an update sees it. */
export interface Service {
  state(signal: AbortSignal): Promise<ServiceState>;
  /** Begins to restart it with what `current` leads to now; does not wait. */
  restart(signal: AbortSignal): Promise<void>;
  /** The last lines of its log; empty when they cannot be read. */
  lastLines(signal: AbortSignal): Promise<string>;
}

const UNIT = 'pressel.service';
const PROPERTIES = ['LoadState', 'ActiveState', 'MainPID', 'Result', 'StatusText'];

/** @param run runs a program and waits for it */
export function systemdService(run: (argv: readonly string[], signal: AbortSignal) => Promise<CommandEnd>): Service {
  const systemctl = async (args: readonly string[], signal: AbortSignal): Promise<string> => {
    const end = await run(['systemctl', ...args], signal);
    if (end.ended === 'exited' && end.status === 0) return end.stdout;
    const why = end.ended === 'exited' ? end.stderr.trim() : end.ended === 'notStarted' ? end.error.message : end.ended;
    throw new Error(`systemctl ${args.join(' ')} failed: ${why}`);
  };
  return {
    async state(signal) {
      const text = await systemctl(['show', UNIT, `--property=${PROPERTIES.join(',')}`], signal).catch(
        (error: unknown) => {
          signal.throwIfAborted();
          if (error instanceof Error) return 'LoadState=not-found'; // no systemd here: nothing to restart
          throw error;
        },
      );
      const values = new Map(
        text.split('\n').map((line) => {
          const at = line.indexOf('=');
          return [line.slice(0, at), line.slice(at + 1)] as const;
        }),
      );
      const value = (name: string) => values.get(name) ?? '';
      return {
        isInstalled: value('LoadState') === 'loaded',
        active: value('ActiveState'),
        pid: Number(value('MainPID')) || 0,
        result: value('Result'),
        status: value('StatusText'),
      };
    },
    async restart(signal) {
      await systemctl(['daemon-reload'], signal); // the unit is part of the version
      await systemctl(['reset-failed', UNIT], signal).catch(() => signal.throwIfAborted()); // had not failed
      await systemctl(['restart', '--no-block', UNIT], signal);
    },
    async lastLines(signal) {
      const end = await run(['journalctl', `--unit=${UNIT}`, '--lines=5', '--output=cat', '--no-pager'], signal);
      return end.ended === 'exited' ? end.stdout.trim() : '';
    },
  };
}
