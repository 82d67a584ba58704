import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import { type ButtonDriver, GpioError } from '../../../hardware/gpio/drivers.js';
import { EdgeQueue } from '../../../hardware/gpio/edgeQueue.js';
import { buttonDelayDefaults } from '../../../machines/buttonDelays.js';
import { startTalkButton } from '../../../src/appliance/talkButton.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

/** A line in the test's hand: each time it is opened, it has edges of its own. */
class FakeLine implements ButtonDriver {
  readonly name = 'fake line';
  opened = 0;
  closed = 0;
  /** Why it cannot be opened. */
  missing: Error | undefined;
  #queue = new EdgeQueue();

  async *edges(signal: AbortSignal) {
    this.opened += 1;
    if (this.missing !== undefined) throw this.missing;
    this.#queue = new EdgeQueue();
    try {
      yield* this.#queue.edges(signal);
    } finally {
      this.closed += 1;
    }
  }

  async is(pressed: boolean): Promise<void> {
    this.#queue.push({ pressed, atMs: 0 });
    await settle();
  }

  async fails(message: string): Promise<void> {
    this.#queue.fail(new GpioError('lost', message));
    await settle();
  }
}

async function button(missing?: Error) {
  const clock = new SteppedClock();
  const line = new FakeLine();
  line.missing = missing;
  const told: string[] = [];
  const troubles: string[] = [];
  let tags: string[] = [];
  const talkButton = startTalkButton({
    driver: line,
    delays: buttonDelayDefaults,
    shutdownHold: false,
    clock,
    onGesture: (gesture) => told.push(gesture),
    onTags: (now) => {
      tags = [...now].sort();
    },
    onTrouble: ({ message }) => troubles.push(message),
  });
  await settle();
  const pass = async (ms: number) => {
    const untilMs = clock.now() + ms;
    while (clock.nextDueMs <= untilMs) {
      clock.advance(clock.nextDueMs - clock.now());
      await settle();
    }
    clock.advance(untilMs - clock.now());
  };
  return { clock, line, told, troubles, pass, talkButton, tags: () => tags };
}

suite('the talk button', () => {
  test('makes gestures of edges, and shows that it is held', async () => {
    const { line, told, pass, tags, talkButton } = await button();
    await line.is(true);
    assert.deepEqual(tags(), ['held']);
    await pass(700);
    assert.deepEqual(tags(), ['counting', 'held']);
    await line.is(false);
    assert.deepEqual(tags(), []);
    assert.deepEqual(told, ['pressed', 'holdReleased']);
    await talkButton.stop();
  });

  test('is held to talk, for however long, once speech was heard', async () => {
    const { line, told, pass, talkButton } = await button();
    await line.is(true);
    talkButton.speechStarted();
    await pass(20_000);
    await line.is(false);
    assert.deepEqual(told, ['pressed', 'holdReleased']);
    await talkButton.stop();
  });

  test('counts as let go when its line is lost, and works again when that is back', async () => {
    const { line, told, troubles, pass, talkButton } = await button();
    await line.is(true);
    talkButton.speechStarted();
    await pass(1_000);
    await line.fails('the chip is gone');
    assert.deepEqual(told, ['pressed', 'holdReleased']);
    assert.deepEqual(troubles, ['the chip is gone']);
    await pass(1_000);
    assert.equal(line.opened, 2);
    await line.is(true);
    assert.equal(told.at(-1), 'pressed');
    await talkButton.stop();
  });

  test('tries a missing line after 1, 2, 4 s and so on, every 30 s at the least, and says why once', async () => {
    const { line, troubles, pass, talkButton } = await button(new GpioError('lineBusy', 'somebody has it'));
    for (const [tries, waitMs] of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000].entries()) {
      assert.equal(line.opened, tries + 1);
      await pass(waitMs - 1);
      assert.equal(line.opened, tries + 1);
      await pass(1);
    }
    assert.deepEqual(troubles, ['somebody has it']);
    line.missing = new GpioError('lineUnknown', 'it has another name now');
    await pass(30_000);
    assert.deepEqual(troubles, ['somebody has it', 'it has another name now']);
    await talkButton.stop();
  });

  test('says it anew, and waits a second again, when the line is lost after it has worked', async () => {
    const { line, troubles, pass, talkButton } = await button();
    for (let n = 1; n <= 3; n++) {
      await line.is(true);
      await line.is(false);
      await line.fails('the cable is loose');
      assert.equal(troubles.length, n);
      await pass(1_000);
      assert.equal(line.opened, n + 1);
    }
    await talkButton.stop();
  });

  test('releases the line when it is stopped, and leaves no timer', async () => {
    const { clock, line, told, talkButton } = await button();
    await line.is(true);
    await talkButton.stop();
    assert.equal(line.closed, 1);
    assert.equal(clock.waiting, 0);
    await line.is(false);
    assert.deepEqual(told, ['pressed']);
  });

  test('stops while it waits for a missing line', async () => {
    const { clock, line, talkButton } = await button(new GpioError('lineBusy', 'somebody has it'));
    await talkButton.stop();
    assert.equal(clock.waiting, 0);
    assert.equal(line.opened, 1);
  });
});
