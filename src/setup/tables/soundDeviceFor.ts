import type { AudioDevice, SoundDirection } from '../../../hardware/audio/audioDevice.js';

/** Sound servers, which share the cards and know which one is wanted. */
const SERVERS = /^(pulse|pipewire)$/i;
/** The outputs of a Raspberry Pi to screens, which often have no loudspeaker: `vc4hdmi0`, `vc4-hdmi-1`. */
const SCREENS = /vc4.?hdmi|hdmi/i;

/** The devices worth choosing from: cards and what a sound server offers, without the many other names that ALSA has for them. */
export function choosableDevices(devices: readonly AudioDevice[], direction: SoundDirection): AudioDevice[] {
  return devices.filter(
    (device) => channels(device, direction) > 0 && (device.alsaId !== undefined || SERVERS.test(device.name)),
  );
}

/** How a setting names a device: a card by its id, which outlives a restart; others by their name. */
export function settingOf({ alsaId, name }: AudioDevice): string {
  return alsaId === undefined ? name : `plug${alsaId}`;
}

/**
 * The device to recommend, as a setting. With a sound server its own choice ("auto"); else a card that hears and speaks,
 * as speakerphones and headsets do; else any that is no screen.
 */
export function soundDeviceFor(devices: readonly AudioDevice[], direction: SoundDirection): string {
  const choosable = choosableDevices(devices, direction);
  if (choosable.some(({ name }) => SERVERS.test(name))) return 'auto';
  const cards = choosable.filter(({ name, alsaId }) => alsaId !== undefined && !SCREENS.test(`${name} ${alsaId}`));
  const both = cards.find(({ inputChannels, outputChannels }) => inputChannels > 0 && outputChannels > 0);
  const card = both ?? cards[0];
  return card === undefined ? 'auto' : settingOf(card);
}

function channels({ inputChannels, outputChannels }: AudioDevice, direction: SoundDirection): number {
  return direction === 'input' ? inputChannels : outputChannels;
}
