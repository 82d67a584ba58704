import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AudioDevice } from '../../../hardware/audio/audioDevice.js';
import { CAPTURE_RATE_HZ } from '../../../hardware/audio/pcm.js';
import type { BoardName } from '../../../src/boards/boardProfiles.js';
import { boardFor, deviceHere } from '../../../src/setup/tables/boardFor.js';
import { chatModelFor, speedOf } from '../../../src/setup/tables/chatModelFor.js';
import { type ComputerFacts, requirementsOf } from '../../../src/setup/tables/computerRequirements.js';
import { levelBar, measureWord, microphoneRemark } from '../../../src/setup/tables/microphoneRemarks.js';
import { serverRemark } from '../../../src/setup/tables/serverRemarks.js';
import { soundDeviceFor } from '../../../src/setup/tables/soundDeviceFor.js';
import { TransferPace, transferLine } from '../../../src/setup/transferPace.js';

const PI_5 = 'Raspberry Pi 5 Model B Rev 1.0';
const PI_4 = 'Raspberry Pi 4 Model B Rev 1.4';

suite('the chat model for a machine', () => {
  // MemTotal is less than what is printed on the box.
  const rows: readonly (readonly [string, string | undefined, number, string | undefined])[] = [
    ['a Pi 5 of 8 GB', PI_5, 8.2e9, 'llama3.2:1b'],
    ['a Pi 5 of 4 GB', PI_5, 4.0e9, 'llama3.2:1b'],
    ['a Pi 5 of 2 GB', PI_5, 2.0e9, 'qwen2.5:0.5b'],
    ['a Pi 4 of 8 GB, where a larger one writes slower than it is spoken', PI_4, 7.9e9, 'qwen2.5:0.5b'],
    ['a Pi 4 of 2 GB', PI_4, 1.9e9, 'qwen2.5:0.5b'],
    ['a Pi 4 of 1 GB', PI_4, 0.94e9, undefined],
    ['a Zero 2', 'Raspberry Pi Zero 2 W Rev 1.0', 0.43e9, undefined],
    ['a desktop', undefined, 16e9, 'llama3.2:1b'],
  ];
  for (const [what, model, memoryBytes, wanted] of rows) {
    test(`of ${what} is ${wanted ?? 'none'}`, () => {
      assert.equal(chatModelFor({ memoryBytes, speed: speedOf(model) })?.name, wanted);
    });
  }
});

suite('what a computer lacks', () => {
  const good: ComputerFacts = {
    model: PI_5,
    arch: 'arm64',
    nodeVersion: 'v20.19.2',
    memoryBytes: 8e9,
    now: new Date('2026-06-01'),
    lacksService: false,
    freeBytes: 10e9,
  };
  const rows: readonly (readonly [string, Partial<ComputerFacts>, 'refused' | 'warning', RegExp])[] = [
    ['a 32-bit system', { arch: 'arm' }, 'refused', /64-bit only.*Raspberry Pi Imager/],
    ['an old Node', { nodeVersion: 'v18.19.1' }, 'refused', /Node v18\.19\.1; Pressel needs 20\.19/],
    ['a Node that is a little too old', { nodeVersion: 'v20.18.0' }, 'refused', /needs 20\.19/],
    ['a clock that was never set', { now: new Date(0) }, 'warning', /clock says 1970-01-01.*timedatectl/],
    ['little memory', { memoryBytes: 0.43e9 }, 'warning', /430\.0 MB of memory/],
    ['a full disk', { freeBytes: 100e6 }, 'warning', /100\.0 MB free/],
    ['root without a service', { lacksService: true }, 'warning', /You are root/],
  ];
  test('is nothing where all is well', () => {
    assert.deepEqual(requirementsOf(good), []);
    assert.deepEqual(requirementsOf({ ...good, nodeVersion: 'v24.1.0', arch: 'x64', freeBytes: undefined }), []);
  });
  for (const [what, facts, weight, text] of rows) {
    test(`is told of ${what}`, () => {
      const [first, ...others] = requirementsOf({ ...good, ...facts });
      assert.equal(first?.weight, weight);
      assert.match(first?.text ?? '', text);
      assert.deepEqual(others, []);
    });
  }
});

test('a board is known by its EEPROM, else by its sound card', () => {
  const of = (hatProduct: string | undefined, ...cards: string[]) => boardFor({ hatProduct, cards })?.board;
  assert.equal(of(undefined, 'vc4hdmi0', 'seeed2micvoicec'), 'respeaker-2mic');
  assert.equal(of('Whisplay HAT'), 'whisplay');
  assert.equal(of(undefined, 'wm8960soundcard'), 'whisplay');
  assert.equal(of(undefined, 'Headphones', 'vc4hdmi0', 'Device'), undefined);
  assert.equal(of('PoE+ HAT'), undefined);
});

test("a board's sound card has the name that it has here, and no other device is touched", () => {
  const set = 'plughw:CARD=wm8960soundcard';
  const rows: readonly (readonly [BoardName, readonly string[], string, string])[] = [
    ['whisplay', ['vc4hdmi0', 'whisplaysound'], set, 'plughw:CARD=whisplaysound'],
    ['whisplay', ['whisplaysound'], `${set},DEV=0`, 'plughw:CARD=whisplaysound,DEV=0'],
    ['whisplay', ['whisplaysound', 'wm8960soundcard'], set, set],
    ['whisplay', ['vc4hdmi0'], set, set],
    ['whisplay', ['whisplaysound'], 'plughw:CARD=Speakerphone', 'plughw:CARD=Speakerphone'],
    ['whisplay', ['whisplaysound'], 'auto', 'auto'],
    ['none', ['whisplaysound'], set, set],
  ];
  for (const [board, cards, device, expected] of rows) assert.equal(deviceHere(board, cards, device), expected);
});

suite('what is said of a recorded word', () => {
  /** Three seconds: a room, and half a second of a tone in it. */
  const recording = (roomAmplitude: number, wordAmplitude: number) =>
    Int16Array.from({ length: 3 * CAPTURE_RATE_HZ }, (_, at) => {
      const isWord = at > CAPTURE_RATE_HZ && at < 1.5 * CAPTURE_RATE_HZ;
      const wave = Math.sin(at / 5) * (isWord ? wordAmplitude : roomAmplitude) * 32_767;
      return Math.max(-32_767, Math.min(32_767, Math.round(wave)));
    });
  const rows: readonly (readonly [string, number, number, string | undefined])[] = [
    ['a good one', 0.001, 0.1, undefined],
    ['digital silence', 0, 0, 'noSignal'],
    ['only the room', 0.003, 0.003, 'nothingSaid'],
    ['a soft one', 0.0005, 0.004, 'tooSoft'],
    ['a clipped one', 0.001, 4, 'clipping'],
    ['one in a loud room', 0.03, 0.1, 'noisy'],
  ];
  for (const [what, room, word, trouble] of rows) {
    test(`fits ${what}`, () => assert.equal(microphoneRemark(measureWord(recording(room, word)))?.trouble, trouble));
  }
  test('with a gain that brings a soft one to the usual level', () => {
    const gainDb = microphoneRemark({ speechDb: -50, roomDb: -75, clippedShare: 0 })?.gainDb;
    assert.equal(gainDb, 24);
  });
});

suite('the sound device to recommend', () => {
  const device = (name: string, inputChannels: number, outputChannels: number, alsaId?: string): AudioDevice => ({
    name,
    hostApi: 'ALSA',
    inputChannels,
    outputChannels,
    defaultRateHz: 48_000,
    isDefaultInput: false,
    isDefaultOutput: false,
    ...(alsaId === undefined ? {} : { alsaId }),
  });
  const hdmi = device('vc4-hdmi-0: MAI PCM (hw:0,0)', 0, 2, 'hw:CARD=vc4hdmi0,DEV=0');
  const phone = device('Jabra SPEAK 410: USB Audio (hw:1,0)', 1, 2, 'hw:CARD=USB,DEV=0');
  const jack = device('bcm2835 Headphones (hw:2,0)', 0, 2, 'hw:CARD=Headphones,DEV=0');
  const plugin = device('sysdefault', 128, 128);

  test('is the card that hears and speaks, rather than the screen that comes first', () => {
    assert.equal(soundDeviceFor([hdmi, jack, phone, plugin], 'output'), 'plughw:CARD=USB,DEV=0');
    assert.equal(soundDeviceFor([hdmi, jack, phone, plugin], 'input'), 'plughw:CARD=USB,DEV=0');
    assert.equal(soundDeviceFor([hdmi, jack], 'output'), 'plughw:CARD=Headphones,DEV=0');
  });
  test("is the sound server's choice where there is one, and the default where there is nothing better", () => {
    assert.equal(soundDeviceFor([phone, device('pulse', 32, 32)], 'output'), 'auto');
    assert.equal(soundDeviceFor([hdmi], 'output'), 'auto');
    assert.equal(soundDeviceFor([], 'input'), 'auto');
  });
});

test('a model server is told apart that is old, or slow on a Pi', () => {
  assert.match(serverRemark('0.5.7', 'x64') ?? '', /is old/);
  assert.match(serverRemark('0.14.3', 'arm64') ?? '', /ten times slower/);
  assert.equal(serverRemark('0.14.3', 'x64'), undefined);
  assert.equal(serverRemark('0.30.0', 'arm64'), undefined);
  assert.equal(serverRemark('dev', 'arm64'), undefined);
});

test('a transfer shows its pace and the time that is left, once they are known', () => {
  const pace = new TransferPace();
  pace.add(0, 10e6);
  assert.match(transferLine('tiny:1b', { doneBytes: 10e6, totalBytes: 100e6 }, pace, 90), /10\.0 MB of 100\.0 MB$/);
  pace.add(2_000, 20e6);
  assert.match(
    transferLine('tiny:1b', { doneBytes: 20e6, totalBytes: 100e6 }, pace, 90),
    /20\.0 MB of 100\.0 MB {2}5\.0 MB\/s, 16 s left$/,
  );
  pace.add(20_000, 21e6);
  pace.add(22_000, 22e6);
  assert.match(transferLine('tiny:1b', { doneBytes: 22e6, totalBytes: 100e6 }, pace, 90), /100 kB\/s, 13 min left$/);
  assert.equal(transferLine('tiny:1b', { doneBytes: 5, totalBytes: null }, pace, 90), 'tiny:1b  ...');
});

test('a level is drawn to the same scale wherever there is room', () => {
  assert.equal(levelBar(-35, 60), `${'█'.repeat(15)}${'░'.repeat(15)}`);
  assert.equal(levelBar(-35, 16), `${'█'.repeat(8)}${'░'.repeat(8)}`);
  assert.equal(levelBar(-35, -4), '');
});

test('a download is told of in one line of any terminal, with a bar where there is room and always the time left', () => {
  const pace = new TransferPace();
  pace.add(0, 100e6);
  pace.add(2_000, 160e6);
  for (let room = 36; room <= 150; room++) {
    const line = transferLine('qwen2.5:0.5b', { doneBytes: 160e6, totalBytes: 398e6 }, pace, room);
    assert.ok(line.length <= room, `${room}: ${line}`);
    assert.match(line, /40 %|160\.0 MB of 398\.0 MB/);
    assert.match(line, /30\.0 MB\/s, 8 s left$/);
  }
  const bar = (doneBytes: number) =>
    /\[.*\]/.exec(transferLine('qwen2.5:0.5b', { doneBytes, totalBytes: 398e6 }, pace, 76))?.[0].length;
  assert.equal(bar(1e6), bar(390e6));
  const voice = 'en_US-ljspeech-medium from huggingface.co';
  assert.match(transferLine(voice, { doneBytes: 160e6, totalBytes: 398e6 }, pace, 76), /^en_US-ljspeech-medium {2}\[/);
  assert.ok((bar(1e6) ?? 0) > 8);
});
