import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import type { ButtonDriver, ButtonEdge } from '../../../hardware/gpio/drivers.js';

/** A driver with the world around it. */
export interface ButtonRig {
  readonly driver: ButtonDriver;
  press(): void;
  release(): void;
  /** Lets more time pass than the debounce time and the driver's own pace. */
  settle(): Promise<void>;
  /** Whether the driver holds its line. */
  held(): boolean;
  /** The contact opens and closes faster than the debounce time and ends as it began. */
  bounce?(): Promise<void>;
  close(): void;
}

export interface ContractOptions {
  /** Why the suite cannot run here; false where it can. */
  readonly skip?: string | false;
  /** A keyboard cannot be asked whether a key is down. */
  readonly knowsFirstState?: boolean;
}

/** Edges as they arrive, and how the iteration ended. */
export function listen(driver: ButtonDriver, signal: AbortSignal) {
  const edges: ButtonEdge[] = [];
  const collect = async () => {
    for await (const edge of driver.edges(signal)) edges.push(edge);
  };
  const ended = collect().then(
    () => 'ended',
    (error: unknown) => error,
  );
  return { edges, ended, states: () => edges.map((edge) => edge.pressed) };
}

/** Lets pending work run until `condition` holds. */
export async function until(condition: () => boolean): Promise<void> {
  for (let turns = 0; turns < 10_000; turns += 1) {
    if (condition()) return;
    await nextTick();
  }
  assert.fail('waited in vain');
}

/** What every button driver keeps, whatever it is made of. */
export function buttonContract(
  name: string,
  openRig: () => ButtonRig,
  { skip = false, knowsFirstState = true }: ContractOptions = {},
): void {
  describe(`${name} as a button`, { skip }, () => {
    const withRig = (use: (rig: ButtonRig, stop: AbortController) => Promise<void>) => async () => {
      const rig = openRig();
      const stop = new AbortController();
      try {
        await use(rig, stop);
      } finally {
        stop.abort();
        await until(() => !rig.held());
        rig.close();
      }
    };

    it(
      'gives presses and releases alternately, in order and at rising times',
      withRig(async (rig, stop) => {
        const heard = listen(rig.driver, stop.signal);
        await until(rig.held);
        await rig.settle();
        for (let round = 0; round < 3; round += 1) {
          rig.press();
          await rig.settle();
          rig.release();
          await rig.settle();
        }
        assert.deepEqual(heard.states(), [true, false, true, false, true, false]);
        const times = heard.edges.map((edge) => edge.atMs);
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        );
        assert.equal(new Set(times).size, times.length);
      }),
    );

    it('says first that the button is down already', { skip: !knowsFirstState && 'it cannot know' }, async () => {
      await withRig(async (rig, stop) => {
        rig.press();
        const heard = listen(rig.driver, stop.signal);
        await until(() => heard.edges.length > 0);
        rig.release();
        await rig.settle();
        assert.deepEqual(heard.states(), [true, false]);
      })();
    });

    it(
      'ends with the reason of the abort while nothing happens, and releases the line',
      withRig(async (rig, stop) => {
        const heard = listen(rig.driver, stop.signal);
        await until(rig.held);
        const reason = new Error('the turn is over');
        stop.abort(reason);
        assert.equal(await heard.ended, reason);
        assert.equal(rig.held(), false);
        assert.deepEqual(heard.edges, []);
      }),
    );

    it(
      'opens nothing when it is aborted before',
      withRig(async (rig, stop) => {
        const reason = new Error('too late');
        stop.abort(reason);
        const heard = listen(rig.driver, stop.signal);
        assert.equal(await heard.ended, reason);
        assert.equal(rig.held(), false);
      }),
    );

    it(
      'releases the line when the caller leaves the loop',
      withRig(async (rig, stop) => {
        const leave = (async () => {
          for await (const edge of rig.driver.edges(stop.signal)) return edge.pressed;
          return 'ended';
        })();
        await until(rig.held);
        rig.press();
        await rig.settle();
        assert.equal(await leave, true);
        assert.equal(rig.held(), false);
      }),
    );

    it(
      'can be opened again after an abort',
      withRig(async (rig, stop) => {
        const first = new AbortController();
        const before = listen(rig.driver, first.signal);
        await until(rig.held);
        first.abort();
        await before.ended;
        const heard = listen(rig.driver, stop.signal);
        await until(rig.held);
        rig.press();
        await rig.settle();
        rig.release();
        await rig.settle();
        assert.deepEqual(heard.states(), [true, false]);
        assert.deepEqual(before.edges, []);
      }),
    );

    it('does not see contacts that bounce', async (test) => {
      await withRig(async (rig, stop) => {
        if (rig.bounce === undefined) {
          test.skip('it has no contact that could bounce');
          return;
        }
        const heard = listen(rig.driver, stop.signal);
        await until(rig.held);
        await rig.bounce();
        await rig.settle();
        assert.deepEqual(heard.states(), [], 'a touch that is shorter than the debounce time is none');
        rig.press();
        await rig.bounce();
        await rig.settle();
        rig.release();
        await rig.bounce();
        await rig.settle();
        assert.deepEqual(heard.states(), [true, false]);
      })();
    });
  });
}
