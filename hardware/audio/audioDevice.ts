import { distance } from 'fastest-levenshtein';
import { AudioError } from './drivers.js';

/** A sound device as an audio library lists it. */
export interface AudioDevice {
  readonly name: string;
  /** The system underneath: "ALSA", "JACK Audio Connection Kit". */
  readonly hostApi: string;
  readonly inputChannels: number;
  readonly outputChannels: number;
  readonly defaultRateHz: number;
  readonly isDefaultInput: boolean;
  readonly isDefaultOutput: boolean;
  /** "hw:CARD=Device,DEV=0": the card by its name, which outlives a restart, not by its number. */
  readonly alsaId?: string;
}

export type SoundDirection = 'input' | 'output';

/** A device that was chosen, and whether others would have fitted as well. */
export interface ChosenDevice<Device extends AudioDevice> {
  readonly device: Device;
  readonly ambiguous: boolean;
}

/** What people call a device of this direction. */
export function deviceWord(direction: SoundDirection): string {
  return direction === 'input' ? 'microphone' : 'speaker';
}

/** How many names are offered in the place of one that does not exist. */
const OFFERED = 3;

/**
 * The device that is meant by `wanted`: its ALSA id ("hw:CARD=Device,DEV=0", "hw:Device", "Device"), its name, or a part
 * of either, in any case of letters; the first one where several fit. Nothing or 'auto' means the default device. Never
 * a number: numbers change when a device is plugged in.
 * @throws {AudioError} deviceMissing, with the nearest names; unsupported, for a device without channels in this direction
 */
export function chooseDevice<Device extends AudioDevice>(
  devices: readonly Device[],
  direction: SoundDirection,
  wanted?: string,
): ChosenDevice<Device> {
  const word = deviceWord(direction);
  const usable = devices.filter((device) => channelsOf(device, direction) > 0);
  if (wanted === undefined || wanted === 'auto') {
    const device = usable.find(({ isDefaultInput, isDefaultOutput }) =>
      direction === 'input' ? isDefaultInput : isDefaultOutput,
    );
    if (device !== undefined) return { device, ambiguous: false };
    const others = usable.length === 0 ? '' : `, or name one of: ${names(usable)}`;
    throw new AudioError('deviceMissing', `There is no default ${word}. Connect one${others}.`);
  }
  const fitting = fittingDevices(usable, wanted);
  const [device] = fitting;
  if (device !== undefined) return { device, ambiguous: fitting.length > 1 };
  const [other] = fittingDevices(devices, wanted);
  if (other !== undefined) {
    const why = `"${other.name}" has no ${direction} channels, so it cannot be a ${word}`;
    throw new AudioError('unsupported', `${why}. Name one of: ${names(usable)}.`);
  }
  const nearest = [...usable].sort((a, b) => unlikeness(a, wanted) - unlikeness(b, wanted)).slice(0, OFFERED);
  const others = nearest.length === 0 ? 'None is connected.' : `The nearest are: ${names(nearest)}.`;
  throw new AudioError('deviceMissing', `There is no ${word} "${wanted}". ${others}`);
}

/** Those that bear exactly this name or id; if there is none, those that contain it. */
export function fittingDevices<Device extends Pick<AudioDevice, 'name' | 'alsaId'>>(
  devices: readonly Device[],
  wanted: string,
): Device[] {
  const text = plain(wanted);
  const exact = devices.filter((device) => labels(device).includes(text));
  return exact.length > 0 ? exact : devices.filter((device) => labels(device).some((label) => label.includes(text)));
}

function labels({ name, alsaId }: Pick<AudioDevice, 'name' | 'alsaId'>): string[] {
  if (alsaId === undefined) return [plain(name)];
  const id = plain(alsaId);
  return [plain(name), id, id.replace(/,.*$/, '')];
}

/** An ALSA id without what may be left out of it, or a name, in small letters. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/^(plug)?hw:/, '')
    .replace(/^card=/, '')
    .replace(/,dev=/, ',');
}

function channelsOf({ inputChannels, outputChannels }: AudioDevice, direction: SoundDirection): number {
  return direction === 'input' ? inputChannels : outputChannels;
}

function unlikeness(device: AudioDevice, wanted: string): number {
  return Math.min(...labels(device).map((label) => distance(label, plain(wanted))));
}

function names(devices: readonly AudioDevice[]): string {
  return devices.length === 0 ? 'none (nothing is connected)' : devices.map(({ name }) => `"${name}"`).join(', ');
}
