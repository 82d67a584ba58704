import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { HeldDevice } from '../../../../hardware/audio/alsaCards.js';
import { AudioError, type AudioFailure, type OpenPlayback } from '../../../../hardware/audio/drivers.js';
import { readKeptEcho } from '../../../../src/appliance/echoFile.js';
import { devicesOpenCheck } from '../../../../src/doctor/checks/devicesOpen.js';
import { type EchoCheckOptions, echoCheck } from '../../../../src/doctor/checks/echo.js';
import { microphoneSoundCheck } from '../../../../src/doctor/checks/microphoneSound.js';
import { playbackCheck } from '../../../../src/doctor/checks/playback.js';
import { SoundDevices } from '../../../../src/doctor/soundDevices.js';
import { EchoRoom, type RoomOptions } from '../../../fixtures/echoRoom.js';
import { openEchoRoom } from '../../../fixtures/openEchoRoom.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

const ROOM: RoomOptions = { delayMs: 80, levelDb: -30, decaySeconds: 0, noiseDb: -65 };
const { signal } = new AbortController();

interface Rigged {
  readonly room?: Partial<RoomOptions>;
  readonly xruns?: number;
  readonly options?: Partial<EchoCheckOptions>;
  readonly openPlayback?: OpenPlayback;
  readonly held?: readonly HeldDevice[];
}

function setUp(t: TestContext, { room = {}, xruns = 0, options = {}, openPlayback, held = [] }: Rigged = {}) {
  const opened = openEchoRoom(new EchoRoom({ ...ROOM, ...room }), xruns);
  const devices = new SoundDevices({ gain: 1, ...opened, ...(openPlayback && { openPlayback }) });
  t.after(() => devices.close());
  const file = path.join(temporaryFolder(t), 'state', 'echo.json');
  let chirps = 0;
  const echo = echoCheck(devices, {
    setting: 'auto',
    volume: 80,
    inputGainDb: 0,
    env: {},
    file,
    chirpsHeard: false,
    now: () => new Date('2026-03-01T12:00:00Z'),
    onChirps: () => {
      chirps += 1;
    },
    ...options,
  });
  return {
    devices,
    file,
    chirps: () => chirps,
    open: devicesOpenCheck(devices, async () => held),
    echo,
    sound: microphoneSoundCheck(devices),
  };
}

describe('the check of the sound devices', () => {
  it('names them and their rates', async (t) => {
    const { open } = setUp(t);
    const { verdict, reason } = await open.run(signal);
    assert.equal(verdict, 'ok');
    assert.equal(reason, 'microphone "room mic" at 16000 Hz, speaker "room box" at 48000 Hz');
  });

  it('says why one cannot be opened, and what needs it is skipped', async (t) => {
    const openPlayback: OpenPlayback = async () => {
      throw new AudioError('deviceBusy', 'The speaker "box" is in use by mpv (process 7). Close that one.');
    };
    const { open, echo, sound, chirps } = setUp(t, { openPlayback });
    const found = await open.run(signal);
    assert.equal(found.verdict, 'broken');
    assert.match(found.reason, /in use by mpv/);
    assert.match(found.remedy ?? '', /^sudo fuser -v \/dev\/snd\/\*/, 'nobody knows who');
    assert.equal((await echo.run(signal)).verdict, 'skipped');
    assert.equal((await sound.run(signal)).verdict, 'ok');
    assert.equal(chirps(), 0);
  });
});

describe('what mends a device that cannot be opened', () => {
  const remedyOf = async (t: TestContext, reason: AudioFailure, rigged: Rigged = {}, message = 'It does not open.') => {
    const openPlayback: OpenPlayback = async () => {
      throw new AudioError(reason, message);
    };
    return (await setUp(t, { ...rigged, openPlayback }).open.run(signal)).remedy ?? '';
  };
  const heldBy = (command: string): HeldDevice => ({
    name: 'USB',
    alsaId: 'hw:CARD=Device,DEV=0',
    direction: 'output',
    holder: { pid: 7, command },
  });

  it('is to end the program that has it', async (t) => {
    assert.match(await remedyOf(t, 'deviceBusy', { held: [heldBy('mpv'), heldBy('mpv')] }), /^sudo kill 7; or/);
  });

  it('is not to end a sound server, which is started again', async (t) => {
    for (const command of ['pulseaudio', 'pipewire', 'wireplumber']) {
      const remedy = await remedyOf(t, 'deviceBusy', { held: [heldBy(command)] });
      assert.match(remedy, /audio\.input = "default".*raspi-config nonint do_boot_behaviour B1/);
      assert.doesNotMatch(remedy, /kill/);
    }
  });

  it('is to install, to connect or to choose what fails', async (t) => {
    assert.match(await remedyOf(t, 'libraryMissing'), /apt install -y libportaudio2/);
    assert.match(await remedyOf(t, 'unsupported'), /plughw:/);
    assert.match(await remedyOf(t, 'deviceLost'), /lsusb/);
    assert.match(await remedyOf(t, 'deviceMissing'), /^pressel devices/);
    assert.match(await remedyOf(t, 'deviceMissing', {}, 'There is no default speaker. Connect one.'), /^connect a USB/);
    const said = 'There is no program aplay to play sound with. Install it: sudo apt install alsa-utils';
    assert.equal(await remedyOf(t, 'deviceMissing', {}, said), 'sudo apt install alsa-utils');
  });
});

describe('the check of the microphone', () => {
  it('tells how loud the room is', async (t) => {
    const { open, sound } = setUp(t);
    await open.run(signal);
    assert.match((await sound.run(signal)).reason, /hears the room at -65 dB/);
  });

  it('finds one that is dead, overdriven or loses sound', async (t) => {
    const cases: readonly (readonly [Rigged, string, RegExp])[] = [
      [{ room: { noiseDb: -Infinity } }, 'broken', /digital silence/],
      [{ room: { voice: () => 1 } }, 'degraded', /overdriven/],
      [{ xruns: 3 }, 'degraded', /lost 3 times/],
    ];
    for (const [rigged, verdict, reason] of cases) {
      const { open, sound } = setUp(t, rigged);
      await open.run(signal);
      const found = await sound.run(signal);
      assert.equal(found.verdict, verdict);
      assert.match(found.reason, reason);
      assert.ok(found.remedy);
    }
  });

  it('says which mixer to open: that of its card, or of the sound server that stands before it', async (t) => {
    const remedyOf = async (name: string) => {
      const { devices, open, sound } = setUp(t, { room: { noiseDb: -Infinity } });
      await open.run(signal);
      Object.defineProperty(devices.microphone, 'name', { value: name });
      return (await sound.run(signal)).remedy ?? '';
    };
    assert.match(await remedyOf('portaudio USB Audio: - (hw:1,0)'), /: alsamixer -V capture -c 1;/);
    assert.match(await remedyOf('arecord plughw:CARD=Device,DEV=0'), /: alsamixer -V capture -c Device;/);
    assert.match(await remedyOf('portaudio default'), /pactl set-source-mute @DEFAULT_SOURCE@ 0/);
  });

  it('takes a noise gate for no dead microphone, once the chirps came through', async (t) => {
    const { open, echo, sound } = setUp(t, { room: { noiseDb: -Infinity } });
    await open.run(signal);
    await echo.run(signal);
    const found = await sound.run(signal);
    assert.deepEqual([found.verdict, found.reason], ['ok', 'it gives nothing of a silent room']);
  });
});

describe('the check of the speaker', () => {
  it('counts the gaps that there were, if it is open', async () => {
    const verdictOf = async (isOpen: boolean, xruns: number) =>
      (await playbackCheck({ isOpen, xruns }).run(signal)).verdict;
    assert.deepEqual(
      [await verdictOf(true, 0), await verdictOf(true, 2), await verdictOf(false, 2)],
      ['ok', 'degraded', 'skipped'],
    );
  });
});

describe('the check of the echo', () => {
  it('measures it, says which way fits and which is in use, and keeps the answer', async (t) => {
    const { open, echo, file } = setUp(t);
    await open.run(signal);
    const { verdict, reason } = await echo.run(signal);
    assert.equal(verdict, 'ok');
    assert.match(
      reason,
      /^echo 80 ms late at -30 dB, .*"text-guard" fits: .* in use is "text-guard" \(audio\.echo = "auto"\)$/,
    );
    const kept = readKeptEcho(file);
    assert.equal(kept?.mode, 'text-guard');
    assert.deepEqual(kept.setup, { microphone: 'room mic', speaker: 'room box', volume: 80, inputGainDb: 0 });
    assert.equal(kept.measuredAt, '2026-03-01T12:00:00.000Z');
  });

  it('warns of a setting that trusts the devices more than it may, and only of that', async (t) => {
    const cases = [
      ['aec', -30, 'degraded'],
      ['text-guard', -30, 'ok'],
      ['half-duplex', -30, 'ok'],
      ['text-guard', -5, 'degraded'],
    ] as const;
    for (const [setting, levelDb, verdict] of cases) {
      const { open, echo } = setUp(t, { room: { levelDb }, options: { setting } });
      await open.run(signal);
      const found = await echo.run(signal);
      assert.equal(found.verdict, verdict, `${setting} at ${levelDb} dB`);
      if (verdict === 'degraded') assert.match(found.remedy ?? '', /set audio\.echo = "auto"/);
    }
  });

  it('asks whether the chirps were heard where there is no echo, and remembers that they were', async (t) => {
    const silent = { room: { levelDb: -Infinity } };
    const first = setUp(t, silent);
    await first.open.run(signal);
    const unsure = await first.echo.run(signal);
    assert.equal(unsure.verdict, 'degraded');
    assert.match(unsure.remedy ?? '', /pressel doctor --heard/);
    assert.equal(readKeptEcho(first.file)?.mode, 'half-duplex');
    for (const chirpsHeard of [true, false]) {
      const { open, echo } = setUp(t, { ...silent, options: { file: first.file, chirpsHeard } });
      await open.run(signal);
      assert.equal((await echo.run(signal)).verdict, 'ok');
      assert.equal(readKeptEcho(first.file)?.mode, 'aec');
    }
  });

  it('keeps nothing of a microphone that is muted', async (t) => {
    const { open, echo, file } = setUp(t, { room: { levelDb: -Infinity, noiseDb: -Infinity } });
    await open.run(signal);
    assert.equal((await echo.run(signal)).verdict, 'degraded');
    assert.equal(readKeptEcho(file), undefined);
  });

  it('says when the answer cannot be kept', async (t) => {
    const { open, echo, file } = setUp(t);
    mkdirSync(file, { recursive: true });
    await open.run(signal);
    const { verdict, remedy } = await echo.run(signal);
    assert.equal(verdict, 'degraded');
    assert.match(remedy ?? '', /let the program write .*echo\.json/);
  });

  it('is skipped where the speaker is turned down', async (t) => {
    const { open, echo, chirps } = setUp(t, { options: { volume: 0 } });
    await open.run(signal);
    assert.equal((await echo.run(signal)).verdict, 'skipped');
    assert.equal(chirps(), 0);
  });
});
