import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SeededNumbers } from '../../src/bench/sim/seededNumbers.js';
import type { CleanUp } from '../fixtures/cleanUp.js';
import { bareEnvironment } from '../fixtures/pressel.js';
import { checkoutRoot } from '../fixtures/shared.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { killedAfter } from './killed.js';
import { Tally } from './tally.js';
import { acknowledgedIn, checkState, WRITTEN, type Written } from './writtenState.js';

const WRITING = fileURLToPath(new URL('./writingProcess.js', import.meta.url));
const MAIN = path.join(checkoutRoot(), 'dist', 'src', 'cli', 'main.js');

/** Some ten rounds of all the writers. */
const LONGEST_LIFE_MS = 250;
/** Asking the program itself takes longer than killing it. */
const ASKED_EVERY = 10;

/** Kills a program that writes all kinds of state and settings side by side, without a pause, always in the same folder. */
export async function killWriters(kills: number, random: SeededNumbers, cleanUp: CleanUp): Promise<Tally> {
  const tally = new Tally('state and settings, 8 writers side by side');
  const folder = temporaryFolder(cleanUp);
  const env = bareEnvironment(folder);
  const during = new Map<string, number>();
  let first = 1;
  for (let kill = 0; kill < kills; kill++) {
    const run = await killedAfter(
      { args: [WRITING, folder, String(first)], cwd: folder, env },
      random() * LONGEST_LIFE_MS,
      (step) => step.startsWith(`after rename ${WRITTEN.token}`), // all of them have begun then
    );
    tally.demand(!run.isOver, `it ended by itself: ${run.stderr}`);
    const acknowledged = acknowledgedIn(run.stdout);
    const checked = await checkState(folder, acknowledged, { first });
    for (const number of Object.values(acknowledged)) tally.acknowledged += number - first + 1;
    tally.lost += checked.lost;
    tally.torn += checked.torn;
    tally.faults.push(...checked.faults.map((fault) => `kill ${kill}: ${fault}`));
    tally.fellIn('writing');
    for (const kind of Object.keys(WRITTEN) as Written[]) {
      const last = run.steps.findLast((step) => step.includes(WRITTEN[kind]));
      const phase = last === undefined ? 'not begun' : last.split(' ').slice(0, 2).join(' ').replace('during ', '');
      during.set(phase, (during.get(phase) ?? 0) + 1);
    }
    first = checked.last + 1;
    if (kill % ASKED_EVERY === 0) ask(['history', '--json', '--folder', folder]);
    if (kill % ASKED_EVERY === 0) ask(['config', '--config', path.join(folder, WRITTEN.settings)]);
  }
  const phases = [...during].sort(([, a], [, b]) => b - a).map(([phase, count]) => `${phase} ${count}`);
  tally.notes.push(`each of the 8 writers was at: ${phases.join(', ')}`);
  return tally;

  function ask(args: readonly string[]): void {
    try {
      execFileSync(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    } catch (error) {
      tally.faults.push(`pressel ${args[0]}: ${error}`);
    }
  }
}
