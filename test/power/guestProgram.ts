import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { ModelStore } from '../../src/models/modelStore.js';
import { Installation } from '../../src/update/installation.js';
import { parseRelease } from '../../src/update/release.js';
import { resume, update } from '../../src/update/update.js';
import { crashModel, writeCrashModel } from '../crash/crashModel.js';
import { faultsOf, writeRelease, writeVersion } from '../crash/installedVersions.js';
import { writeForever } from '../crash/stateWriters.js';
import { updateOptions } from '../crash/updateOptions.js';
import { type Acknowledged, acknowledgedIn, checkState, WRITTEN } from '../crash/writtenState.js';
import { checkoutRoot } from '../fixtures/shared.js';

/**
 * What runs in the virtual machine: checks all that the disk holds against what it has told before the power was cut, and
 * then writes, updates and copies models until it is cut again.
 */
const [, , disk = '', toldFile = ''] = process.argv;
const state = path.join(disk, 'state');
const root = path.join(disk, 'opt');
const MAIN = path.join(checkoutRoot(), 'dist', 'src', 'cli', 'main.js');
const ID = 'voice-a';

/** Of the machine's one processor, each writer gets its share. */
const PAUSE_MS = 5;
/** What was copied stays until three more were, of which two may not have been told. */
const FOLDERS = 3;
/** Words that were on their way when the power was cut. */
const AHEAD = 4;

const told = readFileSync(toldFile, 'utf8');
const acknowledged = acknowledgedIn(told) as Acknowledged & { readonly update?: number; readonly model?: number };
const signal = new AbortController().signal;
const stick = path.join('/dev/shm', 'stick');
writeCrashModel(path.join(stick, ID));
const storeOf = (number: number) =>
  new ModelStore(path.join(disk, `models-${number % FOLDERS}`), { env: {}, models: [crashModel(stick)] });

const installation = new Installation(root);
const checked = await check();
writeSync(1, `CHECKED ${JSON.stringify(checked)}\n`);
await Promise.race([
  writeForever(state, checked.last + 1, PAUSE_MS),
  updateForever(checked.version + 1),
  copyForever((acknowledged.model ?? 0) + AHEAD),
]);

async function check() {
  if (!existsSync(state)) {
    mkdirSync(state);
    for (const version of ['0.1.0', '0.2.0']) writeVersion(installation.folderOf(version), version);
    await installation.link('previous', '0.1.0');
    await installation.link('current', '0.2.0');
    spawnSync('sync');
    return { last: 0, version: 2, faults: [], lost: 0, torn: 0 };
  }
  const { faults: found, ...rest } = await checkState(state, acknowledged, { ahead: AHEAD });
  const faults = [...found, ...(await faultsOf(root))];
  await resume(installation, await updateOptions(installation));
  faults.push(...(await faultsOf(root)));
  const version = Number((await installation.linked('current'))?.split('.')[1]);
  if (!(version >= (acknowledged.update ?? 2))) faults.push(`version ${version} after ${acknowledged.update}`);
  for (let number = 0; number < FOLDERS; number++) {
    if ((await storeOf(number).verify(ID, signal)).state === 'damaged') faults.push(`models-${number} is damaged`);
  }
  const { model } = acknowledged;
  if (model !== undefined && (await storeOf(model).verify(ID, signal)).state !== 'present') {
    faults.push(`model ${model} was kept, and is not there`);
  }
  const ask = (args: readonly string[]) => {
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
    if (status !== 0) faults.push(`pressel ${args[0]}: ${stderr}`);
  };
  ask(['history', '--json', '--folder', state]);
  if (existsSync(path.join(state, WRITTEN.settings))) ask(['config', '--config', path.join(state, WRITTEN.settings)]);
  return { ...rest, version, faults };
}

async function updateForever(first: number): Promise<never> {
  for (let number = first; ; number++) {
    const folder = path.join('/dev/shm', 'release');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    await writeRelease(folder, `0.${number}.0`);
    const file = path.join(folder, 'release.json');
    const release = parseRelease(readFileSync(file, 'utf8'), file);
    await update(installation, { kind: 'folder', folder }, release, await updateOptions(installation));
    writeSync(1, `kept update ${number}\n`);
  }
}

async function copyForever(first: number): Promise<never> {
  for (let number = first; ; number++) {
    const store = storeOf(number);
    rmSync(path.join(store.folder, ID), { recursive: true, force: true });
    await store.fetch(ID, { signal, from: stick });
    writeSync(1, `kept model ${number}\n`);
  }
}
