import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { HeldDevice } from '../../../../hardware/audio/alsaCards.js';
import { soundCardsCheck } from '../../../../src/doctor/checks/soundCards.js';
import { fakeComputer } from '../../../fixtures/fakeComputer.js';

const { signal } = new AbortController();
const CARDS = ` 0 [vc4hdmi        ]: vc4-hdmi - vc4-hdmi
                      vc4-hdmi
 1 [Device         ]: USB-Audio - USB PnP Sound Device
                      C-Media at usb-3f980000.usb-1.4, full speed
`;

const check = (computer: Parameters<typeof fakeComputer>[0], held: readonly HeldDevice[] = []) =>
  soundCardsCheck(
    fakeComputer({
      files: { '/proc/asound/cards': CARDS },
      folders: { '/dev/snd': ['pcmC1D0c', 'pcmC1D0p', 'timer'] },
      ...computer,
    }),
    async () => held,
  ).run(signal);
const ALLOWED = { usable: ['/dev/snd/pcmC1D0c', '/dev/snd/pcmC1D0p'] };

suite('the check of the sound cards', () => {
  test('names them by what outlives a restart', async () => {
    const { verdict, reason } = await check(ALLOWED);
    assert.equal(verdict, 'ok');
    assert.equal(reason, 'vc4-hdmi (hw:CARD=vc4hdmi), USB PnP Sound Device (hw:CARD=Device)');
  });

  test('tells who has a busy one', async () => {
    const holder = { pid: 7, command: 'mpv' };
    const held = { name: 'USB', alsaId: 'hw:CARD=Device,DEV=0', direction: 'output', holder } as const;
    assert.match((await check(ALLOWED, [held])).reason, /speaker of hw:CARD=Device,DEV=0 in use by mpv \(process 7\)$/);
  });

  test('says which group is missing', async () => {
    const { verdict, remedy } = await check({ denied: ['/dev/snd/pcmC1D0c'] });
    assert.equal(verdict, 'broken');
    assert.match(remedy ?? '', /^sudo usermod -aG audio \$USER/);
  });

  test('says how to look for one where there is none', async () => {
    const { verdict, remedy } = await check({ files: { '/proc/asound/cards': '--- no soundcards ---\n' } });
    assert.equal(verdict, 'skipped');
    assert.match(remedy ?? '', /lsusb/);
  });
});
