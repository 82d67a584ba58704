import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openSkills } from '../../../src/cli/openSkills.js';
import { homeSkill } from '../../../src/skills/homeSkill.js';
import { Router } from '../../../src/skills/router.js';
import { NEAR_MISSES } from './nearMisses.js';
import { ROUTE_TABLE } from './routeTable.js';
import { SPOKEN_ROUTES } from './spokenRoutes.js';

const anyHome = homeSkill({ ask: async () => ({ speech: '', isUnderstood: false }), timeoutMs: 0 }, { warn: () => {} });
const router = new Router([...(await openSkills()), anyHome]);

for (const [name, rows] of Object.entries(SPOKEN_ROUTES)) {
  it(`What is said to ${name} goes there, with its numbers and names`, () => {
    const wrong = rows.flatMap(([utterance, slots]) => {
      const routing = router.route(utterance);
      const heard = 'slots' in routing ? routing.slots : undefined;
      const isRight = routing.route === `intent:${name}` && (!slots || JSON.stringify(heard) === JSON.stringify(slots));
      return isRight ? [] : [`"${utterance}" goes to ${routing.route} with ${JSON.stringify(heard)}: ${routing.why}`];
    });
    assert.deepEqual(wrong, []);
  });
}

it('A near miss goes to the model', () => {
  assert.ok(NEAR_MISSES.length >= 150, 'the table has lost rows');
  const taken = NEAR_MISSES.map((utterance) => router.route(utterance)).filter(({ route }) => route !== 'llm');
  assert.deepEqual(
    taken.map(({ why }) => why),
    [],
  );
});

it('Why an utterance has its route is said without a pattern', () => {
  const utterances = [
    ...Object.values(ROUTE_TABLE).flat(),
    ...Object.values(SPOKEN_ROUTES).flatMap((rows) => rows.map(([text]) => text)),
  ];
  const cryptic = utterances.map((utterance) => router.route(utterance).why).filter((why) => /\(\?|\\|\$/.test(why));
  assert.deepEqual(cryptic, []);
});

// Where a phrase can be read two ways, the time doubles with each time that it is said: this would not end.
it('An utterance that says the same over and over is routed at once', { timeout: 60_000 }, () => {
  const phrases = new Set<string>();
  for (const utterance of Object.entries(ROUTE_TABLE).flatMap(([name, table]) => (name === 'llm' ? [] : table))) {
    const words = utterance.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
    for (const [at, word] of words.entries()) phrases.add(word).add(words.slice(at, at + 2).join(' '));
  }
  for (const phrase of [
    ...phrases,
    'can you please',
    'night',
    'thank you very much',
    'one hundred and',
    'a half and',
  ]) {
    const said = `${phrase} `.repeat(390 / (phrase.length + 1));
    for (const utterance of [said, `${said}xyz`, `${said.slice(0, 290)} timer`]) assert.ok(router.route(utterance).why);
  }
});
