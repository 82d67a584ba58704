import { heldDevices } from '../../../hardware/audio/alsaCards.js';
import { AudioError } from '../../../hardware/audio/drivers.js';
import { earcon } from '../../../hardware/audio/earcons.js';
import { Microphone } from '../../../hardware/audio/microphone.js';
import { CAPTURE_RATE_HZ, durationMs, FRAME_SAMPLES, type PcmAudio, toFloat32 } from '../../../hardware/audio/pcm.js';
import { listAudioDevices } from '../../../hardware/audio/portaudio/portaudio.js';
import { levelDb } from '../../../hardware/audio/soundLevel.js';
import { volumeGain } from '../../../hardware/audio/volumeCurve.js';
import { sleep, systemClock } from '../../../hardware/clock.js';
import type { Config } from '../../config/config.js';
import type { SoundTests } from '../../setup/soundTests.js';
import { captureDriver, playbackDriver } from '../audioDrivers.js';

/** What a driver gives in its first moments may be silence. */
const SETTLING_FRAMES = 10;
/** The level is shown every third frame, about ten times a second. */
const SHOWN_EVERY = 3;

/** The sound tests of setup on the devices of this computer. */
export function realSoundTests(env: NodeJS.ProcessEnv): SoundTests {
  return {
    list: async () => {
      const held = await heldDevices();
      try {
        return { devices: await listAudioDevices({ clock: systemClock, env }), held };
      } catch (error) {
        if (!(error instanceof AudioError)) throw error;
        return { devices: [], held, problem: error.message };
      }
    },
    playSample: (config, signal) => play(config, env, (rateHz) => earcon('listening', rateHz), signal),
    record: async (config, wantedMs, onLevel, signal) => {
      const microphone = new Microphone({ open: captureDriver(config, env), clock: systemClock, onLost: () => {} });
      await microphone.open(signal);
      try {
        const { name } = microphone;
        const samples = new Int16Array(Math.round((wantedMs / 1000) * CAPTURE_RATE_HZ));
        let frames = 0;
        for await (const frame of microphone.capture({}, signal)) {
          const at = (frames++ - SETTLING_FRAMES) * FRAME_SAMPLES;
          if (at < 0) continue;
          if (at >= samples.length) break;
          samples.set(frame.samples.subarray(0, samples.length - at), at);
          if (frames % SHOWN_EVERY === 0) onLevel(levelDb(frame.samples));
        }
        return { name, samples };
      } finally {
        await microphone.close();
      }
    },
    playBack: async (config, { samples }, signal) => {
      await play(config, env, () => ({ samples: toFloat32(samples), sampleRateHz: CAPTURE_RATE_HZ }), signal);
    },
  };
}

/** Speakers that sleep swallow the beginning of a sound. */
const WAKING_MS = 200;

async function play(
  config: Config,
  env: NodeJS.ProcessEnv,
  sound: (rateHz: number) => PcmAudio,
  signal: AbortSignal,
): Promise<string> {
  const failed = new AbortController();
  const speaker = await playbackDriver(config, env)((error) => failed.abort(error), signal);
  const over = AbortSignal.any([signal, failed.signal]);
  try {
    speaker.setGain(volumeGain(config.audio.volume));
    const { sampleRateHz } = speaker;
    const waking = new Float32Array(Math.round((WAKING_MS / 1000) * sampleRateHz));
    await speaker.play({ samples: waking, sampleRateHz }, over);
    const pcm = sound(sampleRateHz);
    await speaker.play(pcm, over);
    // A device that takes sound and never says that it was heard must not stop setup.
    const patience = AbortSignal.any([over, AbortSignal.timeout(Math.ceil(durationMs(pcm)) + 5_000)]);
    await speaker.drained(patience).catch(() => over.throwIfAborted());
    await sleep(systemClock, WAKING_MS, over);
    return speaker.name;
  } finally {
    await speaker.discard();
  }
}
