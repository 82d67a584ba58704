#!/usr/bin/env node
import { whyUnfit } from './unfitComputer.js';

// An old Node fails over the first module that it cannot read, so the others are not its business before it is known.
const why = whyUnfit(process.versions.node, process.arch);
if (why === undefined) {
  await import('./start.js');
} else {
  process.stderr.write(`pressel: ${why}\n`);
  // Of `doctor`, 2 says that the assistant cannot run.
  process.exitCode = process.argv[2] === 'doctor' ? 2 : 1;
}
