/**
 * Draws the assistant's statechart for the inspector's page, when the program is built: the layout takes a library that
 * the appliance does not carry.
 *
 *     node dist/src/inspector/chart/build.js OUTFILE
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createAssistantMachine } from '../../../machines/assistant.js';
import { drawChart } from './chart.js';
import { svgOf } from './svg.js';

const [, , file] = process.argv;
if (file === undefined) {
  process.stderr.write('Say where the statechart is to be written: build.js OUTFILE\n');
  process.exit(2);
}
const svg = svgOf(await drawChart(createAssistantMachine()), 'The statechart of the assistant');
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, svg);
