import { Command } from 'commander';
import { type DeviceHolder, deviceHolder, heldDevices } from '../../../hardware/audio/alsaCards.js';
import type { AudioDevice, SoundDirection } from '../../../hardware/audio/audioDevice.js';
import { AudioError } from '../../../hardware/audio/drivers.js';
import { chooseFreeDevice } from '../../../hardware/audio/freeDevice.js';
import { listAudioDevices } from '../../../hardware/audio/portaudio/portaudio.js';
import { systemClock } from '../../../hardware/clock.js';
import { type GpioChip, listGpioChips } from '../../../hardware/gpio/chardev/chips.js';
import { GpioError } from '../../../hardware/gpio/drivers.js';
import { loadConfig } from '../../config/loadConfig.js';
import type { Io } from '../io.js';

interface DevicesOptions {
  readonly json?: boolean;
  readonly config?: string;
}

/** A sound device, what it was chosen for, and who has it. */
interface ListedDevice extends AudioDevice {
  readonly chosenAs: readonly ('microphone' | 'speaker')[];
  readonly heldBy: { readonly microphone: DeviceHolder | null; readonly speaker: DeviceHolder | null };
}

interface Devices {
  readonly audio: readonly ListedDevice[];
  /** Devices of which nothing more can be told, because programs have them open. */
  readonly held: readonly Pick<ListedDevice, 'name' | 'alsaId' | 'heldBy'>[];
  readonly gpio: readonly GpioChip[];
  /** What could not be listed or found, each with its remedy. */
  readonly problems: readonly string[];
}

const DIRECTIONS = { microphone: 'input', speaker: 'output' } as const satisfies Record<string, SoundDirection>;
const ROLES = ['microphone', 'speaker'] as const;

/** `pressel devices`: what there is to hear, speak and press with. */
export function devicesCommand(io: Io): Command {
  return new Command('devices')
    .description('list sound devices and GPIO chips, which are chosen, and who holds a busy one')
    .option('--config <file>', 'read this configuration file')
    .option('--json', 'print one JSON document')
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<DevicesOptions>();
      const found = await findDevices(io, options.config);
      if (options.json) {
        io.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
        return;
      }
      io.stdout.write(asText(found));
      for (const problem of found.problems) io.stderr.write(`${problem}\n`);
    });
}

async function findDevices(io: Io, file: string | undefined): Promise<Devices> {
  const { config } = await loadConfig({ file, env: io.env, home: io.home });
  const { driver, input, output } = config.audio;
  const wanted = { microphone: input, speaker: output };
  const problems: string[] = [];
  const devices = await orProblem(
    listAudioDevices({
      clock: systemClock,
      env: io.env,
      ...(driver === 'naudiodon' ? { library: driver } : {}),
    }),
    problems,
  );
  const chosen: Partial<Record<(typeof ROLES)[number], AudioDevice>> = {};
  for (const role of ROLES) {
    const device = await chosenDevice(devices, DIRECTIONS[role], wanted[role], problems);
    if (device !== undefined) chosen[role] = device;
  }
  const audio = await Promise.all(
    devices.map(async (device) => ({
      ...device,
      chosenAs: ROLES.filter((role) => chosen[role] === device),
      heldBy: { microphone: await holderOf(device, 'input'), speaker: await holderOf(device, 'output') },
    })),
  );
  const gpio = await orProblem(
    Promise.resolve().then(() => listGpioChips()),
    problems,
  );
  return { audio, held: await unlistedDevices(devices), gpio, problems };
}

/** The library lists a device only where it can open it in one direction at least. */
async function unlistedDevices(listed: readonly AudioDevice[]): Promise<Devices['held']> {
  const isListed = new Set(listed.map(({ alsaId }) => alsaId));
  const hidden = (await heldDevices()).filter(({ alsaId }) => !isListed.has(alsaId));
  return Promise.all(
    [...new Map(hidden.map(({ alsaId, name }) => [alsaId, name]))].map(async ([alsaId, name]) => ({
      name,
      alsaId,
      heldBy: { microphone: await holderOf({ alsaId }, 'input'), speaker: await holderOf({ alsaId }, 'output') },
    })),
  );
}

/** An empty list, and the reason among the problems, where there is one that the owner can mend. */
async function orProblem<Item>(listing: Promise<readonly Item[]>, problems: string[]): Promise<readonly Item[]> {
  try {
    return await listing;
  } catch (error) {
    if (!(error instanceof AudioError || error instanceof GpioError)) throw error;
    problems.push(error.message);
    return [];
  }
}

async function chosenDevice(
  devices: readonly AudioDevice[],
  direction: SoundDirection,
  wanted: string,
  problems: string[],
): Promise<AudioDevice | undefined> {
  try {
    return (await chooseFreeDevice(devices, direction, wanted)).device;
  } catch (error) {
    if (!(error instanceof AudioError)) throw error;
    problems.push(error.message);
    return undefined;
  }
}

/** Only a card can be held; what a sound server offers is shared. */
async function holderOf(
  { alsaId }: Pick<AudioDevice, 'alsaId'>,
  direction: SoundDirection,
): Promise<DeviceHolder | null> {
  return alsaId === undefined ? null : ((await deviceHolder(alsaId, direction)) ?? null);
}

function asText({ audio, held, gpio }: Devices): string {
  const width = Math.max(0, ...[...audio, ...held].map(({ name }) => name.length));
  const lines = [
    `Sound devices: ${audio.length + held.length === 0 ? 'none' : '(* chosen)'}`,
    ...audio.map((device) => `  ${deviceLine(device, width)}`),
    ...held.map(({ name, alsaId, heldBy }) => `  ${[name.padEnd(width), alsaId, ...holders(heldBy)].join('  ')}`),
    `GPIO chips: ${gpio.length === 0 ? 'none' : ''}`.trimEnd(),
    ...gpio.map(({ path, label, lines: { length } }) => `  ${path}  ${label}, ${length} lines`),
  ];
  return `${lines.join('\n')}\n`;
}

function deviceLine(
  { name, alsaId, inputChannels, outputChannels, defaultRateHz, chosenAs, heldBy }: ListedDevice,
  width: number,
): string {
  const facts = [
    ...(alsaId === undefined ? [] : [alsaId]),
    `${inputChannels} in, ${outputChannels} out, ${defaultRateHz} Hz`,
    ...chosenAs.map((role) => `* ${role}`),
    ...holders(heldBy),
  ];
  return `${name.padEnd(width)}  ${facts.join('  ')}`;
}

function holders(heldBy: ListedDevice['heldBy']): string[] {
  return ROLES.flatMap((role) => {
    const holder = heldBy[role];
    return holder === null ? [] : [`${role} in use by ${holder.command} (process ${holder.pid})`];
  });
}
