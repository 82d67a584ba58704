/** Tells what the documents say that is not so: `npm run docs:check`. Exit status 1 where there is anything. */
import path from 'node:path';
import { packageFile } from '../cli/packageFile.js';
import { checkDocuments, documentSources } from './check/checkDocuments.js';
import { Checkout } from './check/checkout.js';
import { findingLine } from './check/finding.js';

const checkout = new Checkout(path.dirname(packageFile('package.json')));
const sources = documentSources(checkout);
const findings = checkDocuments(sources, checkout);
for (const finding of findings) process.stdout.write(`${findingLine(finding)}\n`);
process.stderr.write(`${sources.size} documents, ${findings.length} findings\n`);
process.exitCode = findings.length > 0 ? 1 : 0;
