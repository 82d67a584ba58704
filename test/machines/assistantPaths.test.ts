import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import { type EventFromLogic, fromCallback, fromPromise } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { createAssistantMachine } from '../../machines/assistant.js';
import type { TurnCommand, TurnInput } from '../../machines/assistantEvents.js';
import { childrenOf, statesOf, transitionsOf } from '../../src/observability/statechartTransitions.js';
import { assertSound, RESTING } from './assistantInvariants.js';
import { AssistantRig } from './assistantRig.js';
import { AssistantStage } from './assistantStage.js';

type Machine = ReturnType<typeof createAssistantMachine>;

/** Each event that any state of the chart has a transition for, as XState names it, and each reason of a lost device. */
function eventsOf(machine: Machine): EventFromLogic<Machine>[] {
  const types = new Set([...statesOf(machine.root)].flatMap(({ transitions }) => [...transitions.keys()]));
  const events = [...types].map((type) => ({ type, question: 'why?', reason: 'voiceFailed', error: new Error(type) }));
  const failures = ['microphoneLost', 'speakerLost'].map((reason) => ({ type: 'turn.failed', reason }));
  return [...events, ...failures] as unknown as EventFromLogic<Machine>[];
}

/** A shortest way into every combination of states that the chart can be in. */
function pathsThroughChart() {
  const nothing = fromPromise<void>(async () => {});
  const machine = createAssistantMachine().provide({
    actors: {
      loadModels: nothing,
      warmUp: nothing,
      openMicrophone: nothing,
      openSpeaker: nothing,
      probeModel: nothing,
      warmModel: nothing,
      turn: fromCallback<TurnCommand, TurnInput>(() => undefined),
    },
    actions: { forgetConversation: () => {}, stopBell: () => {}, deafen: () => {}, hearAgain: () => {} },
  });
  return getShortestPaths(machine, {
    events: eventsOf(machine),
    // Only a turn that runs can report or break.
    filterEvents: (snapshot, event) =>
      snapshot.can(event) && (snapshot.context.turnRunning || !/^turn\.|\.turn$/.test(event.type)),
    serializeState: ({ value }) => JSON.stringify(value),
  });
}

suite('wherever its chart can lead', () => {
  const paths = pathsThroughChart();

  test('the assistant runs one turn where one belongs, never listens while it talks, and waits for nothing for ever', async () => {
    assert.ok(paths.length > 300, `only ${paths.length} combinations of states were found`);
    const stage = new AssistantStage();
    for (const path of paths) {
      const rig = new AssistantRig(stage);
      const way: string[] = [];
      const [, ...steps] = path.steps; // the first step is the start
      for (const { event, state } of steps) {
        way.push(event.type);
        rig.takes(event);
        await settle();
        assert.deepEqual(rig.actor.getSnapshot().value, state.value, way.join(', '));
        assertSound(rig, () => way.join(', '));
      }
      rig.actor.stop();
    }
  });

  test('every state can be reached', () => {
    const reached = new Set(paths.flatMap(({ state }) => state._nodes));
    const ids = new Set([...reached].map(({ id }) => id));
    const all = [...statesOf(createAssistantMachine().root)].map(({ id }) => id);
    assert.deepEqual(
      all.filter((id) => !ids.has(id)),
      [],
    );
  });

  test('every state but the resting ones is left after some time', () => {
    const { root } = createAssistantMachine();
    const left = new Set(
      [...transitionsOf(root)]
        .filter(({ event, targets }) => event.startsWith('after ') && targets.length > 0)
        .flatMap(({ source }) => [...statesOf(source)]),
    );
    const stuck = [...statesOf(root)].filter((state) => childrenOf(state).length === 0 && !left.has(state));
    assert.deepEqual(stuck.map(({ path }) => path.join('.')).sort(), Object.keys(RESTING).sort());
  });
});
