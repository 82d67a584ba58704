import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SeededNumbers } from '../../src/bench/sim/seededNumbers.js';
import { Installation } from '../../src/update/installation.js';
import { resume } from '../../src/update/update.js';
import type { CleanUp } from '../fixtures/cleanUp.js';
import { bareEnvironment } from '../fixtures/pressel.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { faultsOf, writeRelease, writeVersion } from './installedVersions.js';
import { killedAfter, phaseOf } from './killed.js';
import { Tally } from './tally.js';
import { updateOptions } from './updateOptions.js';

const UPDATING = fileURLToPath(new URL('./updatingProcess.js', import.meta.url));

/** From the first mark on the disk until all is tidied up. */
const SWITCH_MS = 60;

/** Kills updates, one version after the other; an update that was killed is finished, or tried again. */
export async function killUpdates(kills: number, random: SeededNumbers, cleanUp: CleanUp): Promise<Tally> {
  const tally = new Tally('update');
  const home = temporaryFolder(cleanUp);
  const root = path.join(home, 'opt');
  const installation = new Installation(root);
  for (const version of ['0.1.0', '0.2.0']) writeVersion(installation.folderOf(version), version);
  await installation.link('previous', '0.1.0');
  await installation.link('current', '0.2.0');
  let number = 2;
  const updateTo = async (version: string, lifeMs?: number, from?: (step: string) => boolean) => {
    const folder = path.join(home, 'release', version);
    mkdirSync(folder, { recursive: true });
    if (readdirSync(folder).length === 0) await writeRelease(folder, version);
    return killedAfter({ args: [UPDATING, root, folder], cwd: home, env: bareEnvironment(home) }, lifeMs, from);
  };
  const whole = await updateTo(`0.${++number}.0`);
  tally.demand(whole.code === 0, `it did not end well: ${whole.stderr}`);
  while (tally.kills < kills) {
    const version = `0.${number + 1}.0`;
    // Unpacking takes most of the time, and the switch is what matters most.
    const run =
      tally.kills % 2 === 0
        ? await updateTo(version, random() * whole.tookMs)
        : await updateTo(version, random() * SWITCH_MS, (step) => step.includes('unproven'));
    tally.faults.push(...(await faultsOf(root)).map((fault) => `kill ${tally.kills}: ${fault}`));
    if (run.isOver) tally.demand(run.code === 0, `it ended with ${run.code}: ${run.stderr}`);
    else tally.fellIn(phaseOf(run));
    // As the next start of the computer does it; or the owner tries again.
    if (random() < 0.5) {
      await resume(installation, await updateOptions(installation));
      tally.faults.push(...(await faultsOf(root)).map((fault) => `resumed after kill ${tally.kills}: ${fault}`));
      tally.demand((await installation.unproven()) === null, 'something is left to finish');
    }
    if ((await installation.linked('current')) !== version) continue;
    if ((await installation.unproven()) !== null) continue;
    tally.acknowledged++;
    number++;
    rmSync(path.join(home, 'release', version), { recursive: true });
  }
  const last = await updateTo(`0.${number + 1}.0`);
  tally.demand(last.code === 0, `the last one ended with ${last.code}: ${last.stderr}`);
  tally.faults.push(...(await faultsOf(root)));
  const names = readdirSync(root).filter((name) => !['current', 'previous', 'versions', 'update.lock'].includes(name));
  tally.demand(names.length === 0, `left behind: ${names}`);
  tally.demand(readdirSync(path.join(root, 'versions')).length === 2, 'more than two versions are kept');
  tally.notes.push(`undisturbed it takes ${Math.round(whole.tookMs)} ms; ${tally.acknowledged} were finished`);
  return tally;
}
