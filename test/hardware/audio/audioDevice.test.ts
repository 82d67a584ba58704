import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AudioDevice, chooseDevice } from '../../../hardware/audio/audioDevice.js';

function device(name: string, more: Partial<AudioDevice> = {}): AudioDevice {
  return {
    name,
    hostApi: 'ALSA',
    inputChannels: 1,
    outputChannels: 2,
    defaultRateHz: 48_000,
    isDefaultInput: false,
    isDefaultOutput: false,
    ...more,
  };
}

const headphones = device('bcm2835 Headphones: - (hw:0,0)', { inputChannels: 0, alsaId: 'hw:CARD=Headphones,DEV=0' });
const usb = device('USB Audio Device: - (hw:2,0)', { alsaId: 'hw:CARD=Device,DEV=0' });
const array = device('ReSpeaker 4 Mic Array: USB Audio (hw:3,0)', { alsaId: 'hw:CARD=ArrayUAC10,DEV=0' });
const standard = device('default', { isDefaultInput: true, isDefaultOutput: true });
const all = [headphones, usb, array, standard];

describe('the choice of a sound device', () => {
  for (const wanted of [undefined, 'auto']) {
    it(`is the default one for ${wanted}`, () => {
      assert.equal(chooseDevice(all, 'input', wanted).device, standard);
    });
  }

  for (const wanted of [
    'usb audio device',
    'Device',
    'hw:Device',
    'hw:CARD=Device',
    'hw:CARD=Device,DEV=0',
    'plughw:Device,0',
  ]) {
    it(`goes by name or ALSA id: ${wanted}`, () => {
      assert.equal(chooseDevice(all, 'input', wanted).device, usb);
    });
  }

  it('is the first where several fit, and says so', () => {
    assert.deepEqual(chooseDevice(all, 'input', 'usb'), { device: usb, ambiguous: true });
    assert.deepEqual(chooseDevice(all, 'input', 'respeaker'), { device: array, ambiguous: false });
  });

  it('prefers the whole name to a part of one', () => {
    const other = device('default left');
    assert.deepEqual(chooseDevice([other, standard], 'output', 'default'), { device: standard, ambiguous: false });
  });

  it('of a name that does not exist offers the nearest', () => {
    assert.throws(() => chooseDevice(all, 'output', 'hw:Hedphones'), {
      name: 'AudioError',
      reason: 'deviceMissing',
      message: /no speaker "hw:Hedphones".*nearest are: "bcm2835 Headphones/,
    });
  });

  it('refuses a device without channels in this direction', () => {
    assert.throws(() => chooseDevice(all, 'input', 'Headphones'), {
      reason: 'unsupported',
      message: /has no input channels, so it cannot be a microphone/,
    });
  });

  it('says when nothing is connected', () => {
    assert.throws(() => chooseDevice([], 'input'), {
      reason: 'deviceMissing',
      message: /There is no default microphone. Connect one./,
    });
  });
});
