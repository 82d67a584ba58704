import { existsSync } from 'node:fs';
import { readdir, readFile, statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import path from 'node:path';
import { readBoardModel } from '../../../hardware/gpio/boardModel.js';
import type { BoardTraces } from '../../setup/tables/boardFor.js';
import type { ComputerFacts } from '../../setup/tables/computerRequirements.js';

/** What this computer is. @param folder that models go to; it need not exist */
export async function readComputer(
  folder: string,
  { lacksService }: Pick<ComputerFacts, 'lacksService'>,
): Promise<ComputerFacts> {
  const { model } = readBoardModel();
  const free = await statfs(existingFolder(folder)).catch(() => undefined);
  return {
    model,
    arch: process.arch,
    nodeVersion: process.version,
    memoryBytes: totalmem(),
    now: new Date(),
    lacksService,
    freeBytes: free && free.bavail * free.bsize,
  };
}

/** The traces that a board leaves. @param procFolder for tests */
export async function readBoardTraces(procFolder = '/proc'): Promise<BoardTraces> {
  const product = await readFile(path.join(procFolder, 'device-tree', 'hat', 'product'), 'utf8').catch(() => undefined);
  const asound = path.join(procFolder, 'asound');
  const cards: string[] = [];
  for (const entry of (await readdir(asound).catch(() => [])).sort()) {
    if (!/^card\d+$/.test(entry)) continue;
    const id = await readFile(path.join(asound, entry, 'id'), 'utf8').catch(() => '');
    if (id.trim() !== '') cards.push(id.trim());
  }
  // The property is a C string.
  return { hatProduct: product?.replace(/\0+$/, '').trim() || undefined, cards };
}

function existingFolder(folder: string): string {
  return existsSync(folder) || folder === path.dirname(folder) ? folder : existingFolder(path.dirname(folder));
}
