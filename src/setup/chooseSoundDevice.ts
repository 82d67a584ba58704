import { deviceWord, type SoundDirection } from '../../hardware/audio/audioDevice.js';
import type { Dialogue } from './dialogue.js';
import type { SoundInventory } from './soundTests.js';
import { choosableDevices, settingOf, soundDeviceFor } from './tables/soundDeviceFor.js';

/** The value of `audio.input` or `audio.output` that the owner chooses. @param current as it is set now */
export async function chooseSoundDevice(
  dialogue: Dialogue,
  { devices, held }: SoundInventory,
  direction: SoundDirection,
  current: string,
): Promise<string> {
  const choosable = choosableDevices(devices, direction);
  for (const { name, holder } of held.filter((device) => device.direction === direction)) {
    dialogue.tell(
      `"${name}" is in use by ${holder.command} (process ${holder.pid}): close that one to have it here.`,
      'warning',
    );
  }
  const suggested = soundDeviceFor(devices, direction);
  const recommended = current === 'auto' ? suggested : current;
  const choices = [
    { value: 'auto', label: "The system's default" },
    ...choosable.map((device) => {
      const value = settingOf(device);
      return { value, label: device.name, ...(value === device.name ? {} : { hint: value }) };
    }),
  ];
  if (!choices.some(({ value }) => value === current))
    choices.push({ value: current, label: `${current}, as it is set now` });
  return dialogue.choose(`Which ${deviceWord(direction)}?`, choices, recommended);
}
