import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createMachine, setup } from 'xstate';
import { createAssistantMachine } from '../../../machines/assistant.js';
import { definitionOf, mermaidOf } from '../../../src/observability/statechartDiagram.js';
import { childrenOf, statesOf, transitionsOf } from '../../../src/observability/statechartTransitions.js';

/** A small machine with one of each kind of transition. */
function lamp() {
  return setup({
    actors: { job: createMachine({}) },
    guards: { dark: () => true },
    delays: { patience: 100 },
    actions: { click: () => {} },
  }).createMachine({
    id: 'lamp',
    initial: 'off',
    states: {
      off: {
        on: { press: [{ guard: 'dark', target: 'on' }, { actions: 'click' }] },
        always: { guard: 'dark', target: 'on' },
      },
      on: {
        initial: 'dim',
        states: { dim: { after: { patience: 'bright' }, on: { kick: '#lamp.broken' } }, bright: {} },
        on: { press: 'off', reset: '.dim' },
        invoke: { src: 'job', onDone: 'off', onError: 'broken' },
      },
      broken: { on: { retry: { target: 'broken', reenter: true } } },
    },
  });
}

suite('the diagram of a statechart', () => {
  test('draws each kind of transition', () => {
    assert.equal(
      mermaidOf(lamp()),
      `stateDiagram-v2
  state "lamp" as lamp {
    state "off" as off
    off : press [else] does click
    state "on" as on {
      state "dim" as on_dim
      on_dim : from any on state by reset
      state "bright" as on_bright
      [*] --> on_dim
      on_dim --> on_bright : after patience
    }
    state "broken" as broken
    [*] --> off
    off --> on : press [dark] / always [dark]
    on --> off : press / done
    on --> broken : error / dim: kick
    broken --> broken : retry
  }
`,
    );
  });

  test('shows each state of the assistant once and separates its regions', () => {
    const { root } = createAssistantMachine();
    const drawn = mermaidOf(createAssistantMachine());
    const ids = [...drawn.matchAll(/^ *state ".+" as (\S+)/gm)].map(([, id]) => id);
    const states = [...statesOf(root)].map(({ path, id }) => (path.length === 0 ? id : path.join('_')));
    assert.deepEqual(ids.sort(), states.sort());
    const parallel = [...statesOf(root)].filter(({ type }) => type === 'parallel');
    const separators = parallel.reduce((sum, state) => sum + childrenOf(state).length - 1, 0);
    assert.equal(drawn.match(/^ +--$/gm)?.length, separators);
  });

  test('leaves out no transition of the assistant', () => {
    const drawn = mermaidOf(createAssistantMachine());
    for (const { event, guard } of transitionsOf(createAssistantMachine().root)) {
      assert.ok(drawn.includes(guard === undefined ? event : `${event} [${guard}]`), `${event} ${guard}`);
    }
  });

  test('is the same each time', () => {
    assert.equal(mermaidOf(createAssistantMachine()), mermaidOf(createAssistantMachine()));
  });
});

suite('the definition of a statechart', () => {
  test('is plain JSON and includes the transitions that are always taken', () => {
    const definition = definitionOf(lamp());
    assert.deepEqual(JSON.parse(JSON.stringify(definition)), definition);
    const { states } = definition as { states: Record<string, { always?: { target: string[]; guard: string }[] }> };
    assert.deepEqual(
      states['off']?.always?.map(({ target, guard }) => ({ target, guard })),
      [{ target: ['#lamp.on'], guard: 'dark' }],
    );
    assert.equal('always' in (states['on'] ?? {}), false);
  });
});
