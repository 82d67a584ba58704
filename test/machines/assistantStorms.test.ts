import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { createAssistantMachine } from '../../machines/assistant.js';
import { statesOf } from '../../src/observability/statechartTransitions.js';
import { AssistantStage } from './assistantStage.js';
import { Storm } from './assistantStorm.js';

const STORMS = 500;
const EVENTS = 1_000;

suite('whatever services and people do', () => {
  test('the assistant is sound after every event, and comes home when it is left alone', async () => {
    const stage = new AssistantStage();
    const seen = new Set<string>();
    const storm = fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 - 1 }), async (seed) => {
      const storm = new Storm(seed, stage);
      await storm.rages(EVENTS);
      await storm.passes();
      for (const state of storm.seen) seen.add(state);
    });
    // A smaller seed is no simpler: the first failure tells what led to it.
    await fc.assert(storm, { numRuns: STORMS, unbiased: true, endOnFailure: true, includeErrorInReport: true });
    const all = [...statesOf(createAssistantMachine().root)].map(({ id }) => id);
    assert.deepEqual([...seen].sort(), all.sort(), 'states that no storm has reached');
  });
});
