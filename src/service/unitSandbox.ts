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

/** How a program runs in a service's place. */
export interface SandboxRun {
  /** Then nobody waits for it any more. */
  readonly longestS: number;
  /** Of the unit that is made for it; one that has failed stays, to be asked why, until `systemctl reset-failed`. */
  readonly name?: string;
}

/**
 * The command line that runs a program as a service of systemd would be run: its user, devices, folders and limits.
 * @param unit the unit's text with all drop-ins, as `systemctl cat` gives it
 * @param argv the program, in place of the unit's own
 */
export function inSandboxOf(
  unit: string,
  argv: readonly string[],
  { longestS, name }: SandboxRun,
): [string, ...string[]] {
  const properties = serviceSettings(unit)
    .filter(([key]) => !NOT_SANDBOX.test(key))
    // A setting without a value takes back what stood before it; systemd-run understands that too.
    .map(([key, value]) => `--property=${key}=${key.startsWith('IPAddress') ? spelledOut(value) : value}`);
  return [
    'systemd-run',
    '--pipe',
    '--wait',
    '--quiet',
    name === undefined ? '--collect' : `--unit=${name}`,
    '--service-type=exec',
    `--property=RuntimeMaxSec=${longestS}`,
    // The folder belongs to the running service: it must not go when this ends.
    '--property=RuntimeDirectoryPreserve=yes',
    ...properties,
    '--',
    ...argv,
  ];
}

function spelledOut(addresses: string): string {
  return addresses.replace(/[a-z-]+/g, (word) => ADDRESSES[word] ?? word);
}

/** Key and value of each line of the [Service] section (systemd.syntax(7)). */
export function serviceSettings(unit: string): (readonly [key: string, value: string])[] {
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
