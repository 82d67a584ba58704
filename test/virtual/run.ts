import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { MODELS } from '../fixtures/pressel.js';
import { checkoutRoot, sharedFile } from '../fixtures/shared.js';

/**
 * Runs the tests that need a real kernel's GPIO or sound card in a virtual machine that has some, and ends with their
 * status: the GPIO once as a Raspberry Pi 4 and once as a Pi 5, the others once. Where the virtual machine cannot run, it
 * says so and ends well.
 */
const GPIO = ['chardevButton', 'chardevProcess', 'outputLines', 'chooseButton'].map((name) => `hardware/gpio/${name}`);
const SOUND = ['loopback', 'loopbackTrouble'].map((name) => `hardware/audio/${name}`);
const APPLIANCE = ['appliance', 'badGpio'].map((name) => `virtual/${name}`);

const RUNS = [
  { label: 'pinctrl-bcm2835', tests: GPIO },
  { label: 'pinctrl-rp1', tests: [...GPIO, ...APPLIANCE] },
  { label: 'pinctrl-bcm2835', tests: SOUND },
];
const TIMEOUT_SECONDS = '120';

const machine = sharedFile('virtual-hardware/run');
if (machine === undefined || process.platform !== 'linux' || process.arch !== 'x64') {
  const why = machine === undefined ? 'it is not beside the checkout' : 'it runs on Linux on x86-64 only';
  process.stderr.write(`The tests in the virtual machine are skipped: ${why}.\n`);
} else {
  const root = checkoutRoot();
  for (const { label, tests } of RUNS) {
    const files = tests.map((name) => path.join('dist/test', `${name}.test.js`)).join(' ');
    // One virtual processor: test files side by side would spoil each other's latencies.
    // The guest's home is empty; the models are this machine's.
    const command = `PRESSEL_MODELS="${MODELS}" "${process.execPath}" --enable-source-maps --test --test-concurrency=1 ${files}`;
    process.stderr.write(`Virtual machine with ${label}:\n`);
    const { status } = spawnSync(machine, ['--label', label, '--timeout', TIMEOUT_SECONDS, '--', command], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (status !== 0) process.exitCode = 1;
  }
}
