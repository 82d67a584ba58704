import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { alsaIdOf, deviceHolder, heldDevices } from '../../../hardware/audio/alsaCards.js';
import { chooseFreeDevice } from '../../../hardware/audio/freeDevice.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

/** The kernel's files of a machine with two cards, of which mpv plays on the second. */
function machine(t: TestContext): string {
  const root = temporaryFolder(t);
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  write('asound/card0/id', 'Headphones\n');
  write('asound/card0/pcm0p/sub0/status', 'closed\n');
  write('asound/card1/id', 'Device\n');
  write('asound/card1/pcm0p/sub0/status', 'state: RUNNING\nowner_pid   : 4321\ntrigger_time: 12.3\n');
  write('asound/card1/pcm0c/sub0/status', 'closed\n');
  write(
    'asound/card1/pcm0p/info',
    'card: 1\ndevice: 0\nstream: PLAYBACK\nid: USB Audio\nsubdevices_count: 1\nsubdevices_avail: 0\n',
  );
  write('asound/card1/pcm0c/info', 'card: 1\ndevice: 0\nid: USB Audio\nsubdevices_count: 1\nsubdevices_avail: 1\n');
  write('4321/comm', 'mpv\n');
  return root;
}

describe("the kernel's list of sound cards", () => {
  it('gives the name of a card, which outlives its number', async (t) => {
    const root = machine(t);
    assert.equal(await alsaIdOf('USB Audio Device: - (hw:1,0)', root), 'hw:CARD=Device,DEV=0');
    assert.equal(await alsaIdOf('default', root), undefined);
    assert.equal(await alsaIdOf('Gone: - (hw:7,0)', root), undefined);
  });

  it('knows who holds a device', async (t) => {
    const root = machine(t);
    const mpv = { pid: 4321, command: 'mpv' };
    assert.deepEqual(await deviceHolder('hw:CARD=Device,DEV=0', 'output', root), mpv);
    assert.deepEqual(await deviceHolder(undefined, 'output', root), mpv);
    assert.equal(await deviceHolder('hw:CARD=Device,DEV=0', 'input', root), undefined);
    assert.equal(await deviceHolder('hw:CARD=Device,DEV=1', 'output', root), undefined);
    assert.equal(await deviceHolder('hw:CARD=Headphones', 'output', root), undefined);
  });

  it('knows which devices nobody else can open', async (t) => {
    const held = {
      name: 'Device: USB Audio (hw:1,0)',
      alsaId: 'hw:CARD=Device,DEV=0',
      direction: 'output',
      holder: { pid: 4321, command: 'mpv' },
    };
    assert.deepEqual(await heldDevices(machine(t)), [held]);
  });

  it('of a device that is left out of the list says who holds it', async (t) => {
    const root = machine(t);
    for (const wanted of ['hw:Device', undefined]) {
      await assert.rejects(chooseFreeDevice([], 'output', wanted, root), {
        reason: 'deviceBusy',
        message: /speaker "Device: USB Audio \(hw:1,0\)" is in use by mpv \(process 4321\)/,
      });
    }
    await assert.rejects(chooseFreeDevice([], 'input', 'hw:Device', root), { reason: 'deviceMissing' });
    await assert.rejects(chooseFreeDevice([], 'output', 'hw:Headphones', root), { reason: 'deviceMissing' });
  });

  it('may not exist at all', async (t) => {
    assert.deepEqual(await heldDevices(path.join(temporaryFolder(t), 'proc')), []);
    assert.equal(await deviceHolder(undefined, 'output', path.join(temporaryFolder(t), 'proc')), undefined);
  });
});
