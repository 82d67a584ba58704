import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import { createActor, createMachine, emit, fromCallback, fromPromise, SimulatedClock, setup } from 'xstate';
import { supervise } from '../../../src/assistant/supervisor.js';

/** A machine that lives until it is told to throw, with a child of each kind. */
function setUp() {
  const clock = new SimulatedClock();
  const alive = new Set<string>();
  const restarts: unknown[] = [];
  const restarted: string[] = [];
  const listenerErrors: unknown[] = [];
  let made = 0;
  let creationFails = false;
  const create = () => {
    if (creationFails) throw new Error('cannot be made');
    made += 1;
    const number = made;
    const child = (name: string) =>
      fromCallback(() => {
        alive.add(`${name}-${number}`);
        return () => alive.delete(`${name}-${number}`);
      });
    const machine = setup({
      types: {
        events: {} as { type: 'fail' } | { type: 'say' } | { type: 'go' },
        emitted: {} as { type: 'said'; by: number },
      },
      actors: {
        callback: child('callback'),
        promise: fromPromise<void>(({ signal }) => {
          alive.add(`promise-${number}`);
          signal.addEventListener('abort', () => alive.delete(`promise-${number}`));
          return new Promise(() => {});
        }),
        nested: createMachine({ invoke: { src: child('nested') } }),
      },
      actions: {
        fail: () => {
          throw new Error(`death ${number}`);
        },
      },
    }).createMachine({
      initial: 'waiting',
      invoke: [{ src: 'callback' }, { src: 'promise' }, { src: 'nested' }],
      on: { fail: { actions: 'fail' }, say: { actions: emit({ type: 'said', by: number }) } },
      states: { waiting: { on: { go: 'gone' } }, gone: {} },
    });
    return createActor(machine, { clock });
  };
  const supervised = supervise(create, {
    clock,
    onRestart: (error) => restarts.push(error),
    onRestarted: () => restarted.push(supervised.snapshot.status),
    onListenerError: (error) => listenerErrors.push(error),
  });
  return {
    clock,
    alive,
    restarts,
    restarted,
    listenerErrors,
    supervised,
    made: () => made,
    failCreation: (fails: boolean) => {
      creationFails = fails;
    },
  };
}

suite('a supervised actor', () => {
  test('that dies is replaced after a wait, and its children die with it', async () => {
    const { clock, alive, restarts, restarted, supervised, made } = setUp();
    assert.deepEqual([...alive].sort(), ['callback-1', 'nested-1', 'promise-1']);
    supervised.send({ type: 'fail' });
    assert.deepEqual([...alive], []);
    assert.deepEqual(
      restarts.map((error) => error instanceof Error && error.message),
      ['death 1'],
    );
    assert.equal(supervised.snapshot.status, 'error');
    clock.increment(999);
    assert.equal(made(), 1);
    assert.deepEqual(restarted, []);
    clock.increment(1);
    assert.deepEqual([...alive].sort(), ['callback-2', 'nested-2', 'promise-2']);
    assert.equal(supervised.snapshot.status, 'active');
    assert.deepEqual(restarted, ['active'], 'told once, when it can hear what it missed');
    supervised.stop();
    await settle();
    assert.deepEqual([...alive], []);
  });

  test('waits twice as long after each death in a row, up to a minute, until it has been healthy for one', () => {
    const { clock, supervised, made } = setUp();
    for (const [deaths, seconds] of [1, 2, 4, 8, 16, 32, 60, 60].entries()) {
      supervised.send({ type: 'fail' });
      clock.increment(seconds * 1_000 - 1);
      assert.equal(made(), deaths + 1);
      clock.increment(1);
      assert.equal(made(), deaths + 2);
    }
    clock.increment(60_000);
    supervised.send({ type: 'fail' });
    clock.increment(1_000);
    assert.equal(made(), 10);
    supervised.stop();
  });

  test('keeps its listeners across a restart', () => {
    const { clock, supervised } = setUp();
    const heard: unknown[] = [];
    const values: unknown[] = [];
    const stopListening = supervised.onNotice((notice) => heard.push(notice.by));
    supervised.onSnapshot(({ value }) => values.push(value));
    supervised.send({ type: 'say' });
    supervised.send({ type: 'fail' });
    supervised.send({ type: 'say' });
    clock.increment(1_000);
    supervised.send({ type: 'say' });
    supervised.send({ type: 'go' });
    assert.deepEqual(heard, [1, 2]);
    assert.equal(values.at(-1), 'gone');
    stopListening();
    supervised.send({ type: 'say' });
    assert.deepEqual(heard, [1, 2]);
    supervised.stop();
  });

  test('survives listeners that throw, and so do the other listeners', async () => {
    const { supervised, listenerErrors, restarts } = setUp();
    const heard: unknown[] = [];
    const broken = () => {
      throw new Error('broken listener');
    };
    supervised.onNotice(broken);
    supervised.onSnapshot(broken);
    supervised.onNotice(({ type }) => heard.push(type));
    supervised.send({ type: 'say' });
    await settle();
    assert.deepEqual(heard, ['said']);
    assert.ok(listenerErrors.length >= 2);
    assert.deepEqual(restarts, []);
    assert.equal(supervised.snapshot.status, 'active');
    supervised.stop();
  });

  test('that cannot be made again is tried again', () => {
    const { clock, supervised, restarts, made, failCreation } = setUp();
    failCreation(true);
    supervised.send({ type: 'fail' });
    clock.increment(1_000);
    assert.equal(restarts.length, 2);
    failCreation(false);
    clock.increment(2_000);
    assert.equal(made(), 2);
    assert.equal(supervised.snapshot.status, 'active');
    supervised.stop();
  });

  test('is not started again once it was stopped', () => {
    const { clock, supervised, made } = setUp();
    supervised.send({ type: 'fail' });
    supervised.stop();
    clock.increment(100_000);
    assert.equal(made(), 1);
  });
});
