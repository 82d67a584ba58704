import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import { type EventFromLogic, fromCallback, fromPromise } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { createAssistantMachine } from '../../machines/assistant.js';
import type { TurnCommand, TurnInput } from '../../machines/assistantEvents.js';
import { childrenOf, statesOf, transitionsOf } from '../../src/observability/statechartTransitions.js';
import { AssistantRig } from './assistantRig.js';

type Machine = ReturnType<typeof createAssistantMachine>;

const WITHOUT_TURN = /^turn\.(starting|idle|muted)/;

/** States that no delay of their own ends, and why that is right. */
const RESTING: Readonly<Record<string, string>> = {
  'turn.idle.ready': 'nobody wants anything; forgetting the conversation does not end that',
  'turn.listening.button.up': 'ends with listening, whatever the user says or does not say',
  'turn.listening.button.held': 'likewise',
  'turn.muted': 'the owner said so, and only the owner ends it',
  'microphone.ok': 'it works',
  'speaker.ok': 'it works',
  'model.ready': 'it answers; the next turn that fails says otherwise',
};

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
    actions: { forgetConversation: () => {}, deafen: () => {}, hearAgain: () => {} },
  });
  return getShortestPaths(machine, {
    events: eventsOf(machine),
    // Only a turn that runs can report or break.
    filterEvents: (snapshot, event) =>
      snapshot.can(event) && (snapshot.context.turnRunning || !/^turn\.|\.turn$/.test(event.type)),
    serializeState: ({ value }) => JSON.stringify(value),
  });
}

/** What must hold whatever has happened. */
function assertSound(rig: AssistantRig, way: string): void {
  assert.equal(rig.rootError, undefined, way);
  const snapshot = rig.actor.getSnapshot();
  const running = rig.turns.filter((turn) => turn.running);
  const withoutTurn = rig.states.some((state) => WITHOUT_TURN.test(state));
  assert.equal(running.length, withoutTurn ? 0 : 1, `${running.length} turns run: ${way}`);
  assert.equal(snapshot.children['turn'] === undefined, withoutTurn, way);
  assert.equal(snapshot.context.turnRunning, !withoutTurn, way);
  assert.equal(running[0]?.id, withoutTurn ? undefined : rig.turns.at(-1)?.id, way);
  if (rig.states.includes('turn.thinking.patient') || rig.states.includes('turn.speaking')) {
    assert.equal(snapshot.hasTag('microphoneOpen'), false, `listens while it talks: ${way}`);
  }
}

suite('wherever its chart can lead', () => {
  const paths = pathsThroughChart();

  test('the assistant runs one turn where one belongs, none elsewhere, and never listens while it talks', async () => {
    assert.ok(paths.length > 300, `only ${paths.length} combinations of states were found`);
    for (const path of paths) {
      const rig = new AssistantRig();
      const way: string[] = [];
      const [, ...steps] = path.steps; // the first step is the start
      for (const { event, state } of steps) {
        way.push(event.type);
        rig.takes(event);
        await settle();
        assert.deepEqual(rig.actor.getSnapshot().value, state.value, way.join(', '));
        assertSound(rig, way.join(', '));
      }
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
