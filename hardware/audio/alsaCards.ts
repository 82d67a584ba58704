import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { SoundDirection } from './audioDevice.js';

/** A program that has a sound device open. */
export interface DeviceHolder {
  readonly pid: number;
  /** Its name, as the kernel knows it (15 characters). */
  readonly command: string;
}

/** A device of a card that programs have open so that nobody else can open it. */
export interface HeldDevice {
  /** Much as PortAudio calls it when it is free: "USB Audio: - (hw:1,0)". */
  readonly name: string;
  readonly alsaId: string;
  readonly direction: SoundDirection;
  readonly holder: DeviceHolder;
}

/**
 * The ALSA id of a device that PortAudio calls "USB Audio: - (hw:1,0)": "hw:CARD=Device,DEV=0". Undefined for a device
 * that is not a card ("default", "pulse").
 * @param procRoot where the kernel's files are; for tests
 */
export async function alsaIdOf(deviceName: string, procRoot = '/proc'): Promise<string | undefined> {
  const [, card, device] = /\(hw:(\d+),(\d+)\)/.exec(deviceName) ?? [];
  if (card === undefined) return undefined;
  const id = await read(path.join(procRoot, 'asound', `card${card}`, 'id'));
  return id === undefined ? undefined : `hw:CARD=${id.trim()},DEV=${device}`;
}

/**
 * Which program has a card open, from the kernel's /proc/asound.
 * @param alsaId "hw:CARD=Device,DEV=0" or "hw:CARD=Device"; undefined looks through all cards
 * @param procRoot where the kernel's files are; for tests
 */
export async function deviceHolder(
  alsaId: string | undefined,
  direction: SoundDirection,
  procRoot = '/proc',
): Promise<DeviceHolder | undefined> {
  const [, wantedCard, wantedDevice] = /^hw:CARD=([^,]+)(?:,DEV=(\d+))?/.exec(alsaId ?? '') ?? [];
  const asound = path.join(procRoot, 'asound');
  const pcmEnd = direction === 'input' ? 'c' : 'p';
  for (const card of await list(asound, /^card\d+$/)) {
    const id = await read(path.join(asound, card, 'id'));
    if (wantedCard !== undefined && id?.trim() !== wantedCard) continue;
    for (const pcm of await list(path.join(asound, card), new RegExp(`^pcm${wantedDevice ?? '\\d+'}${pcmEnd}$`))) {
      const holder = await holderOf(path.join(asound, card, pcm), procRoot);
      if (holder !== undefined) return holder;
    }
  }
  return undefined;
}

/**
 * The devices that cannot be opened because programs hold them. PortAudio leaves them out of its list, or lists them
 * without channels in that direction, as if they were not connected.
 * @param procRoot where the kernel's files are; for tests
 */
export async function heldDevices(procRoot = '/proc'): Promise<HeldDevice[]> {
  const held: HeldDevice[] = [];
  const asound = path.join(procRoot, 'asound');
  for (const card of await list(asound, /^card\d+$/)) {
    for (const pcm of await list(path.join(asound, card), /^pcm\d+[pc]$/)) {
      const info = await read(path.join(asound, card, pcm, 'info'));
      // Some cards take several programs at once, each on a subdevice of its own.
      if (info === undefined || !/^subdevices_avail: 0$/m.test(info)) continue;
      const holder = await holderOf(path.join(asound, card, pcm), procRoot);
      const cardId = await read(path.join(asound, card, 'id'));
      if (holder === undefined || cardId === undefined) continue;
      const [, cardNumber] = /^card: (\d+)$/m.exec(info) ?? [];
      const [, device] = /^device: (\d+)$/m.exec(info) ?? [];
      const [, what] = /^id: (.*)$/m.exec(info) ?? [];
      held.push({
        name: `${cardId.trim()}: ${what} (hw:${cardNumber},${device})`,
        alsaId: `hw:CARD=${cardId.trim()},DEV=${device}`,
        direction: pcm.endsWith('c') ? 'input' : 'output',
        holder,
      });
    }
  }
  return held;
}

async function holderOf(pcmFolder: string, procRoot: string): Promise<DeviceHolder | undefined> {
  for (const sub of await list(pcmFolder, /^sub\d+$/)) {
    const status = await read(path.join(pcmFolder, sub, 'status'));
    const [, pid] = /^owner_pid\s*:\s*(\d+)/m.exec(status ?? '') ?? [];
    if (pid === undefined) continue;
    const command = await read(path.join(procRoot, pid, 'comm'));
    return { pid: Number(pid), command: command?.trim() ?? 'unknown' };
  }
  return undefined;
}

async function read(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

async function list(folder: string, pattern: RegExp): Promise<string[]> {
  const entries = await readdir(folder).catch(() => []);
  return entries.filter((entry) => pattern.test(entry)).sort();
}
