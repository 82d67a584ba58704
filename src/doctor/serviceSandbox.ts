import { inSandboxOf, serviceSettings } from '../service/unitSandbox.js';

/** Longer than all checks together may take: then nobody waits for it any more. */
const LONGEST_S = 900;

/** The unit has no command that could be run with "doctor" in the place of "run". */
export class NoServiceCommandError extends Error {
  override readonly name = 'NoServiceCommandError';
}

/**
 * The command line that runs `pressel doctor` as the service is run: its program, user, devices and limits.
 * @param unit the unit's text with all drop-ins, as `systemctl cat` gives it
 * @param name of the unit that is made for it; one that has failed stays, to be asked why, until `systemctl reset-failed`
 * @param flags of `pressel doctor`
 * @throws {NoServiceCommandError}
 */
export function sandboxedDoctor(unit: string, name: string, flags: readonly string[]): [string, ...string[]] {
  const starts = serviceSettings(unit)
    .filter(([key, value]) => key === 'ExecStart' && value !== '')
    .map(([, value]) => value);
  const [program, config] = doctorOf(starts.at(-1) ?? '');
  return inSandboxOf(unit, [...program, 'doctor', ...config, ...flags], { longestS: LONGEST_S, name });
}

/** The program of "node main.js run --config FILE", and its configuration. */
function doctorOf(start: string): readonly [program: string[], config: string[]] {
  const words = start
    .replace(/^[-@:+!]+/, '')
    .split(/\s+/)
    .filter((word) => word !== '');
  const at = words.indexOf('run');
  if (at < 1)
    throw new NoServiceCommandError(`The service is not started by "pressel run", but by: ${start || 'nothing'}`);
  const rest = words.slice(at + 1);
  const configAt = rest.indexOf('--config');
  return [words.slice(0, at), configAt === -1 ? [] : rest.slice(configAt, configAt + 2)];
}
