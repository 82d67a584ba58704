import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { deviceNamesCheck } from '../../../../src/doctor/checks/deviceNames.js';
import { soundDriverCheck } from '../../../../src/doctor/checks/soundDriver.js';
import { fakeComputer } from '../../../fixtures/fakeComputer.js';

const { signal } = new AbortController();
const RELEASE = '6.12.34+rpt-rpi-v8';

suite('the check of the sound driver', () => {
  const OWN = 'snd_usb_audio 360448 2 - Live 0x0000000000000000\n';
  const FOREIGN = 'snd_soc_seeed_voicecard 16384 0 - Live 0x0000000000000000 (O)\nwireguard 1 0 - Live 0x0 (OE)\n';
  const check = (modules: string, folders: Readonly<Record<string, readonly string[]>> = {}) =>
    soundDriverCheck(fakeComputer({ files: { '/proc/modules': modules }, folders })).run(signal);

  test("is content with the kernel's own, and names one that is not", async () => {
    assert.equal((await check(OWN)).reason, "the kernel's own");
    const { verdict, reason } = await check(OWN + FOREIGN);
    assert.equal(verdict, 'ok');
    assert.match(reason, /^snd_soc_seeed_voicecard is not the kernel's own/);
  });

  test('warns of one that was not built for this kernel, with the command that builds it', async () => {
    const dkms = (kernel: string) => ({
      '/var/lib/dkms': ['seeed-voicecard', 'zfs'],
      '/var/lib/dkms/seeed-voicecard': ['0.3', 'kernel-6.6-aarch64'],
      '/var/lib/dkms/seeed-voicecard/0.3': ['source', kernel],
    });
    assert.equal((await check(OWN, dkms(RELEASE))).verdict, 'ok');
    const { verdict, reason, remedy } = await check(OWN, dkms('6.6.20+rpt-rpi-v8'));
    assert.equal(verdict, 'degraded');
    assert.match(reason, /^seeed-voicecard was not built for this kernel \(6\.12\.34\+rpt-rpi-v8\)/);
    assert.equal(remedy, `sudo apt install -y linux-headers-${RELEASE} && sudo dkms autoinstall && sudo reboot`);
  });
});

suite('the check of the names of the sound devices', () => {
  const cards = ' 0 [vc4hdmi        ]: vc4-hdmi - vc4-hdmi\n 1 [Device         ]: USB-Audio - USB PnP Sound Device\n';
  const check = (input: string, output: string) =>
    deviceNamesCheck(fakeComputer({ files: { '/proc/asound/cards': cards } }), {
      'audio.input': input,
      'audio.output': output,
    }).run(signal);

  test('is content with what outlives a restart', async () => {
    for (const name of ['auto', 'USB PnP', 'hw:CARD=Device', 'plughw:CARD=Device,DEV=0', 'default']) {
      assert.equal((await check(name, 'auto')).verdict, 'ok', name);
    }
  });

  test('warns of numbers, and says which name the card has now', async () => {
    const { verdict, remedy } = await check('plughw:1,0', 'hw:1');
    assert.equal(verdict, 'degraded');
    assert.equal(remedy, 'set audio.input = "plughw:CARD=Device,DEV=0" and audio.output = "hw:CARD=Device,DEV=0"');
    assert.match((await check('hw:7,0', 'auto')).remedy ?? '', /hw:CARD=NAME,DEV=0/);
  });
});
