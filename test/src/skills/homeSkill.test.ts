import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SentenceOf } from '../../../src/homeAssistant/homeAssistant.js';
import { HomeError, type HomeFailure } from '../../../src/homeAssistant/homeError.js';
import { Declined } from '../../../src/skills/declined.js';
import { homeRequest } from '../../../src/skills/homePhrases.js';
import { homeSkill } from '../../../src/skills/homeSkill.js';
import { plainWords } from '../../../src/skills/plainWords.js';
import { spellSymbols } from '../../../src/skills/slots/spellSymbols.js';
import { answerOf } from '../../fixtures/askSkill.js';
import { homeUtterances, notAboutTheHouse } from './homeUtterances.js';

const requestIn = (utterance: string) => homeRequest(plainWords(spellSymbols(utterance), 'Pressel'));

describe('An utterance for the house', () => {
  for (const [utterance, request] of Object.entries(homeUtterances))
    it(`"${utterance}" asks it to "${request}"`, () => assert.equal(requestIn(utterance), request));

  for (const utterance of notAboutTheHouse)
    it(`is not "${utterance}"`, () => assert.equal(requestIn(utterance), undefined));

  it('is never so long that the search for one takes time', () => {
    const longest = `turn on ${'the desk lamp and '.repeat(8)}x`;
    assert.equal(requestIn(longest), undefined);
    assert.equal(requestIn('turn on the light '.repeat(10_000)), undefined);
  });
});

/** A house that says what `answer` does. */
function houseThat(answer: () => { speech: string; isUnderstood: boolean }) {
  const asked: string[] = [];
  const warned: string[] = [];
  const home = {
    timeoutMs: 8000,
    ask: async (sentence: string, { language }: SentenceOf) => {
      asked.push(`${language}: ${sentence}`);
      return answer();
    },
  };
  const log = { warn: (_details: unknown, message: string) => void warned.push(message) };
  return { asked, warned, skill: homeSkill(home, log as Parameters<typeof homeSkill>[1]) };
}

describe('The skill of the house', () => {
  it('says what the house has answered', async () => {
    const { asked, skill } = houseThat(() => ({ speech: 'Turned on the light', isUnderstood: true }));
    assert.equal(await answerOf(skill, 'Turn on the kitchen light!'), 'Turned on the light');
    assert.deepEqual(asked, ['en-US: turn on the kitchen light']);
  });

  it('waits as long as the house may take by its settings, and a little longer', () => {
    const { skill } = houseThat(() => ({ speech: 'On', isUnderstood: true }));
    assert.ok((skill.timeoutMs ?? 0) > 8000 && (skill.timeoutMs ?? 0) < 10_000);
  });

  it('says so when the house has nothing to say', async () => {
    const { skill } = houseThat(() => ({ speech: '', isUnderstood: true }));
    assert.equal(await answerOf(skill, 'Turn on the kitchen light!'), 'Done.');
  });

  it('leaves what the house does not understand to the chat model', async () => {
    const { skill } = houseThat(() => ({ speech: 'Sorry, I could not understand that', isUnderstood: false }));
    await assert.rejects(answerOf(skill, 'Turn on the kitchen light!'), Declined);
  });

  it('does not read out more than anybody listens to', async () => {
    const { skill } = houseThat(() => ({ speech: 'The lamp is on. '.repeat(10_000), isUnderstood: true }));
    const said = String(await answerOf(skill, 'Which lights are on?'));
    assert.ok(said.length < 1000, `${said.length} characters`);
    assert.match(said, /The lamp is on\. And more\.$/);
  });

  const failures: readonly HomeFailure[] = ['unreachable', 'timedOut', 'unauthorized', 'serverError', 'badResponse'];
  for (const reason of failures) {
    it(`says and logs that the house is ${reason}`, async () => {
      const { warned, skill } = houseThat(() => {
        throw new HomeError(reason, `it is ${reason}`);
      });
      assert.match(String(await answerOf(skill, 'Turn on the kitchen light!')), /Home Assistant/);
      assert.deepEqual(warned, [`it is ${reason}`]);
    });
  }
});
