import { existsSync } from 'node:fs';
import type { Dialogue } from '../../setup/dialogue.js';
import type { ServiceEnd } from '../../setup/pausedService.js';
import type { DeviceClaim } from './claimDevices.js';

/** Where the service's unit may be. */
const UNITS = [
  '/usr/local/lib/systemd/system/pressel.service',
  '/etc/systemd/system/pressel.service',
  '/usr/lib/systemd/system/pressel.service',
  '/lib/systemd/system/pressel.service',
];

/** What mends a service that should run and does not. */
const START = 'sudo systemctl restart pressel';

/** What an owner reads who has ended it early. @param again the command to go on with */
export function stoppedWith(file: string, written: readonly string[], again: string): string {
  const kept =
    written.length === 0 ? `${file} is as it was.` : `${file} has what you confirmed: ${written.join(', ')}.`;
  return `Stopped. ${kept} To go on: ${again} (what it has is marked then, and downloads go on where they stopped).`;
}

/** How what was set up is called. */
export interface CallOptions {
  readonly command: (subcommand: string) => string;
  /** It has a file of its own (`--config`), and counts with that only. */
  readonly isItsOwn: boolean;
}

/** What has become of the service; undefined: nothing that need be said. */
export function serviceLine(end: ServiceEnd): string | undefined {
  switch (end.service) {
    case 'started':
      return 'The service is started, and from now on it starts with the computer.';
    case 'restarted':
      return 'The service is started again, with these settings.';
    case 'failed':
      return `The service could not be started (${end.why}): ${START}`;
    default:
      return undefined;
  }
}

/** What is left to do, and what comes next. */
export async function tellEnd(
  dialogue: Dialogue,
  left: readonly string[],
  { service }: ServiceEnd,
  devices: Pick<DeviceClaim, 'claim'>,
  { command, isItsOwn }: CallOptions,
): Promise<void> {
  dialogue.title(left.length === 0 ? 'All is set up.' : 'Set up, but for this:');
  for (const each of left) dialogue.tell(each, 'warning');
  const isLooked = service === 'started' || service === 'restarted';
  dialogue.note(
    'What comes next',
    columns([
      isLooked
        ? ['systemctl status pressel', 'what the assistant does, and what is wrong']
        : [isItsOwn ? command('run') : await startCommand(devices), 'starts the assistant'],
      [isLooked ? 'sudo pressel doctor --in-service' : command('doctor'), 'looks after it when something is wrong'],
      [command('setup'), 'may be run again at any time'],
    ]),
  );
}

async function startCommand({ claim }: Pick<DeviceClaim, 'claim'>): Promise<string> {
  if (!UNITS.some((unit) => existsSync(unit))) return 'pressel run';
  return (await claim()) === undefined ? 'sudo systemctl enable --now pressel' : START;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([command]) => command.length));
  return rows.map(([command, meaning]) => `${command.padEnd(width)}   ${meaning}`);
}
