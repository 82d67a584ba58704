import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type LedPatterns, parsePatterns } from '../../../hardware/leds/ledPatterns.js';
import type { Rgb } from '../../../hardware/leds/rgb.js';
import { composeScene, renderScene, sceneStillForMs } from '../../../hardware/leds/scene.js';
import { LED_SIGNALS, signalsOf } from '../../../hardware/leds/signals.js';

/** Every signal has a colour of its own: its number is the amount of red. */
const colourOf = (index: number) => `#${(index * 16 + 15).toString(16).padStart(2, '0')}0000`;
const texts = Object.fromEntries(LED_SIGNALS.map((signal, index) => [signal, `solid ${colourOf(index)}`]));
const patterns: LedPatterns = parsePatterns(texts as Parameters<typeof parsePatterns>[0]);

function nameOf(pixel: Rgb): string {
  const found = LED_SIGNALS.find((signal) => {
    const pattern = patterns[signal];
    return pattern.kind === 'solid' && pattern.colour[0] === pixel[0];
  });
  return found ?? '?';
}

function shown(tags: readonly string[], pixels: number, timeMs = 0): readonly string[] {
  return renderScene(composeScene(signalsOf(new Set(tags)), patterns, pixels), timeMs).map(nameOf);
}

/** Everything that each pixel shows in half a minute, in order. */
function inTurn(tags: readonly string[], pixels: number): readonly (readonly string[])[] {
  const seen: string[][] = Array.from({ length: pixels }, () => []);
  for (let timeMs = 0; timeMs < 30_000; timeMs += 1500) {
    for (const [pixel, name] of shown(tags, pixels, timeMs).entries()) {
      if (seen[pixel]?.at(-1) !== name) seen[pixel]?.push(name);
    }
  }
  return seen;
}

suite('the signals of a snapshot', () => {
  const table: readonly (readonly [readonly string[], ReturnType<typeof signalsOf>])[] = [
    [[], { base: 'idle', muted: false, faults: [] }],
    [['resting', 'busy'], { base: 'idle', muted: false, faults: [] }],
    [['idle', 'muted'], { base: 'muted', muted: true, faults: [] }],
    [['listening', 'hearing'], { base: 'hearing', muted: false, faults: [] }],
    [['counting', 'muted'], { base: 'counting', muted: true, faults: [] }],
    [['shuttingDown', 'speaking', 'muted'], { base: 'shuttingDown', muted: true, faults: [] }],
    [
      ['idle', 'modelUnreachable', 'microphoneLost'],
      { base: 'idle', muted: false, faults: ['microphoneLost', 'modelUnreachable'] },
    ],
  ];
  for (const [tags, signals] of table) {
    test(`[${tags}]`, () => assert.deepEqual(signalsOf(new Set(tags)), signals));
  }
});

suite('signals on several LEDs', () => {
  test('have all of them for what the assistant does when nothing is wrong', () => {
    assert.deepEqual(shown(['listening'], 3), ['listening', 'listening', 'listening']);
  });

  test('give each fault one', () => {
    assert.deepEqual(shown(['idle', 'speakerLost', 'microphoneLost'], 3), ['idle', 'microphoneLost', 'speakerLost']);
  });

  test('give muted one, whatever the others show', () => {
    assert.deepEqual(shown(['muted', 'counting'], 3), ['counting', 'counting', 'muted']);
    assert.deepEqual(shown(['muted', 'counting', 'error'], 3), ['counting', 'muted', 'error']);
  });

  test('let faults take turns where there are too few', () => {
    const faults = ['error', 'microphoneLost', 'speakerLost'];
    const [base, first, second] = inTurn(['muted', ...faults], 3);
    assert.deepEqual(base, ['muted']);
    assert.deepEqual(first?.slice(0, 3), ['error', 'speakerLost', 'error']);
    assert.deepEqual(second, ['microphoneLost']);
  });

  test('keep muted on its own even where only two are left', () => {
    const [first, second] = inTurn(['muted', 'counting', 'error'], 2);
    assert.deepEqual(first?.slice(0, 3), ['counting', 'error', 'counting']);
    assert.deepEqual(second, ['muted']);
  });
});

suite('signals on one LED', () => {
  test('take turns, what the assistant does first and in every second one', () => {
    const [only] = inTurn(['thinking', 'microphoneLost', 'modelUnreachable'], 1);
    assert.deepEqual(only?.slice(0, 5), ['thinking', 'microphoneLost', 'thinking', 'modelUnreachable', 'thinking']);
  });

  test('show muted in every second turn', () => {
    const [only] = inTurn(['muted', 'counting', 'error', 'speakerLost'], 1);
    assert.deepEqual(only?.slice(0, 6), ['counting', 'muted', 'error', 'muted', 'speakerLost', 'muted']);
    const [resting] = inTurn(['muted', 'error'], 1);
    assert.deepEqual(resting?.slice(0, 4), ['muted', 'error', 'muted', 'error']);
  });

  test('give every pattern whole periods, from its beginning', () => {
    const own = {
      ...patterns,
      idle: parsePatterns({ ...(texts as Parameters<typeof parsePatterns>[0]), idle: 'blink white 1s' }).idle,
    };
    const scene = composeScene(signalsOf(new Set(['idle', 'error'])), own, 1);
    assert.equal(sceneStillForMs(scene, 1600), 400);
    assert.equal(nameOf(renderScene(scene, 2000)[0] ?? [0, 0, 0]), 'error');
    assert.equal(sceneStillForMs(scene, 2000), 1500);
    assert.deepEqual(renderScene(scene, 3500), [[1, 1, 1]]);
  });
});

test('muted is seen on any number of LEDs beside anything else within two turns', () => {
  const others = LED_SIGNALS.filter((signal) => signal !== 'muted');
  for (let pixels = 1; pixels <= 6; pixels++) {
    for (let mask = 0; mask < 1 << others.length; mask += 13) {
      const tags = ['muted', ...others.filter((_, index) => mask & (1 << index))];
      const seen = [...shown(tags, pixels, 0), ...shown(tags, pixels, 1500)];
      assert.ok(seen.includes('muted'), `${tags} on ${pixels}`);
    }
  }
});

test('no LEDs show nothing', () => {
  const scene = composeScene(signalsOf(new Set(['error'])), patterns, 0);
  assert.deepEqual(renderScene(scene, 0), []);
  assert.equal(sceneStillForMs(scene, 0), Infinity);
});
