import { type DeviceHolder, heldDevices } from './alsaCards.js';
import {
  type AudioDevice,
  type ChosenDevice,
  chooseDevice,
  deviceWord,
  fittingDevices,
  type SoundDirection,
} from './audioDevice.js';
import { AudioError } from './drivers.js';

/**
 * `chooseDevice`, but of a device that is not in the list because a program has it open, it says so.
 * @param procRoot where the kernel's files are; for tests
 * @throws {AudioError} deviceBusy, or as `chooseDevice`
 */
export async function chooseFreeDevice<Device extends AudioDevice>(
  devices: readonly Device[],
  direction: SoundDirection,
  wanted?: string,
  procRoot?: string,
): Promise<ChosenDevice<Device>> {
  try {
    return chooseDevice(devices, direction, wanted);
  } catch (error) {
    const held = (await heldDevices(procRoot)).filter((device) => device.direction === direction);
    const [device] = wanted === undefined || wanted === 'auto' ? held : fittingDevices(held, wanted);
    throw device === undefined ? error : busyDevice(direction, device.name, device.holder);
  }
}

/** @param said by the library, where it has tried */
export function busyDevice(
  direction: SoundDirection,
  name: string,
  { command, pid }: DeviceHolder,
  said?: string,
): AudioError {
  const who = `The ${deviceWord(direction)} "${name}" is in use by ${command} (process ${pid})`;
  return new AudioError('deviceBusy', `${who}. Close that one.${said === undefined ? '' : ` (${said})`}`);
}
