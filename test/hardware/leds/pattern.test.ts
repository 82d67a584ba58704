import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { DEFAULT_PATTERNS, parsePatterns } from '../../../hardware/leds/ledPatterns.js';
import { type LedPattern, parsePattern } from '../../../hardware/leds/pattern.js';
import { renderPattern, stillForMs } from '../../../hardware/leds/renderPattern.js';
import { intensity, quantised, type Rgb } from '../../../hardware/leds/rgb.js';
import { LED_SIGNALS, type LedSignal } from '../../../hardware/leds/signals.js';

const RED: Rgb = [1, 0, 0];

suite('a pattern as the owner writes it', () => {
  const good: readonly (readonly [string, LedPattern])[] = [
    ['off', { kind: 'off' }],
    ['solid #f00', { kind: 'solid', colour: RED }],
    ['solid red', { kind: 'solid', colour: RED }],
    ['  Breathe   #FF0000  4s ', { kind: 'breathe', colour: RED, periodMs: 4000 }],
    ['blink 500ms red', { kind: 'blink', colour: RED, periodMs: 500 }],
    ['spin red 1.5s', { kind: 'spin', colour: RED, periodMs: 1500 }],
    ['pulse red 4s 3x', { kind: 'pulse', colour: RED, periodMs: 4000, flashes: 3 }],
  ];
  for (const [text, pattern] of good) test(`"${text}" is read`, () => assert.deepEqual(parsePattern(text), pattern));

  const bad: readonly (readonly [string, RegExp])[] = [
    ['', /there is no pattern ""/],
    ['glow red', /^"off", "solid #0030ff", .*\(there is no pattern "glow"\)/],
    ['constructor red', /there is no pattern "constructor"/],
    ['solid', /^"solid #0030ff" \("solid" needs a colour\)/],
    ['off red', /"off" takes no colour/],
    ['solid red 4s', /"solid" takes no time/],
    ['breathe red', /^"breathe #0030ff 4s" \("breathe" needs a time\)/],
    ['breathe 4s', /"breathe" needs a colour/],
    ['blink red 500', /^a time with its unit, "500ms" or "4s" \("500" has none\)/],
    ['blink red 50ms', /^a time from 100ms to 60s \("50ms" is not\)/],
    ['blink red 61s', /"61s" is not/],
    ['solid #12345', /^a colour such as "#03f" or "#0030ff" \("#12345" is none\)/],
    ['solid reddish', /"red", "orange", .* \("reddish" is none\)/],
    ['solid constructor', /"constructor" is none/],
    ['pulse red 4s', /"pulse" needs a number of flashes/],
    ['pulse red 4s 0x', /^from 1x to 9x flashes \("0x" is not\)/],
    ['pulse red 1s 3x', /^a time of at least 1600ms: 3x flashes and a pause do not fit into 1000ms/],
  ];
  for (const [text, message] of bad) {
    test(`"${text}" is refused`, () => assert.throws(() => parsePattern(text), { name: 'PatternError', message }));
  }

  test('has colours in linear light', () => {
    const pattern = parsePattern('solid #808080');
    assert.ok(pattern.kind === 'solid' && Math.abs(pattern.colour[0] - 0.2159) < 0.0001);
  });
});

suite('a pattern over time', () => {
  /** Red of all pixels at a time, in tenths. */
  const reds = (text: string, timeMs: number, pixels = 1) =>
    renderPattern(parsePattern(text), timeMs, pixels).map(([red]) => Math.round(red * 10));

  const table: readonly (readonly [string, number, number, readonly number[]])[] = [
    ['off', 123, 2, [0, 0]],
    ['solid red', 123, 2, [10, 10]],
    ['breathe red 4s', 0, 2, [10, 10]],
    ['breathe red 4s', 1000, 1, [2]],
    ['breathe red 4s', 2000, 1, [0]],
    ['breathe red 4s', 4000, 1, [10]],
    ['blink red 1s', 0, 2, [10, 10]],
    ['blink red 1s', 499, 1, [10]],
    ['blink red 1s', 500, 1, [0]],
    ['blink red 1s', 1000, 1, [10]],
    ['spin red 3s', 0, 3, [10, 0, 2]],
    ['spin red 3s', 1000, 3, [2, 10, 0]],
    ['spin red 3s', 2000, 3, [0, 2, 10]],
    ['spin red 3s', 1500, 1, [1]],
    ['pulse red 2s 2x', 0, 1, [10]],
    ['pulse red 2s 2x', 150, 1, [1]],
    ['pulse red 2s 2x', 400, 1, [10]],
    ['pulse red 2s 2x', 800, 1, [1]],
    ['pulse red 2s 2x', 2000, 1, [10]],
  ];
  for (const [text, timeMs, pixels, expected] of table) {
    test(`"${text}" after ${timeMs} ms on ${pixels} pixels is ${expected}`, () => {
      assert.deepEqual(reds(text, timeMs, pixels), expected);
    });
  }

  test('begins with light, so that it is seen at once', () => {
    for (const text of Object.values(DEFAULT_PATTERNS)) {
      if (text === 'off') continue;
      assert.ok(
        renderPattern(parsePattern(text), 0, 3).some((pixel) => intensity(pixel) > 0.9),
        text,
      );
    }
  });

  test('stays as it is for exactly as long as it says', () => {
    for (const text of ['blink red 700ms', 'pulse red 2s 2x', 'pulse red 1s 1x']) {
      const pattern = parsePattern(text);
      let timeMs = 0;
      for (let change = 0; change < 20; change++) {
        const before = reds(text, timeMs);
        const stillMs = stillForMs(pattern, timeMs);
        assert.deepEqual(reds(text, timeMs + stillMs - 1), before, `${text} before ${timeMs + stillMs} ms`);
        assert.notDeepEqual(reds(text, timeMs + stillMs), before, `${text} at ${timeMs + stillMs} ms`);
        timeMs += stillMs;
      }
    }
    assert.equal(stillForMs(parsePattern('solid red'), 5), Infinity);
    assert.equal(stillForMs(parsePattern('breathe red 4s'), 5), 50);
  });
});

suite('the default patterns', () => {
  const patterns = parsePatterns(DEFAULT_PATTERNS);

  /** A minute on one LED that can be on or off, in steps of 10 ms. */
  const minute = (pattern: LedPattern) =>
    Array.from({ length: 6000 }, (_, step) => {
      const [pixel = RED] = renderPattern(pattern, step * 10, 1);
      return intensity(quantised(pixel, 2)) > 0;
    });

  /** Light as people tell it apart without colours: share of time that is lit, flashes a minute, flashes without a pause. */
  function rhythm(signal: LedSignal) {
    const states = minute(patterns[signal]);
    let flashes = 0;
    let litMs = 0;
    let darkMs = 0;
    let inBurst = 0;
    let longestBurst = 0;
    for (const [index, isOn] of states.entries()) {
      if (isOn && states[index - 1] !== true) {
        flashes++;
        inBurst = darkMs >= 500 ? 1 : inBurst + 1;
        longestBurst = Math.max(longestBurst, inBurst);
      }
      if (isOn) litMs += 10;
      darkMs = isOn ? 0 : darkMs + 10;
    }
    return { litShare: litMs / 60_000, flashes, longestBurst };
  }

  test('can be told apart on a single LED that is on or off', () => {
    const ratio = (a: number, b: number) => Math.max(a, b) / Math.max(1, Math.min(a, b));
    for (const a of LED_SIGNALS) {
      for (const b of LED_SIGNALS) {
        if (a >= b) continue;
        const [one, other] = [rhythm(a), rhythm(b)];
        const differs =
          Math.abs(one.litShare - other.litShare) >= 0.1 ||
          ratio(one.flashes, other.flashes) >= 1.2 ||
          one.longestBurst !== other.longestBurst;
        assert.ok(differs, `${a} ${JSON.stringify(one)} and ${b} ${JSON.stringify(other)}`);
      }
    }
  });

  test('flash at most three times a second', () => {
    for (const signal of LED_SIGNALS) {
      const states = minute(patterns[signal]);
      const flashesAt = states.flatMap((isOn, index) => (isOn && index > 0 && !states[index - 1] ? [index] : []));
      for (const [index, at] of flashesAt.entries()) {
        const third = flashesAt[index + 3];
        assert.ok(third === undefined || third - at >= 100, `${signal} at ${at * 10} ms`);
      }
    }
  });

  test('never let the colour of muted go out where the LED can glow', () => {
    for (let timeMs = 0; timeMs < 10_000; timeMs += 50) {
      const [pixel = [0, 0, 0]] = renderPattern(patterns.muted, timeMs, 1);
      assert.ok(intensity(pixel as Rgb) > 0.05);
    }
  });
});
