import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Leftovers } from '../fixtures/cleanUp.js';
import { pulseMissing } from '../fixtures/pulse/pulseMissing.js';
import { startPulse } from '../fixtures/pulse/startPulse.js';
import { checkoutRoot } from '../fixtures/shared.js';

/**
 * `pressel bench soak` on a private sound server. Arguments are handed on: with `--question-sink micsink` every second
 * question is spoken.
 */
const leftovers = new Leftovers();
const missing = pulseMissing();
if (missing !== false) {
  process.stderr.write(`The soak ${missing}\n`);
  process.exitCode = 1;
} else {
  // The program ends with its figures, and then this does.
  process.on('SIGINT', () => {});
  try {
    const rig = await startPulse(leftovers);
    const main = path.join(checkoutRoot(), 'dist', 'src', 'cli', 'main.js');
    const child = spawn(process.execPath, [main, 'bench', 'soak', '--turns', '300', ...process.argv.slice(2)], {
      stdio: 'inherit',
      env: { ...process.env, ...rig.env },
    });
    const [code] = await once(child, 'close');
    process.exitCode = code ?? 1;
  } finally {
    await leftovers.clear();
  }
}
