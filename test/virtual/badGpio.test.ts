import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ApplianceProcess, type LogLine } from '../fixtures/applianceProcess.js';
import { skipWithoutModel } from '../fixtures/models.js';
import { HEADER_DEVICE, skipOutsideVirtualMachine, VirtualChip } from '../hardware/gpio/virtualChip.js';

const HOLDER = fileURLToPath(new URL('../hardware/gpio/lineHolder.js', import.meta.url));
/** No sound: it is not what this is about. */
const env = { PRESSEL_AUDIO_INPUT: 'none such', PRESSEL_AUDIO_OUTPUT: 'none such' };

const skip = skipOutsideVirtualMachine || skipWithoutModel('moonshine-tiny-en', 'silero-vad-v6');

describe('an appliance whose lines cannot be had', { skip }, () => {
  /** It says so and stays up. @returns what it said */
  async function warned(t: TestContext, settings: Record<string, string>, words: RegExp): Promise<LogLine> {
    const appliance = await ApplianceProcess.start(t, { env: { ...env, ...settings } });
    await appliance.until(({ msg }) => msg === 'ready');
    const line = await appliance.until(({ msg }) => words.test(msg));
    assert.equal((await appliance.stop()).code, 0);
    return line;
  }

  for (const driver of ['auto', 'chardev']) {
    it(`names the nearest lines where there is no such line, with the driver "${driver}"`, async (t) => {
      const settings = { PRESSEL_BUTTON_LINE: 'GPIO99', PRESSEL_BUTTON_DRIVER: driver };
      const { msg } = await warned(t, settings, /GPIO99/);
      assert.match(msg, /nearest names are .*GPIO9/);
    });
  }

  it('names the program that holds the line', async (t) => {
    new VirtualChip(HEADER_DEVICE).ground(6);
    const holder = spawn(process.execPath, [HOLDER, 'GPIO6'], { stdio: ['pipe', 'pipe', 'inherit'] });
    t.after(() => holder.kill('SIGKILL'));
    await once(holder.stdout, 'data');
    const { msg, level } = await warned(t, { PRESSEL_BUTTON_LINE: 'GPIO6' }, /GPIO6 .*in use|GPIO6.* held|by pressel/);
    assert.match(msg, /by pressel/);
    assert.equal(level, 40);
  });
});
