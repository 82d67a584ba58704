import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spokenText } from '../../../../../src/speech/text/normalise/spokenText.js';
import { measureCases } from './measureCases.js';
import { numberCases, serialCases, wordCases } from './spokenCases.js';

const america = { language: 'en-US', clock: '12h' } as const;
const britain = { language: 'en-GB', clock: '24h' } as const;

describe('text as it is said', () => {
  for (const [group, table] of Object.entries({ ...numberCases, ...measureCases, ...serialCases, ...wordCases })) {
    describe(group, () => {
      for (const [written, said, inBritain = said] of table) {
        it(`${JSON.stringify(written)} is ${JSON.stringify(said)}`, () => {
          assert.equal(spokenText(written, america), said);
          assert.equal(spokenText(written, britain), inBritain);
          assert.equal(spokenText(said, america), said);
        });
      }
    });
  }
});
