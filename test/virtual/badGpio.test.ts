import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listGpioChips } from '../../hardware/gpio/chardev/chips.js';
import { ApplianceProcess } from '../fixtures/applianceProcess.js';
import { skipWithoutModel } from '../fixtures/models.js';
import { HEADER_DEVICE, skipOutsideVirtualMachine, VirtualChip } from '../hardware/gpio/virtualChip.js';

const HOLDER = fileURLToPath(new URL('../hardware/gpio/lineHolder.js', import.meta.url));
/** No sound: it is not what this is about. */
const env = { PRESSEL_AUDIO_INPUT: 'none such', PRESSEL_AUDIO_OUTPUT: 'none such' };
/** The log's number of a warning. */
const WARNING = 40;
const NOBODY = 65_534;

const skip = skipOutsideVirtualMachine || skipWithoutModel('moonshine-tiny-en', 'silero-vad-v6');

describe('an appliance whose lines cannot be had', { skip }, () => {
  it('names the nearest lines where there is no such line, and stays up', async (t) => {
    const settings = { PRESSEL_BUTTON_LINE: 'GPIO99', PRESSEL_BUTTON_DRIVER: 'chardev' };
    const appliance = await ApplianceProcess.start(t, { env: { ...env, ...settings } });
    const { msg, level } = await appliance.until((line) => /GPIO99.*nearest names are .*GPIO9/.test(line.msg));
    assert.equal(level, WARNING, msg);
    await appliance.until((line) => line.msg === 'ready');
    assert.equal((await appliance.stop()).code, 0);
  });

  it('names the program that holds the line', async (t) => {
    new VirtualChip(HEADER_DEVICE).ground(6);
    const holder = spawn(process.execPath, [HOLDER, 'GPIO6'], { stdio: ['pipe', 'pipe', 'inherit'] });
    t.after(() => holder.kill('SIGKILL'));
    await once(holder.stdout, 'data');
    const settings = { PRESSEL_BUTTON_LINE: 'GPIO6', PRESSEL_LEDS_OUTPUT: 'gpio', PRESSEL_LEDS_LINES: 'GPIO6' };
    const appliance = await ApplianceProcess.start(t, { env: { ...env, ...settings } });
    for (const part of [/There are no LEDs: .*GPIO6.*by pressel/, /^(?!There are no LEDs).*GPIO6.*by pressel/]) {
      const { msg, level } = await appliance.until((line) => part.test(line.msg));
      assert.equal(level, WARNING, msg);
    }
    assert.equal((await appliance.stop()).code, 0);
  });

  it('tells how to be allowed to open the chip', async (t) => {
    const chips = listGpioChips().map(({ path }) => path);
    for (const chip of chips) chownSync(chip, NOBODY, NOBODY);
    t.after(() => {
      for (const chip of chips) chownSync(chip, 0, 0);
    });
    // The tests are run by root, who is then no more than the owner of root's files.
    const under = ['setpriv', '--bounding-set=-dac_override,-dac_read_search'];
    const settings = { PRESSEL_BUTTON_DRIVER: 'chardev', PRESSEL_LEDS_OUTPUT: 'none' };
    const appliance = await ApplianceProcess.start(t, { env: { ...env, ...settings }, under });
    const { level } = await appliance.until((line) => /gpiochip.*usermod -aG gpio \$USER/.test(line.msg));
    assert.equal(level, WARNING);
    assert.equal((await appliance.stop()).code, 0);
  });
});
