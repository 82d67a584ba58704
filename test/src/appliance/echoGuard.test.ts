import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import type { EchoAdvice } from '../../../src/appliance/echoAdvice.js';
import { EchoGuard, type EchoGuardOptions } from '../../../src/appliance/echoGuard.js';

const never = new AbortController().signal;
const MEASURED = { microphone: 'portaudio Mic', speaker: 'portaudio Box', volume: 60, inputGainDb: 0 };

function guard(given: Partial<EchoGuardOptions> = {}) {
  const told: EchoAdvice[] = [];
  const volume = { percent: 60 };
  const echo = new EchoGuard({
    setting: 'auto',
    inputGainDb: 0,
    volume,
    kept: () => ({ mode: 'text-guard', why: 'the echo is soft', setup: MEASURED }),
    exactly: async (setup) => setup,
    onDecided: (advice) => told.push(advice),
    ...given,
  });
  const opens = async (microphone = MEASURED.microphone, speaker = MEASURED.speaker) => {
    echo.opened({ microphone }, never);
    echo.opened({ speaker }, never);
    await settle();
  };
  return { echo, told, volume, opens };
}

describe('how the assistant is kept from hearing itself', () => {
  it('is the safe way until both devices are known, and then as doctor has measured', async () => {
    const { echo, told, opens } = guard();
    assert.equal(echo.mode, 'half-duplex');
    echo.opened({ microphone: MEASURED.microphone }, never);
    await settle();
    assert.equal(echo.mode, 'half-duplex');
    await opens();
    assert.equal(echo.mode, 'text-guard');
    assert.equal(told.length, 1);
    assert.match(told[0]?.why ?? '', /the echo is soft/);
  });

  it('is the safe way again with another device, and while a lost one is looked for', async () => {
    const { echo, opens } = guard();
    await opens();
    await opens(MEASURED.microphone, 'portaudio Television');
    assert.equal(echo.mode, 'half-duplex');
    await opens();
    assert.equal(echo.mode, 'text-guard');
    echo.opened({ speaker: MEASURED.speaker }, never);
    assert.equal(echo.mode, 'half-duplex');
  });

  it('is the safe way when it is louder than it was measured, and says so', async () => {
    const { echo, told, volume, opens } = guard();
    await opens();
    volume.percent = 90;
    assert.equal(echo.mode, 'half-duplex');
    volume.percent = 30;
    assert.equal(echo.mode, 'text-guard');
    assert.deepEqual(
      told.map(({ mode }) => mode),
      ['text-guard', 'half-duplex', 'text-guard'],
    );
  });

  it('is what the owner has set, whatever the devices are', async () => {
    const { echo, opens } = guard({ setting: 'aec' });
    assert.equal(echo.mode, 'aec');
    await opens('another', 'devices');
    assert.equal(echo.mode, 'aec');
  });

  it('is of the devices behind the default ones', async () => {
    const { echo, opens } = guard({
      exactly: async (setup) => ({ ...setup, microphone: MEASURED.microphone, speaker: MEASURED.speaker }),
    });
    await opens('portaudio default', 'portaudio default');
    assert.equal(echo.mode, 'text-guard');
  });
});
