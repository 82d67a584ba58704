import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { echoModeOf, type KeptEchoAdvice } from '../../../src/appliance/echoMode.js';
import type { EchoSetup } from '../../../src/appliance/echoSetup.js';

const SETUP: EchoSetup = {
  microphone: 'portaudio USB mic',
  speaker: 'portaudio Headphones',
  volume: 80,
  inputGainDb: 0,
};
const KEPT: KeptEchoAdvice = { mode: 'text-guard', why: 'it is soft', setup: SETUP };

function named(microphone: string, speaker = microphone): EchoSetup {
  return { ...SETUP, microphone: `portaudio ${microphone}`, speaker: `portaudio ${speaker}` };
}

describe('the way of avoiding the echo', () => {
  it('is the one that is set, whatever was measured', () => {
    for (const setting of ['half-duplex', 'text-guard', 'aec'] as const) {
      assert.deepEqual(echoModeOf(setting, { ...KEPT, mode: 'aec' }, SETUP), {
        mode: setting,
        why: `audio.echo is "${setting}"`,
      });
    }
  });

  it('is half-duplex before anything is known', () => {
    assert.deepEqual(echoModeOf('auto', undefined, SETUP), {
      mode: 'half-duplex',
      why: 'the echo has not been measured: run "pressel doctor"',
    });
  });

  it('is what was measured with these devices, no louder', () => {
    assert.equal(echoModeOf('auto', KEPT, SETUP).mode, 'text-guard');
    assert.match(echoModeOf('auto', KEPT, SETUP).why, /has measured: it is soft/);
    assert.equal(echoModeOf('auto', KEPT, { ...SETUP, volume: 30 }).mode, 'text-guard');
  });

  const others: Partial<EchoSetup>[] = [
    { microphone: 'portaudio Webcam' },
    { speaker: 'portaudio HDMI' },
    { volume: 81 },
    { inputGainDb: 6 },
  ];
  for (const other of others) {
    it(`does not rest on a measurement with another ${Object.keys(other)}`, () => {
      const { mode, why } = echoModeOf('auto', KEPT, { ...SETUP, ...other });
      assert.equal(mode, 'half-duplex');
      assert.match(why, /other devices/);
    });
  }

  const cancelling = [
    'default (echo-cancel-source)',
    'default (alsa_input.usb-0b0e_Jabra_SPEAK_510_USB-00.mono-fallback)',
    'default (alsa_output.usb-Anker_PowerConf_A3301-00)',
    'USB mic (echo cancelled with USB speaker)',
    'Jabra SPEAK 510 USB: Audio (hw:2,0)',
    'Anker PowerConf S3: USB Audio',
    'eMeet M0: USB Audio',
    'Poly Sync 20: USB Audio',
    'reSpeaker XVF3800 4-Mic Array: USB Audio',
    'ReSpeaker 4 Mic Array (UAC1.0): USB Audio',
  ];
  for (const name of cancelling) {
    it(`is aec for "${name}" in both directions, and only then`, () => {
      assert.equal(echoModeOf('auto', undefined, named(name)).mode, 'aec');
      assert.equal(echoModeOf('auto', undefined, named(name, 'Headphones')).mode, 'half-duplex');
      assert.equal(echoModeOf('auto', undefined, named('USB mic', name)).mode, 'half-duplex');
    });
  }

  it('believes a measurement more than a name', () => {
    const setup = named('Jabra SPEAK 510');
    assert.equal(echoModeOf('auto', { mode: 'half-duplex', why: 'loud', setup }, setup).mode, 'half-duplex');
  });

  it('is not aec for what only sounds like a canceller', () => {
    for (const name of ['Jabra Evolve2 30', 'seeed-2mic-voicecard', 'Echo Dot', 'USB Speakerphone', 'default']) {
      assert.equal(echoModeOf('auto', undefined, named(name)).mode, 'half-duplex', name);
    }
  });
});
