import { CAPTURE_RATE_HZ } from '../../../hardware/audio/pcm.js';
import type { Check } from '../check.js';
import type { SoundDevices } from '../soundDevices.js';

/** Whether the configured microphone and speaker can be opened. They stay open for the checks that follow. */
export function devicesOpenCheck(devices: SoundDevices): Check {
  return {
    group: 'audio',
    name: 'devices open',
    alone: true,
    patienceMs: 30_000,
    run: async (signal) => {
      const failures = await devices.open(signal);
      if (failures.length > 0) {
        return {
          verdict: 'broken',
          reason: failures.map(({ message }) => message).join(' '),
          remedy: 'pressel devices, and set audio.input and audio.output to names that it shows',
        };
      }
      const { microphone, speaker } = devices;
      return {
        verdict: 'ok',
        reason: `microphone "${microphone.name}" at ${CAPTURE_RATE_HZ} Hz, speaker "${speaker.name}" at ${speaker.sampleRateHz} Hz`,
        details: {
          microphone: { name: microphone.name, sampleRateHz: CAPTURE_RATE_HZ },
          speaker: { name: speaker.name, sampleRateHz: speaker.sampleRateHz },
        },
      };
    },
  };
}
