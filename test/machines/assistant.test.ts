import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createAssistantMachine } from '../../machines/assistant.js';
import { transitionsOf } from '../../src/observability/statechartTransitions.js';
import { ARRIVALS } from './assistantArrivals.js';
import { AssistantRig } from './assistantRig.js';
import { TRANSITIONS } from './assistantTransitions.js';
import type { TransitionRow } from './transitionRow.js';

async function arriveIn(state: string): Promise<AssistantRig> {
  const rig = new AssistantRig();
  await follow(rig, ARRIVALS[state] ?? assert.fail(`nobody knows the way to ${state}`));
  assert.ok(rig.states.includes(state), `arrived in ${rig.states} instead of ${state}`);
  return rig;
}

async function follow(rig: AssistantRig, steps: readonly string[]): Promise<void> {
  for (const step of steps) {
    const [event = '', source = ''] = step.split(' > ').reverse();
    await rig.happens(event, source);
  }
}

function nameOf({ of, event, guard, from = of }: TransitionRow): string {
  return `${from}: ${event}${guard === undefined ? '' : ` [${guard}]`}`;
}

/** A transition of the chart as a table names it, without what the event carries. */
function keyOf(of: string, event: string, guard: string | undefined): string {
  return `${of} | ${event.replace(/^(turn\.failed) .*/, '$1')} | ${guard ?? ''}`;
}

suite('the assistant takes each transition of its chart', () => {
  for (const row of TRANSITIONS) {
    test(`${nameOf(row)} -> ${row.to}`, async () => {
      const rig = await arriveIn(row.from ?? row.of);
      rig.log = [];
      if (row.given !== undefined) await follow(rig, row.given.split(', '));
      if (row.event !== 'always') rig.log = [];
      await rig.happens(row.event, row.from ?? row.of);
      assert.ok(rig.states.includes(row.to), `is in ${rig.states}`);
      assert.deepEqual(rig.log, row.does ?? []);
      assert.equal(rig.rootError, undefined);
    });
  }

  test('and no transition is missing from this table', () => {
    const tested = new Set(TRANSITIONS.map(({ of, event, guard }) => keyOf(of, event, guard)));
    const drawn = [...transitionsOf(createAssistantMachine().root)].map(({ source, event, guard }) =>
      keyOf(source.path.join('.'), event, guard),
    );
    assert.deepEqual(
      drawn.filter((key) => !tested.has(key)),
      [],
      'transitions without a test',
    );
    assert.deepEqual(
      [...tested].filter((key) => !drawn.includes(key)),
      [],
      'tests without a transition',
    );
  });
});
