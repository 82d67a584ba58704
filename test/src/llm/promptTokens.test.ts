import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { promptTokens, textTokens } from '../../../src/llm/promptTokens.js';

describe('the tokens of a prompt', () => {
  it('begin with those of a shorter one, whatever words were added to its message', () => {
    const words = fc.array(fc.constantFrom('what', 'is', "it's", 'considerably', '42', 'über'), { minLength: 1 });
    fc.assert(
      fc.property(words, words, (heard, more) => {
        const before = textTokens(heard.join(' '));
        const message = [...heard, ...more].join(' ');
        assert.deepEqual(textTokens(message).slice(0, before.length), before);
        const opening = promptTokens([{ role: 'user', content: message }]).slice(0, 3 + before.length);
        assert.deepEqual(
          opening,
          promptTokens([{ role: 'user', content: heard.join(' ') }]).slice(0, 3 + before.length),
        );
      }),
    );
  });

  it('are no more than the template where nothing is said', () => {
    assert.equal(promptTokens([]).length, 3);
    assert.equal(promptTokens([{ role: 'user', content: '' }]).length, 3 + 2 + 3);
  });
});
