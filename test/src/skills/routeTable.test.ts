import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openSkills } from '../../../src/cli/openSkills.js';
import { Router } from '../../../src/skills/router.js';
import { ROUTE_TABLE } from './routeTable.js';

it('Every utterance of the table goes where it belongs', async (context) => {
  const router = new Router(await openSkills());
  const rows = Object.entries(ROUTE_TABLE).flatMap(([name, utterances]) =>
    utterances.map((utterance) => ({ utterance, expected: name === 'llm' ? name : `intent:${name}` })),
  );
  const wrong = rows.flatMap(({ utterance, expected }) => {
    const { route, why } = router.route(utterance);
    return route === expected ? [] : [`"${utterance}" belongs to ${expected}, and goes to ${route}: ${why}`];
  });
  assert.ok(rows.length >= 220 && (ROUTE_TABLE['llm']?.length ?? 0) >= 90, 'the table has lost rows');
  context.diagnostic(`${rows.length - wrong.length} of ${rows.length} utterances go where they belong`);
  assert.deepEqual(wrong, []);
});
