import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { MODELS } from '../fixtures/pressel.js';
import { checkoutRoot } from '../fixtures/shared.js';
import { copyDebian, debianMissing, type Suite } from './debianRoot.js';
import { machineMissing, runMachine } from './virtualMachine.js';

/** Two to three times what it takes. */
const TIMEOUT_SECONDS = 420;

/** So that a frozen program is found soon; the unit's own patience is longer. */
const WATCHDOG_SECONDS = 6;

const CONFIG = `board = "button-and-led"
[audio]
input = "hw:Loopback,1"
output = "hw:Loopback,0"
[models]
folder = "/opt/pressel/models"
`;

const SCENARIO_UNIT = `[Service]
Type=oneshot
TimeoutStartSec=infinity
ExecStart=/bin/sh /scenario.sh
`;

/** What the scenario found, by step and key, and the journal of the whole. */
export interface Findings {
  readonly of: (step: string, key: string) => string | undefined;
  readonly journal: string;
}

/** Why the service cannot be booted here, or false. */
export function bootMissing(suite: Suite): string | false {
  const machine = machineMissing();
  if (machine !== false) return machine;
  if (!existsSync(path.join(MODELS, 'moonshine-tiny-en'))) return 'needs the default models';
  return debianMissing(suite, 'complete');
}

/**
 * Boots a Debian with systemd and the service in a virtual machine with a sound card and GPIO lines, and lets
 * `scenario.sh` happen to it.
 * @throws when it does not come to its end
 */
export function bootService(suite: Suite): Findings {
  // On a disk: the kernel's memory, and files of several hundred megabytes.
  const work = mkdtempSync('/var/tmp/pressel-test-');
  try {
    const root = path.join(work, 'root');
    const out = path.join(work, 'out');
    mkdirSync(out);
    writeFileSync(path.join(out, 'shared'), ''); // a folder with nothing in it looks as if it were not mounted
    copyDebian(suite, 'complete', root);
    install(root);
    const log = runMachine({
      root: ['root=/dev/root', 'rootfstype=hostfs', `rootflags=${root}`],
      memoryMb: 1_200,
      init: '/guest-init.sh',
      folders: {
        checkout: checkoutRoot(),
        modules: realpathSync(path.join(checkoutRoot(), 'node_modules')),
        node: path.dirname(realpathSync(process.execPath)),
        models: realpathSync(MODELS),
        out,
      },
      limitSeconds: TIMEOUT_SECONDS,
    });
    const read = (name: string) => (existsSync(path.join(out, name)) ? readFileSync(path.join(out, name), 'utf8') : '');
    const result = read('result');
    if (!/^end$/m.test(result)) throw new Error(`The scenario was not finished:\n${result}\n${log.slice(-3_000)}`);
    const lines = new Map(
      result.split('\n').flatMap((line): [string, string][] => {
        const [, name = '', value = ''] = /^(\S+ [^=]+)=(.*)$/.exec(line) ?? [];
        return name === '' ? [] : [[name, value]];
      }),
    );
    return { of: (step, key) => lines.get(`${step} ${key}`), journal: read('journal') };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** As an installer does it, but that the program itself is mounted when the machine starts. */
function install(root: string): void {
  const deploy = path.join(checkoutRoot(), 'deploy');
  const here = path.join(checkoutRoot(), 'test', 'service');
  const at = (...parts: string[]) => {
    const file = path.join(root, ...parts);
    mkdirSync(path.dirname(file), { recursive: true });
    return file;
  };
  const users = spawnSync('systemd-sysusers', [`--root=${root}`, path.join(deploy, 'pressel.sysusers')]);
  if (users.status !== 0) throw new Error(`the user cannot be made: ${users.stderr}`);
  copyFileSync(path.join(deploy, '60-pressel.rules'), at('usr/lib/udev/rules.d/60-pressel.rules'));
  // Not pressel-models.service: there is no Internet to fetch anything from.
  copyFileSync(path.join(deploy, 'pressel.service'), at('etc/systemd/system/pressel.service'));
  writeFileSync(at('etc/systemd/system/pressel.service.d/test.conf'), `[Service]\nWatchdogSec=${WATCHDOG_SECONDS}\n`);
  writeFileSync(at('etc/systemd/system/scenario.service'), SCENARIO_UNIT);
  for (const unit of ['pressel.service', 'scenario.service']) {
    symlinkSync(`../${unit}`, at('etc/systemd/system/multi-user.target.wants', unit));
  }
  writeFileSync(at('etc/pressel/config.toml'), CONFIG);
  copyFileSync(path.join(checkoutRoot(), 'package.json'), at('opt/pressel/versions/test/package.json'));
  symlinkSync('versions/test', at('opt/pressel/current'));
  for (const script of ['scenario.sh', 'guest-init.sh', 'guest-hardware.sh']) {
    copyFileSync(path.join(here, script), at(script));
    chmodSync(at(script), 0o755);
  }
}
