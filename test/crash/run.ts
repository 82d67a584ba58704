import { seededNumbers } from '../../src/bench/sim/seededNumbers.js';
import { Leftovers } from '../fixtures/cleanUp.js';
import { killWriters } from './stateKills.js';

const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);
const share = Number(process.argv[3] ?? 1);
process.stdout.write(`seed ${seed}; again: npm run test:crash -- ${seed}\n`);
const leftovers = new Leftovers();
try {
  const random = seededNumbers(seed);
  const tally = await killWriters(Math.round(100 * share), random, leftovers);
  process.stdout.write(`${tally}\n`);
} finally {
  await leftovers.clear();
}
