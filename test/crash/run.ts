import { seededNumbers } from '../../src/bench/sim/seededNumbers.js';
import { Leftovers } from '../fixtures/cleanUp.js';
import { killCopies, killDownloads } from './fetchKills.js';
import { killAskingSetups, killSetups } from './setupKills.js';
import { killWriters } from './stateKills.js';
import { killUpdates } from './updateKills.js';

/**
 * Kills the program at random moments of all that it writes, and looks each time whether the next start finds everything.
 * Arguments: the seed, a factor on the number of kills, and the only kind of them that is wanted.
 */
const KILLS = [
  { kill: killWriters, times: 100 },
  { kill: killDownloads, times: 36 },
  { kill: killCopies, times: 12 },
  { kill: killUpdates, times: 32 },
  { kill: killSetups, times: 14 },
  { kill: killAskingSetups, times: 6 },
] as const;

const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);
const factor = Number(process.argv[3] ?? 1);
process.stdout.write(`seed ${seed}; again: npm run test:crash -- ${seed}\n`);
const leftovers = new Leftovers();
const only = process.argv[4];
const startedAtMs = performance.now();
let [kills, faults] = [0, 0];
try {
  for (const [i, { kill, times }] of KILLS.entries()) {
    if (only !== undefined && kill.name !== only) continue;
    const tally = await kill(Math.max(1, Math.round(times * factor)), seededNumbers(seed + i), leftovers);
    kills += tally.kills;
    faults += tally.faults.length;
    process.stdout.write(`${tally}\n`);
  }
} finally {
  await leftovers.clear();
}
const seconds = Math.round((performance.now() - startedAtMs) / 1000);
process.stdout.write(`${kills} kills in ${seconds} s, ${faults} faults\n`);
if (faults > 0) process.exitCode = 1;
