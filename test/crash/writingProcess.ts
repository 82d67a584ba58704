import { writeForever } from './stateWriters.js';

// A program that is only good for being killed.
const [, , folder = '', first = '1'] = process.argv;
await writeForever(folder, Number(first));
