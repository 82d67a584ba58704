import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { checkoutRoot, sharedFile } from '../fixtures/shared.js';

/**
 * Runs the tests that need a real kernel's GPIO in a virtual machine that has some, once as a Raspberry Pi 4 and once
 * as a Pi 5, and ends with their status. Where the virtual machine cannot run, it says so and ends well.
 */
const LABELS = ['pinctrl-bcm2835', 'pinctrl-rp1'];
const TESTS = ['chardevButton', 'outputLines', 'chooseButton'];
const TIMEOUT_SECONDS = '60';

const machine = sharedFile('virtual-hardware/run');
if (machine === undefined || process.platform !== 'linux' || process.arch !== 'x64') {
  const why = machine === undefined ? 'it is not beside the checkout' : 'it runs on Linux on x86-64 only';
  process.stderr.write(`The tests in the virtual machine are skipped: ${why}.\n`);
} else {
  const root = checkoutRoot();
  const files = TESTS.map((name) => path.join('dist/test/hardware/gpio', `${name}.test.js`)).join(' ');
  // One virtual processor: test files side by side would spoil each other's latencies.
  const command = `"${process.execPath}" --enable-source-maps --test --test-concurrency=1 ${files}`;
  for (const label of LABELS) {
    process.stderr.write(`Virtual machine with ${label}:\n`);
    const { status } = spawnSync(machine, ['--label', label, '--timeout', TIMEOUT_SECONDS, '--', command], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (status !== 0) process.exitCode = 1;
  }
}
