import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as realTime } from 'node:timers/promises';
import { systemClock } from '../../hardware/clock.js';
import { startScriptedOllama } from '../../src/llm/scripted/scriptedOllama.js';
import { SCRIPTED_MODEL } from '../../src/llm/scripted/scriptedResponder.js';
import { ApplianceProcess, type LogLine } from '../fixtures/applianceProcess.js';
import { skipWithoutModel } from '../fixtures/models.js';
import { HEADER_DEVICE, skipOutsideVirtualMachine, VirtualChip } from '../hardware/gpio/virtualChip.js';
import { usedLines } from './usedLines.js';

const BUTTON = 17;
const LED = 27;
const env = {
  PRESSEL_BOARD: 'button-and-led',
  PRESSEL_AUDIO_INPUT: 'hw:Loopback,1',
  PRESSEL_AUDIO_OUTPUT: 'hw:Loopback,0',
};

/** Another press so soon would make a double tap of them. */
const AFTER_A_TAP_MS = 700;
/** Of the default pattern "pulse 3s 2x". */
const MUTED_PERIOD_MS = 3_000;

const skip = skipOutsideVirtualMachine || skipWithoutModel('moonshine-tiny-en', 'silero-vad-v6');

/** The state of the assistant's turn, "listening.waiting", in a line of the log that tells it. */
function turnOf(line: LogLine): string {
  const state = line['state'];
  return typeof state === 'object' && state !== null && 'turn' in state ? JSON.stringify(state.turn) : '';
}

describe('the appliance with a button and an LED', { skip }, () => {
  const header = new VirtualChip(HEADER_DEVICE);
  /** Resolves when the LED shows this, and at once where it does. */
  const led = async (level: number) => {
    while (header.level(LED) !== level) await realTime(5);
  };
  /** How often it is lit for the first time in `ms`. */
  async function flashes(ms: number): Promise<number> {
    let [count, before] = [0, header.level(LED)];
    for (const endMs = systemClock.now() + ms; systemClock.now() < endMs; await realTime(5)) {
      const now = header.level(LED);
      if (now > before) count += 1;
      before = now;
    }
    return count;
  }
  const press = () => header.ground(BUTTON);
  const release = () => header.open(BUTTON);

  it('listens when it is pressed, is muted by a long press, and leaves nothing behind', async (t) => {
    const server = await startScriptedOllama({ firstTokenMs: 50, tokensPerSecond: 40 });
    t.after(() => server.close());
    release();
    const appliance = await ApplianceProcess.start(t, {
      env: { ...env, PRESSEL_LLM_URL: server.url, PRESSEL_LLM_MODEL: SCRIPTED_MODEL },
    });
    await appliance.until(({ msg }) => msg === 'ready');
    await appliance.until(({ msg }) => msg === 'the microphone is open');
    await appliance.until(({ msg }) => msg === 'the speaker is open');
    await appliance.until(({ state }) => JSON.stringify(state ?? '').includes('"model":"ready"'));
    const used = usedLines().map(({ name, consumer }) => `${name} ${consumer}`);
    assert.deepEqual(used, ['GPIO17 pressel', 'GPIO27 pressel']);

    const pressedAtMs = systemClock.now();
    let from = appliance.lines.length;
    press();
    await appliance.until((line) => turnOf(line).includes('listening'), from);
    await led(1);
    t.diagnostic(`press to listening and lit: ${(systemClock.now() - pressedAtMs).toFixed(0)} ms`);
    release();
    await appliance.until(({ gesture }) => gesture === 'tapped', from);
    await realTime(AFTER_A_TAP_MS);

    from = appliance.lines.length;
    press();
    await appliance.until((line) => turnOf(line).includes('idle'), from);
    await led(0);
    release();
    assert.equal(await flashes(1_000), 0);
    await appliance.until(({ gesture }) => gesture === 'tapped', from);

    from = appliance.lines.length;
    press();
    await appliance.until((line) => turnOf(line).includes('muted'), from);
    release();
    const pulses = await flashes(2 * MUTED_PERIOD_MS);
    assert.ok(pulses >= 3 && pulses <= 5, `${pulses} pulses in two periods`);

    const { code } = await appliance.stop();
    assert.equal(code, 0);
    assert.equal(header.level(LED), 0);
    assert.deepEqual(usedLines(), []);
  });
});
