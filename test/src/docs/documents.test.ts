import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checkDocuments, documentSources } from '../../../src/docs/check/checkDocuments.js';
import { statecharts } from '../../../src/docs/check/checkDrawings.js';
import { Checkout } from '../../../src/docs/check/checkout.js';
import { findingLine } from '../../../src/docs/check/finding.js';
import { readMarkdown } from '../../../src/docs/check/markdownDocument.js';
import { REFERENCE_FILE } from '../../../src/docs/reference/configurationReference.js';
import { checkoutRoot } from '../../fixtures/shared.js';

suite('the documents of the product', () => {
  const checkout = new Checkout(checkoutRoot());
  const sources = documentSources(checkout);

  test('say nothing that is not so: npm run docs:check', () => {
    assert.deepEqual(checkDocuments(sources, checkout).map(findingLine), []);
  });

  test('are those that a reader is told of', () => {
    const expected = [
      'README.md',
      'CONTRIBUTING.md',
      'CHANGELOG.md',
      REFERENCE_FILE,
      'deploy/config.toml',
      'deploy/pressel.service',
      'pressel bench asr --help',
      'src/doctor/checks/echo.ts',
    ];
    for (const file of expected) assert.ok(sources.has(file), file);
  });

  test('draw the statechart', () => {
    const drawings = [...sources]
      .filter(([file]) => file.endsWith('.md'))
      .flatMap(([file, text]) => statecharts(readMarkdown(file, text)));
    assert.ok(drawings.length > 0, 'put the output of "npx pressel machine" into README.md');
  });
});
