import type { Computer } from './computer.js';

/** The service, as it is installed. */
export const UNIT = 'pressel.service';

/** What systemd says of the service: the properties of `systemctl show`, by their names there. */
export interface UnitState {
  /** "loaded", "not-found". */
  readonly LoadState: string;
  /** "active", "activating", "inactive", "failed". */
  readonly ActiveState: string;
  readonly SubState: string;
  /** Whether it starts with the computer: "enabled", "disabled". */
  readonly UnitFileState: string;
  /** How it ended last: "success", "exit-code", "watchdog", "oom-kill". */
  readonly Result: string;
  /** What it says of itself. */
  readonly StatusText: string;
  /** Since it was started by hand or with the computer. */
  readonly NRestarts: string;
  /** "0": it does not run. */
  readonly MainPID: string;
}

const NAMES = [
  'LoadState',
  'ActiveState',
  'SubState',
  'UnitFileState',
  'Result',
  'StatusText',
  'NRestarts',
  'MainPID',
] as const satisfies readonly (keyof UnitState)[];

/** @returns undefined: there is no systemd, or it does not answer. @throws the signal's reason */
export async function readUnit(computer: Pick<Computer, 'run'>, signal: AbortSignal): Promise<UnitState | undefined> {
  const shown = await computer.run(['systemctl', 'show', UNIT, `--property=${NAMES.join(',')}`], signal);
  if (shown?.status !== 0) return undefined;
  const shownAs = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(shown.stdout)?.[1] ?? '';
  if (shownAs('LoadState') === '') return undefined;
  return Object.fromEntries(NAMES.map((name) => [name, shownAs(name)])) as unknown as UnitState;
}

/** The process of the service; undefined: it does not run. */
export function unitPid(unit: UnitState | undefined): number | undefined {
  const pid = Number(unit?.MainPID ?? 0);
  return pid > 0 ? pid : undefined;
}
