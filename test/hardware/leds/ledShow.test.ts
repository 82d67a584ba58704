import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { LedError } from '../../../hardware/leds/drivers.js';
import { DEFAULT_PATTERNS, parsePatterns } from '../../../hardware/leds/ledPatterns.js';
import { LedShow } from '../../../hardware/leds/ledShow.js';
import { signalsOf } from '../../../hardware/leds/signals.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { FakeLeds } from './fakeLeds.js';

function running(pixels = 3, levels = 256) {
  const clock = new SteppedClock();
  const output = new FakeLeds(pixels, levels);
  const failures: LedError[] = [];
  const patterns = parsePatterns(DEFAULT_PATTERNS);
  const leds = new LedShow({ output, clock, patterns, onFailed: (error) => failures.push(error) });
  const show = (...tags: string[]) => leds.show(signalsOf(new Set(tags)));
  return { clock, output, failures, leds, show };
}

/** Lets time pass, every timer at its own time. */
function elapse(clock: SteppedClock, ms: number): void {
  const endMs = clock.now() + ms;
  while (clock.nextDueMs <= endMs) clock.advance(clock.nextDueMs - clock.now());
  clock.advance(endMs - clock.now());
}

suite('LEDs that are kept up to date', () => {
  test('tell what they are to show, and since when, to whoever wants to show it elsewhere', () => {
    const { clock, leds, show } = running(0);
    assert.equal(leds.shown, undefined);
    let changes = 0;
    const leave = leds.onChange(() => {
      changes += 1;
    });
    elapse(clock, 300);
    show('listening');
    elapse(clock, 300);
    show('listening');
    assert.deepEqual(leds.shown, { signals: signalsOf(new Set(['listening'])), beganMs: 300 });
    assert.deepEqual([changes, leds.pixels], [1, 0]);
    leave();
    show('thinking');
    assert.equal(changes, 1);
    leds.close();
  });

  test('show a change at once', () => {
    const { output, show } = running();
    show('listening');
    assert.equal(output.pictures.length, 1);
    assert.ok(output.last.every(([, , blue]) => blue === 1));
  });

  test('have no timer for a pattern that does not change', () => {
    const { clock, output, show } = running();
    show('listening');
    elapse(clock, 60_000);
    assert.equal(clock.waiting, 0);
    assert.equal(output.pictures.length, 1);
  });

  test('are sent at most 25 pictures a second while they breathe', () => {
    const { clock, output, show } = running();
    show('hearing');
    elapse(clock, 10_000);
    assert.ok(output.pictures.length > 200 && output.pictures.length <= 251, `${output.pictures.length}`);
  });

  test('are sent only pictures that look different', () => {
    const { clock, output, show } = running(1, 2);
    show('followUp');
    elapse(clock, 40_000);
    assert.equal(output.pictures.length, 21); // On at the beginning, then off and on again in each of ten breaths.
  });

  test('wake up for a pulse only when it changes', () => {
    const { clock, output, show } = running();
    show('muted');
    const dueMs: number[] = [];
    while (clock.now() < 3000) {
      dueMs.push(clock.nextDueMs);
      clock.advance(clock.nextDueMs - clock.now());
    }
    assert.deepEqual(dueMs, [151, 401, 551, 3001]);
    assert.equal(output.pictures.length, 5);
  });

  test('are not hurried by signals that change faster than 25 times a second', () => {
    const { clock, output, show } = running();
    for (let n = 0; n < 1000; n++) {
      show(n % 2 ? 'listening' : 'speaking');
      elapse(clock, 1);
    }
    assert.ok(output.pictures.length <= 26, `${output.pictures.length}`);
  });

  test('end with the last signals, however fast they came', () => {
    const { clock, output, show } = running();
    show('listening');
    show('thinking');
    show('idle');
    elapse(clock, 100);
    assert.deepEqual(output.last.flat(), new Array(9).fill(0));
    assert.equal(clock.waiting, 0);
  });

  test('do not begin a pattern again when nothing has changed', () => {
    const { clock, output, show } = running(1, 2);
    show('shuttingDown');
    for (let n = 0; n < 7; n++) {
      elapse(clock, 100);
      show('shuttingDown', 'busy');
    }
    elapse(clock, 100);
    assert.equal(output.pictures.length, 2); // Half of 1500 ms is over.
  });

  test('are dark and without a timer once closed', () => {
    const { clock, output, leds, show } = running();
    show('followUp');
    elapse(clock, 100);
    leds.close();
    leds.close();
    show('listening');
    assert.deepEqual(output.last.flat(), new Array(9).fill(0));
    assert.equal(clock.waiting, 0);
  });

  test('that do not exist are left alone', () => {
    const { clock, output, show } = running(0);
    show('followUp');
    assert.equal(clock.waiting, 0);
    assert.ok(output.pictures.every((picture) => picture.length === 0));
  });
});

suite('LEDs that fail', () => {
  test('are reported once, cost nothing more, and are tried again with the next change', () => {
    const { clock, output, failures, show } = running();
    output.fault = new LedError('deviceLost', 'Gone.', 'Plug it in.');
    show('followUp');
    elapse(clock, 10_000);
    show('thinking');
    elapse(clock, 10_000);
    assert.deepEqual(failures, [output.fault]);
    assert.equal(clock.waiting, 0);
    output.fault = undefined;
    show('listening');
    assert.equal(output.pictures.length, 1);
  });

  test('do not end the program, whatever they throw', () => {
    const { output, failures, leds, show } = running();
    output.fault = new Error('EIO');
    show('listening');
    leds.close();
    assert.equal(failures[0]?.reason, 'deviceLost');
    assert.match(failures[0]?.message ?? '', /The LEDs "fake" failed: EIO\./);
  });
});
