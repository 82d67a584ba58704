import { appendFileSync } from 'node:fs';
import { onDiskSteps } from '../fixtures/diskSteps.js';

// Preloaded into a program that is to be killed: writes its process number and then what it does to the disk into the file
// that PRESSEL_CRASH_STEPS names, each step before it is done and after it.
const file = process.env['PRESSEL_CRASH_STEPS'];
if (file !== undefined) {
  delete process.env['PRESSEL_CRASH_STEPS']; // not for the programs that this one starts
  appendFileSync(file, `${process.pid}\n`);
  await onDiskSteps({
    before: ({ verb, of }) => appendFileSync(file, `during ${verb} ${of}\n`),
    after: ({ verb, of }) => appendFileSync(file, `after ${verb} ${of}\n`),
  });
}
