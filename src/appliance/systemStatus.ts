import { readdir, readFile, statfs } from 'node:fs/promises';
import { freemem, networkInterfaces, totalmem } from 'node:os';
import path from 'node:path';
import type { ChatModel } from '../llm/chatModel.js';
import type { Space, StatusSource } from '../skills/statusSkill.js';

const THERMAL = '/sys/class/thermal';

/** What of this computer its health is read off: temperature and memory. */
export type ComputerHealth = Pick<StatusSource, 'temperatureCelsius' | 'memory'>;

export function computerHealth(thermalFolder = THERMAL): ComputerHealth {
  return {
    temperatureCelsius: () => hottest(thermalFolder),
    memory: async () => ({ freeBytes: await availableBytes(), totalBytes: totalmem() }),
  };
}

/** The state of this computer and of the program, as Linux tells it. Asks nobody but the configured model server. */
export function systemStatus(model: ChatModel | undefined, stateFolder: string, thermalFolder = THERMAL): StatusSource {
  return {
    isConnected: () =>
      Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal) ?? false),
    ...computerHealth(thermalFolder),
    disk: () => spaceAt(stateFolder),
    runningMs: () => process.uptime() * 1000,
    model: async (signal) => model && { name: model.name, isReady: (await model.probe(signal)).ready },
  };
}

/** Of all sensors of the board; on a Raspberry Pi there is one, the processor's. */
async function hottest(folder: string): Promise<number | undefined> {
  const zones = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('thermal_zone'));
  const texts = await Promise.all(
    zones.map((zone) => readFile(path.join(folder, zone, 'temp'), 'utf8').catch(() => '')),
  );
  // In thousandths of a degree (Documentation/ABI/testing/sysfs-class-thermal). A sensor that is off reads nothing or 0.
  const celsius = texts.map((text) => Number.parseInt(text, 10) / 1000).filter((value) => value > 0);
  return celsius.length === 0 ? undefined : Math.max(...celsius);
}

/** With what caches would give back, which "free" leaves out. */
async function availableBytes(): Promise<number> {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kibibytes = /^MemAvailable:\s+(\d+) kB/m.exec(text)?.[1];
  return kibibytes === undefined ? freemem() : Number(kibibytes) * 1024;
}

/** The folder may not be there yet: the disk is the one where it will be. */
async function spaceAt(folder: string): Promise<Space | undefined> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? undefined : spaceAt(parent);
  }
}
