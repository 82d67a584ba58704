import { hasSignal } from '../../../hardware/audio/echoProbe/probeEcho.js';
import type { PcmFrame } from '../../../hardware/audio/pcm.js';
import type { Check } from '../check.js';
import type { SoundDevices } from '../soundDevices.js';

/** Long enough for the noise of any room, at 16 kHz; what a driver gives in its first moments may be silence. */
const SETTLING_FRAMES = 10;
const HEARD_FRAMES = 32;

/** The largest number of 16 bits: a wave that reaches it has lost its top. */
const FULL_SCALE = 32_767;

/**
 * Whether the open microphone gives sound, none of it lost or clipped. Comes after the chirps: a microphone with a noise
 * gate gives digital silence in a silent room.
 */
export function microphoneSoundCheck(devices: SoundDevices): Check {
  const { microphone } = devices;
  return {
    group: 'audio',
    name: 'microphone gives sound',
    alone: true,
    run: async (signal) => {
      if (microphone.status.name === undefined) return { verdict: 'skipped', reason: 'the microphone is not open' };
      const frames: PcmFrame[] = [];
      for await (const frame of microphone.capture({}, signal)) {
        if (frames.push(frame) === SETTLING_FRAMES + HEARD_FRAMES) break;
      }
      const heard = frames.slice(SETTLING_FRAMES);
      const level = levelDb(heard);
      const { xruns } = microphone.status;
      const details = { levelDb: level, xruns };
      devices.gaveSignal ||= hasSignal(heard);
      if (!devices.gaveSignal) {
        return {
          verdict: 'broken',
          reason: `"${microphone.name}" gives digital silence: it is muted, or nothing is connected to it`,
          remedy: `unmute it and raise it: ${mixerOf(microphone.name)}; or set audio.input to another of: pressel devices`,
          details,
        };
      }
      if (xruns > 0) {
        return {
          verdict: 'degraded',
          reason: `sound was lost ${xruns === 1 ? 'once' : `${xruns} times`} in ${Math.round(frames.length * 32)} ms`,
          remedy: 'connect the microphone without a hub, and see with "top" what else keeps the processor busy',
          details,
        };
      }
      if (heard.some(({ samples }) => samples.some((x) => Math.abs(x) >= FULL_SCALE))) {
        return {
          verdict: 'degraded',
          reason: 'the microphone is overdriven: what it heard reached full scale',
          remedy: `lower it: ${mixerOf(microphone.name)}; or set audio.input_gain_db lower`,
          details,
        };
      }
      const quiet =
        level === null ? 'gives nothing of a silent room' : `hears the room at ${Math.round(level)} dB of full scale`;
      return { verdict: 'ok', reason: `it ${quiet}`, details };
    },
  };
}

/** Where the level of a microphone is set: on its card, or by the sound server that stands before it. */
function mixerOf(name: string): string {
  const [, card] = /hw:(?:CARD=)?([^,)\s]+)/.exec(name) ?? [];
  if (card !== undefined) return `alsamixer -V capture -c ${card}`;
  return 'alsamixer -V capture, or of a sound server: pactl set-source-mute @DEFAULT_SOURCE@ 0 && pactl set-source-volume @DEFAULT_SOURCE@ 80%';
}

/** RMS in dB of full scale; null for digital silence. */
function levelDb(frames: readonly PcmFrame[]): number | null {
  const samples = frames.flatMap((frame) => [...frame.samples]);
  const power = samples.reduce((sum, x) => sum + (x / 32_768) ** 2, 0) / Math.max(1, samples.length);
  return power === 0 ? null : Math.round(100 * Math.log10(power)) / 10;
}
