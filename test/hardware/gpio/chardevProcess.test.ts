import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../hardware/clock.js';
import { ChardevButton } from '../../../hardware/gpio/chardev/chardevButton.js';
import { GpioError } from '../../../hardware/gpio/drivers.js';
import { listen } from './buttonContract.js';
import { HEADER_DEVICE, skipOutsideVirtualMachine, VirtualChip } from './virtualChip.js';

const HOLDER = fileURLToPath(new URL('./lineHolder.js', import.meta.url));
const OFFSET = 6;

describe('a line that another process holds', { skip: skipOutsideVirtualMachine }, () => {
  /** Started with the button down, so that it says when it has the line. */
  async function startHolder() {
    const header = new VirtualChip(HEADER_DEVICE);
    header.ground(OFFSET);
    const holder = spawn(process.execPath, [HOLDER, `GPIO${OFFSET}`], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [said] = await once(holder.stdout, 'data');
    assert.equal(String(said), 'pressed\n');
    return { holder, left: once(holder, 'exit') };
  }
  const button = () => new ChardevButton({ line: `GPIO${OFFSET}`, clock: systemClock, bias: 'none' });

  it('is refused with the name of its holder, and is free when that is killed', async () => {
    const { holder, left } = await startHolder();
    const error = await listen(button(), new AbortController().signal).ended;
    assert.ok(error instanceof GpioError, String(error));
    assert.equal(error.reason, 'lineBusy');
    assert.match(error.message, /by pressel/);
    holder.kill('SIGKILL');
    await left;
    for await (const edge of button().edges(new AbortController().signal)) {
      assert.equal(edge.pressed, true);
      break;
    }
  });

  it('does not keep that process from exiting', async () => {
    const { holder, left } = await startHolder();
    holder.stdin.write('exit');
    assert.deepEqual(await left, [3, null]);
  });
});
