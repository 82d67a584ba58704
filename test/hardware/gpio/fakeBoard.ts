import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Folders that stand for /proc and /dev. Remove them with `remove`. */
export interface FakeBoard {
  readonly procFolder: string;
  readonly devFolder: string;
  remove(): void;
}

/** A machine of this model, or without one, with these (empty) device files. */
export function fakeBoard(model: string | undefined, devices: readonly string[] = []): FakeBoard {
  const root = mkdtempSync(path.join(tmpdir(), 'pressel-board-'));
  const procFolder = path.join(root, 'proc');
  const devFolder = path.join(root, 'dev');
  mkdirSync(path.join(procFolder, 'device-tree'), { recursive: true });
  mkdirSync(devFolder);
  if (model !== undefined) writeFileSync(path.join(procFolder, 'device-tree', 'model'), `${model}\0`);
  for (const device of devices) writeFileSync(path.join(devFolder, device), '');
  return { procFolder, devFolder, remove: () => rmSync(root, { recursive: true }) };
}
