/**
 * Settings of a unit's [Service] section that are not its sandbox: how it is started, watched, ended and logged. What is
 * not among them, systemd-run takes as it stands in the unit (systemd.exec(5), systemd.resource-control(5)).
 */
const NOT_SANDBOX =
  /^(?:Type|NotifyAccess|Exec.*|Restart.*|StartLimit.*|Watchdog.*|Timeout.*|RuntimeMaxSec|Reload.*|Standard(?:Input|Output|Error)|TTY.*|Syslog.*|LogRateLimit.*|LogLevelMax|LogExtraFields|LogNamespace|SuccessExitStatus|RemainAfterExit|PIDFile|BusName|GuessMainPID|Sockets|FileDescriptor.*|Kill.*|SendSIG.*|FinalKillSignal|RuntimeDirectoryPreserve|OOMPolicy|RootDirectoryStartOnly|NonBlocking|USBFunction.*)$/;

/** Names of addresses (systemd.resource-control(5)), which stand for these in a unit and are not known to systemd-run. */
const ADDRESSES: Readonly<Record<string, string>> = {
  any: '0.0.0.0/0 ::/0',
  localhost: '127.0.0.0/8 ::1/128',
  'link-local': '169.254.0.0/16 fe80::/64',
  multicast: '224.0.0.0/4 ff00::/8',
};

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
  const settings = serviceSettings(unit);
  const starts = settings.filter(([key, value]) => key === 'ExecStart' && value !== '').map(([, value]) => value);
  const [program, config] = doctorOf(starts.at(-1) ?? '');
  const properties = settings
    .filter(([key]) => !NOT_SANDBOX.test(key))
    // A setting without a value takes back what stood before it; systemd-run understands that too.
    .map(([key, value]) => `--property=${key}=${key.startsWith('IPAddress') ? spelledOut(value) : value}`);
  return [
    'systemd-run',
    '--pipe',
    '--wait',
    '--quiet',
    `--unit=${name}`,
    '--service-type=exec',
    `--property=RuntimeMaxSec=${LONGEST_S}`,
    // The folder belongs to the running service: it must not go when this ends.
    '--property=RuntimeDirectoryPreserve=yes',
    ...properties,
    '--',
    ...program,
    'doctor',
    ...config,
    ...flags,
  ];
}

function spelledOut(addresses: string): string {
  return addresses.replace(/[a-z-]+/g, (word) => ADDRESSES[word] ?? word);
}

/** Key and value of each line of the [Service] section (systemd.syntax(7)). */
function serviceSettings(unit: string): (readonly [key: string, value: string])[] {
  let section = '';
  return unit
    .replace(/\\\n/g, ' ')
    .split('\n')
    .flatMap((raw) => {
      const line = raw.trim();
      const header = /^\[(.*)\]$/.exec(line)?.[1];
      if (header !== undefined) section = header;
      const [, key, value] = /^([A-Za-z]+)\s*=\s*(.*)$/.exec(line) ?? [];
      return section === 'Service' && key !== undefined && value !== undefined ? [[key, value] as const] : [];
    });
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
