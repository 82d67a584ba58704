import type { HeldDevice } from '../../../hardware/audio/alsaCards.js';
import type { AudioError, AudioFailure } from '../../../hardware/audio/drivers.js';
import { CAPTURE_RATE_HZ } from '../../../hardware/audio/pcm.js';
import type { Check } from '../check.js';
import type { SoundDevices } from '../soundDevices.js';
import { CONNECT } from './soundCards.js';

/** Sound servers, and who starts them again: ending one helps for a moment only. */
const SOUND_SERVER = /^(?:pulseaudio|pipewire|wireplumber)/;

const CHOOSE = 'pressel devices, and set audio.input and audio.output to names that it shows';

const REMEDIES: Readonly<Partial<Record<AudioFailure, string>>> = {
  libraryMissing: 'sudo apt install -y libportaudio2, or set audio.driver = "auto"',
  unsupported:
    'set audio.input and audio.output to the "plughw:" form of their names, which converts; see: pressel devices',
  deviceLost: `connect it again, without a hub, and look for it with: lsusb; then: ${CHOOSE}`,
};

/**
 * Whether the configured microphone and speaker can be opened. They stay open for the checks that follow.
 * @param held who has a device, where one is busy
 */
export function devicesOpenCheck(devices: SoundDevices, held: () => Promise<readonly HeldDevice[]>): Check {
  return {
    group: 'audio',
    name: 'devices open',
    alone: true,
    patienceMs: 30_000,
    run: async (signal) => {
      const failures = await devices.open(signal);
      const [first] = failures;
      if (first !== undefined) {
        return {
          verdict: 'broken',
          reason: failures.map(({ message }) => message).join(' '),
          remedy: first.reason === 'deviceBusy' ? freeing(await held()) : (REMEDIES[first.reason] ?? installing(first)),
          details: { failures: failures.map(({ reason }) => reason) },
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

/** A message may say itself what to install; where there is nothing at all, there is nothing to choose from. */
function installing({ message }: AudioError): string {
  if (/^There is no default /.test(message)) return `${CONNECT}; then: pressel devices`;
  return /Install it: (.*)$/.exec(message)?.[1] ?? CHOOSE;
}

/** How to get a device from whoever has it. */
function freeing(held: readonly HeldDevice[]): string {
  const holders = held.map(({ holder }) => holder);
  if (holders.some(({ command }) => SOUND_SERVER.test(command))) {
    return 'a desktop\'s sound server has it: set audio.input = "default" and audio.output = "default" to share it within that session; for the service, start without a desktop: sudo raspi-config nonint do_boot_behaviour B1 && sudo reboot';
  }
  if (holders.length === 0) return `sudo fuser -v /dev/snd/*, and end what it shows; or: ${CHOOSE}`;
  return `sudo kill ${[...new Set(holders.map(({ pid }) => pid))].join(' ')}; or: ${CHOOSE}`;
}
