import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  englishRules,
  spokenText,
  WORD_AND_MARK,
  warmUpSpokenText,
} from '../../../../../src/speech/text/normalise/spokenText.js';
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

describe('the warm-up', () => {
  it('tries each rule, as none before it has anything to say', () => {
    const tried = new Set<number>();
    const patterns = englishRules.map(({ pattern }, rule) => ({ pattern, exec: pattern.exec.bind(pattern), rule }));
    for (const { pattern, exec, rule } of patterns) {
      pattern.exec = (text) => {
        tried.add(rule);
        return exec(text);
      };
    }
    try {
      warmUpSpokenText(america);
    } finally {
      for (const { pattern } of patterns) Reflect.deleteProperty(pattern, 'exec');
    }
    assert.equal(tried.size, englishRules.length);
    assert.equal(spokenText(WORD_AND_MARK, america), WORD_AND_MARK);
  });

  it('does nothing for a language without rules', () => {
    assert.doesNotThrow(() => warmUpSpokenText({ language: 'de-DE', clock: '24h' }));
  });
});
