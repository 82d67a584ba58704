import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { portaudioCapture, portaudioPlayback } from '../../../hardware/audio/portaudio/portaudio.js';
import { systemClock as clock } from '../../../hardware/clock.js';
import { firstAudibleMs, lastAudibleMs, levels } from '../../../src/bench/soundCard/audible.js';
import {
  holdLoopback,
  LoopbackRecording,
  MICROPHONE_END,
  patiently,
  playIntoLoopback,
  SPEAKER_END,
} from '../../fixtures/loopbackCard.js';
import { pressel } from '../../fixtures/pressel.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { sine } from '../../fixtures/wavFiles.js';
import { skipOutsideVirtualMachine } from '../gpio/virtualChip.js';
import { soundOf, WaitingListener } from './waitingListener.js';

const limit = () => AbortSignal.timeout(15_000);

const play = (device: string, env?: NodeJS.ProcessEnv) =>
  patiently(() => portaudioPlayback({ clock, device, latencyMs: 60, ...(env && { env }) })(() => {}, limit()));

function capture(
  device: string,
  options: { env?: NodeJS.ProcessEnv; channel?: number } = {},
  listener = new WaitingListener(),
) {
  return patiently(() => portaudioCapture({ clock, device, ...options })(listener, limit()));
}

/** ALSA's configuration with both ends of the card as a device that knows only 44.1 kHz and two channels. */
function narrowDevices(t: TestContext): NodeJS.ProcessEnv {
  const file = path.join(temporaryFolder(t), 'asound.conf');
  // PortAudio lists no "hw" devices but those of the cards; a route is one with nothing but names for its channels.
  const card = (end: number) => `{ type hw card Loopback device ${end} rate 44100 channels 2 }`;
  const device = (name: string, end: number) =>
    `pcm.${name} { type route slave.pcm ${card(end)} ttable.0.0 1 ttable.1.1 1 }\n`;
  writeFileSync(file, `</usr/share/alsa/alsa.conf>\n${device('narrow_speaker', 0)}${device('narrow_microphone', 1)}`);
  return { ...process.env, ALSA_CONFIG_PATH: file };
}

describe('a sound card that another program has open', { skip: skipOutsideVirtualMachine }, () => {
  it('is busy as a speaker, and who holds it is named', async (t) => {
    const pid = await holdLoopback(t, SPEAKER_END, 'output');
    await assert.rejects(play(SPEAKER_END), {
      reason: 'deviceBusy',
      message: new RegExp(`"Loopback.*in use by aplay \\(process ${pid}\\). Close that one`),
    });
    const { stdout } = await pressel(t, ['devices']);
    assert.match(stdout, new RegExp(`hw:CARD=Loopback,DEV=0.*speaker in use by aplay \\(process ${pid}\\)`));
  });

  it('is busy as a microphone, and who holds it is named', async (t) => {
    const pid = await holdLoopback(t, MICROPHONE_END, 'input');
    await assert.rejects(capture(MICROPHONE_END), {
      reason: 'deviceBusy',
      message: new RegExp(`in use by arecord \\(process ${pid}\\)`),
    });
  });

  it('is not forgotten where it is held in both directions', async (t) => {
    const player = await holdLoopback(t, SPEAKER_END, 'output');
    const recorder = await holdLoopback(t, SPEAKER_END, 'input');
    await assert.rejects(play(SPEAKER_END), { reason: 'deviceBusy' });
    const { stdout, stderr } = await pressel(t, ['devices'], { env: { PRESSEL_AUDIO_OUTPUT: 'hw:Loopback,0' } });
    const held = `microphone in use by arecord \\(process ${recorder}\\)  speaker in use by aplay \\(process ${player}\\)`;
    assert.match(stdout, new RegExp(`Loopback.*hw:CARD=Loopback,DEV=0  ${held}`));
    assert.match(stderr, new RegExp(`speaker "Loopback.*in use by aplay \\(process ${player}\\)`));
  });
});

describe('a sound card that knows only 44.1 kHz and two channels', { skip: skipOutsideVirtualMachine }, () => {
  it('plays what is resampled for it', async (t) => {
    const recording = await LoopbackRecording.start(t, 44_100);
    const playback = await play('narrow_speaker', narrowDevices(t));
    t.after(() => playback.close());
    assert.equal(playback.sampleRateHz, 44_100);
    await playback.play({ samples: sine(440, 22_050, 22_050), sampleRateHz: 22_050 }, limit());
    await playback.drained(limit());
    await recording.goOn(200);
    const sound = await recording.end();
    const durationMs = (lastAudibleMs(sound) ?? Number.NaN) - (firstAudibleMs(sound) ?? Number.NaN);
    t.diagnostic(`1000 ms were heard in ${durationMs.toFixed(1)} ms, ${playback.xruns} underruns`);
    if (playback.xruns === 0) assert.ok(Math.abs(durationMs - 1_000) < 10, `${durationMs} ms`);
  });

  it('is heard on the channel that was chosen alone', async (t) => {
    const env = narrowDevices(t);
    const loudestDb: number[] = [];
    for (const channel of [1, 2]) {
      const listener = new WaitingListener();
      const stream = await capture('narrow_microphone', { env, channel: 2 }, listener);
      const sound = { samples: sine(440, 44_100, 22_050), sampleRateHz: 44_100 };
      await playIntoLoopback(sound, { channels: 2, channel });
      await listener.heard(listener.frames.length + 10);
      await stream.close();
      loudestDb.push(Math.max(...levels(soundOf(listener.frames), 100).map(({ rmsDb }) => rmsDb)));
    }
    const [first = 0, second = 0] = loudestDb;
    assert.ok(first < -60 && second > -12, `${loudestDb}`);
  });

  it('has no third channel', async (t) => {
    const opening = capture('narrow_microphone', { env: narrowDevices(t), channel: 3 });
    await assert.rejects(opening, { reason: 'unsupported', message: /2 channels, so channel 3 is none/ });
  });
});

describe('a sound device that cannot be meant', { skip: skipOutsideVirtualMachine }, () => {
  it('has no channels to listen to', async () => {
    await assert.rejects(capture('dmix'), {
      reason: 'unsupported',
      message: /"dmix" has no input channels, so it cannot be a microphone\. Name one of: "/,
    });
  });

  it('does not exist, and the nearest are named', async () => {
    await assert.rejects(play('hw:Lopback,0'), {
      reason: 'deviceMissing',
      message: /no speaker "hw:Lopback,0"\. The nearest are: "Loopback: PCM \(hw:1,0\)"/,
    });
  });
});
