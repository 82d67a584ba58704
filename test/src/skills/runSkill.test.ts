import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import type { IntentSkill, SkillAnswer } from '../../../src/skills/intent.js';
import { MAX_ANSWER_LENGTH, runSkill } from '../../../src/skills/runSkill.js';
import { monday } from '../../fixtures/askSkill.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

const unprintable = Object.create(null) as object;

/** A skill whose author has made a mistake: the types do not keep an owner's JavaScript from it. */
function outcomeOf(run: () => unknown) {
  const skill: IntentSkill<unknown> = {
    name: 'odd',
    description: 'Odd.',
    args: z.object({}),
    understand: () => undefined,
    run: run as () => Promise<SkillAnswer>,
  };
  return runSkill(skill, {}, monday, new SteppedClock(), new AbortController().signal);
}

describe('a skill', () => {
  for (const [what, run, answer, problem] of [
    [
      'throws',
      () => {
        throw new Error('broken');
      },
      'Sorry, that did not work.',
      /failed: broken/,
    ],
    ['rejects with a text', () => Promise.reject('no'), 'Sorry, that did not work.', /failed: no/],
    ['rejects with nothing', () => Promise.reject(), 'Sorry, that did not work.', /failed: undefined/],
    [
      'rejects with what is no text',
      () => Promise.reject(unprintable),
      'Sorry, that did not work.',
      /no error was thrown/,
    ],
    ['returns undefined', () => undefined, 'Sorry, that did not work.', /with no text \(undefined\)/],
    ['returns null', async () => null, 'Sorry, that did not work.', /with no text/],
    ['returns a number', async () => 7, 'Sorry, that did not work.', /with no text \(number\)/],
    ['returns a list of numbers', async () => [7], 'Sorry, that did not work.', /with no text/],
    ['returns punctuation only', async () => ' ... !', 'Done.', /nothing that can be said aloud/],
    ['is silent', async () => '', '', undefined],
  ] as const) {
    it(`that ${what} has an answer, and the log says why`, async () => {
      const outcome = await outcomeOf(run);
      assert.equal(outcome.answer, answer);
      if (problem) assert.match(outcome.problem ?? '', problem);
      else assert.equal(outcome.problem, undefined);
    });
  }

  it('that returns 10 MB is cut', async () => {
    const { answer, problem } = await outcomeOf(async () => 'blah '.repeat(2_000_000));
    assert.ok(typeof answer === 'string' && answer.length < MAX_ANSWER_LENGTH + 50);
    assert.match(problem ?? '', /10000000 characters/);
  });
});
