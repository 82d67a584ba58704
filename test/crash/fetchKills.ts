import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SeededNumbers } from '../../src/bench/sim/seededNumbers.js';
import { ModelStore } from '../../src/models/modelStore.js';
import type { CleanUp } from '../fixtures/cleanUp.js';
import { bareEnvironment } from '../fixtures/pressel.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { CONTENTS, crashModel, writeCrashModel } from './crashModel.js';
import { killedAfter, phaseOf } from './killed.js';
import { slowServer } from './slowServer.js';
import { Tally } from './tally.js';

const FETCHING = fileURLToPath(new URL('./fetchingProcess.js', import.meta.url));
const ID = 'voice-a';

/** Kills downloads from a server, each going on where the one before was killed. */
export async function killDownloads(kills: number, random: SeededNumbers, cleanUp: CleanUp): Promise<Tally> {
  const server = await slowServer(cleanUp, (name) => CONTENTS.get(name));
  const tally = new Tally('download of a model');
  await killFetches(tally, server.url, kills, random, cleanUp);
  tally.notes.push(`${server.resumed()} times the next one asked for the rest only`);
  tally.demand(server.resumed() >= kills / 4, 'hardly any download went on where it was');
  return tally;
}

/** Kills `--from`: copies from a folder. */
export async function killCopies(kills: number, random: SeededNumbers, cleanUp: CleanUp): Promise<Tally> {
  const stick = path.join(temporaryFolder(cleanUp), ID);
  writeCrashModel(stick);
  const tally = new Tally('copy of a model from a folder');
  await killFetches(tally, path.dirname(stick), kills, random, cleanUp);
  return tally;
}

async function killFetches(
  tally: Tally,
  source: string,
  kills: number,
  random: SeededNumbers,
  cleanUp: CleanUp,
): Promise<void> {
  const home = temporaryFolder(cleanUp);
  const folder = path.join(home, 'models');
  const victim = { args: [FETCHING, folder, source], cwd: home, env: bareEnvironment(home) };
  const store = new ModelStore(folder, { env: {}, models: [crashModel(source)] });
  const signal = new AbortController().signal;
  const { tookMs, stderr } = await killedAfter(victim, undefined);
  tally.demand((await store.status(ID)) === 'present', `it was not fetched: ${stderr}`);
  rmSync(folder, { recursive: true });
  const seenHalves = new Set<string>();
  while (tally.kills < kills) {
    const run = await killedAfter(victim, random() * tookMs);
    const { state, files } = await store.verify(ID, signal);
    const wrong = files.filter(({ check }) => check.state === 'damaged').map(({ name }) => name);
    tally.demand(wrong.length === 0, `kill ${tally.kills}: ${wrong} under its final name`);
    const litter = litterIn(folder);
    // One process at work leaves one part of a file, or one folder.
    tally.demand(litter.length <= 1, `kill ${tally.kills}: ${litter}`);
    if (litter.length > 0) tally.torn++;
    if (run.isOver) {
      tally.demand(run.code === 0 && state === 'present', `it ended with ${run.code}: ${run.stderr}`);
      tally.demand(litter.length === 0, `left behind: ${litter}`);
      tally.acknowledged++;
      rmSync(folder, { recursive: true });
      continue;
    }
    tally.fellIn(phaseOf(run));
    for (const { name, check } of files) if (check.state === 'ok') seenHalves.add(name);
  }
  const last = await killedAfter(victim, undefined);
  const { state } = await store.verify(ID, signal);
  tally.demand(last.code === 0 && state === 'present', `the last one ended with ${last.code}: ${last.stderr}`);
  tally.demand(litterIn(folder).length === 0, `left behind at the end: ${litterIn(folder)}`);
  tally.notes.push(`undisturbed it takes ${Math.round(tookMs)} ms; kills with some files there: ${[...seenHalves]}`);
}

/** What is neither a model's folder nor one of its files. */
function litterIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const inModel = existsSync(path.join(folder, ID)) ? readdirSync(path.join(folder, ID)) : [];
  return [...readdirSync(folder).filter((name) => name !== ID), ...inModel.filter((name) => !CONTENTS.has(name))];
}
