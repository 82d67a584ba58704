import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { simulateTurns } from '../../src/bench/sim/simulateTurns.js';
import { checkoutRoot } from '../fixtures/shared.js';
import { type BenchBaseline, type BenchFigures, worsened } from './baseline.js';

/**
 * Holds the turns of the baseline on the simulated Raspberry Pi and fails when they have become slower or cut more users
 * off. Virtual time: the same code gives the same figures on any machine. `--update` makes them the new baseline.
 */
const file = path.join(checkoutRoot(), 'test', 'bench', 'baseline.json');
const baseline = JSON.parse(readFileSync(file, 'utf8')) as BenchBaseline;
const now: Record<string, BenchFigures> = {};
for (const [name, { pi, llmModel, turns, seed, ending }] of Object.entries(baseline.runs)) {
  const { p50, p95, falseCutoffRate } = await simulateTurns({ policy: 'pressel', pi, llmModel, turns, seed, ending });
  now[name] = { p50: p50 ?? Number.NaN, p95: p95 ?? Number.NaN, falseCutoffRate };
}
if (process.argv.includes('--update')) {
  writeFileSync(file, `${JSON.stringify({ runs: baseline.runs, figures: now }, null, 2)}\n`);
  process.stdout.write(`The baseline is now ${JSON.stringify(now)}.\n`);
} else {
  const complaints = worsened(baseline, now);
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
  process.stdout.write(`${JSON.stringify(now, null, 2)}\n`);
  if (complaints.length > 0) process.exitCode = 1;
}
