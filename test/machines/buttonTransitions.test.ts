import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createButtonMachine } from '../../machines/button.js';
import { childrenOf, statesOf, transitionsOf } from '../../src/observability/statechartTransitions.js';
import { ButtonRig, type ButtonStep } from './buttonRig.js';

/** One transition of the button's chart. */
interface Row {
  /** The state that it is written in. */
  readonly of: string;
  readonly event: string;
  readonly guard?: string;
  /** The way from the start into that state. */
  readonly arrival: readonly ButtonStep[];
  readonly steps: readonly ButtonStep[];
  readonly to: string;
  readonly tells?: readonly string[];
  readonly shutdownHold?: boolean;
}

const OPEN = 'contact.open';
const CLOSED = 'contact.closed';
const BOUNCING = 'contact.bouncing';
const STUCK = 'contact.stuck';
const IDLE = 'gesture.idle';
const PRESSING = 'gesture.pressing';
const LONG_PRESS = 'gesture.longPress';
const SPENT = 'gesture.spent';

const twelveUp: readonly ButtonStep[] = Array.from({ length: 12 }, () => 'up');
const elevenDown: readonly ButtonStep[] = Array.from({ length: 11 }, () => 'down');
/** Comes to rest open or closed while it bounces. */
const bouncedOpen: readonly ButtonStep[] = [...twelveUp, 'up'];
const bouncedClosed: readonly ButtonStep[] = [...twelveUp, 'down'];
const tap: readonly ButtonStep[] = ['down', 100, 'up'];

const CONTACT: readonly Row[] = [
  {
    of: OPEN,
    event: 'edge.down',
    guard: 'bursting',
    arrival: twelveUp,
    steps: ['down'],
    to: `${BOUNCING}.closed`,
    tells: ['bouncing'],
  },
  { of: OPEN, event: 'edge.down', guard: 'else', arrival: [], steps: ['down'], to: CLOSED, tells: ['pressed'] },
  {
    of: OPEN,
    event: 'edge.up',
    guard: 'bursting',
    arrival: twelveUp,
    steps: ['up'],
    to: `${BOUNCING}.open`,
    tells: ['bouncing'],
  },
  { of: OPEN, event: 'edge.up', guard: 'else', arrival: [], steps: ['up'], to: OPEN },
  {
    of: CLOSED,
    event: 'edge.up',
    guard: 'bursting',
    arrival: ['down', ...elevenDown],
    steps: ['up'],
    to: `${BOUNCING}.open`,
    tells: ['bouncing'],
  },
  { of: CLOSED, event: 'edge.up', guard: 'else', arrival: ['down'], steps: ['up'], to: OPEN, tells: ['tapped'] },
  {
    of: CLOSED,
    event: 'edge.down',
    guard: 'bursting',
    arrival: ['down', ...elevenDown],
    steps: ['down'],
    to: `${BOUNCING}.closed`,
    tells: ['bouncing'],
  },
  { of: CLOSED, event: 'edge.down', guard: 'else', arrival: ['down'], steps: ['down'], to: CLOSED },
  { of: CLOSED, event: 'after stuck', arrival: ['down', 59_999], steps: [1], to: `${STUCK}.closed`, tells: ['stuck'] },
  {
    of: 'contact',
    event: 'edge.aged',
    arrival: [...twelveUp, 999],
    steps: [1, 'down'],
    to: CLOSED,
    tells: ['pressed'],
  },
  { of: BOUNCING, event: 'edge.down', arrival: bouncedOpen, steps: ['down'], to: `${BOUNCING}.closed` },
  { of: BOUNCING, event: 'edge.up', arrival: bouncedClosed, steps: ['up'], to: `${BOUNCING}.open` },
  {
    of: `${BOUNCING}.open`,
    event: 'after burstQuiet',
    arrival: [...bouncedOpen, 999],
    steps: [1],
    to: OPEN,
    tells: ['sane'],
  },
  {
    of: `${BOUNCING}.closed`,
    event: 'after burstQuiet',
    arrival: [...bouncedClosed, 999],
    steps: [1],
    to: CLOSED,
    tells: ['sane'],
  },
  { of: STUCK, event: 'edge.up', arrival: ['down', 60_000], steps: ['up'], to: `${STUCK}.open` },
  { of: STUCK, event: 'edge.down', arrival: ['down', 60_000, 'up'], steps: ['down'], to: `${STUCK}.closed` },
  {
    of: `${STUCK}.open`,
    event: 'after burstQuiet',
    arrival: ['down', 60_000, 'up', 999],
    steps: [1],
    to: OPEN,
    tells: ['sane'],
  },
];

const GESTURE: readonly Row[] = [
  { of: IDLE, event: 'press', arrival: [], steps: ['down'], to: `${PRESSING}.length.brief`, tells: ['pressed'] },
  {
    of: `${PRESSING}.length.brief`,
    event: 'release',
    arrival: ['down'],
    steps: ['up'],
    to: 'gesture.betweenTaps',
    tells: ['tapped'],
  },
  {
    of: `${PRESSING}.length.brief`,
    event: 'after holdAfter',
    arrival: ['down', 349],
    steps: [1],
    to: `${PRESSING}.length.long`,
  },
  {
    of: `${PRESSING}.length.long`,
    event: 'release',
    arrival: ['down', 350],
    steps: ['up'],
    to: IDLE,
    tells: ['holdReleased'],
  },
  {
    of: `${PRESSING}.purpose.unknown`,
    event: 'after countingAfter',
    arrival: ['down', 599],
    steps: [1],
    to: `${PRESSING}.purpose.counting`,
  },
  {
    of: `${PRESSING}.purpose.unknown`,
    event: 'speech.started',
    arrival: ['down'],
    steps: ['speech'],
    to: `${PRESSING}.purpose.talking`,
  },
  {
    of: `${PRESSING}.purpose.counting`,
    event: 'speech.started',
    arrival: ['down', 600],
    steps: ['speech'],
    to: `${PRESSING}.purpose.talking`,
  },
  {
    of: `${PRESSING}.purpose.counting`,
    event: 'after restOfLongPress',
    arrival: ['down', 1_999],
    steps: [1],
    to: LONG_PRESS,
    tells: ['longPressed'],
  },
  { of: 'gesture.betweenTaps', event: 'after doubleTap', arrival: [...tap, 349], steps: [1], to: IDLE },
  { of: 'gesture.betweenTaps', event: 'press', arrival: tap, steps: ['down'], to: SPENT, tells: ['doubleTapped'] },
  { of: LONG_PRESS, event: 'release', arrival: ['down', 2_000], steps: ['up'], to: IDLE },
  { of: LONG_PRESS, event: 'speech.started', arrival: ['down', 2_000], steps: ['speech'], to: SPENT },
  {
    of: LONG_PRESS,
    event: 'after restOfShutdown',
    guard: 'shutdownAllowed',
    arrival: ['down', 9_999],
    steps: [1],
    to: SPENT,
    tells: ['shutdownHeld'],
    shutdownHold: true,
  },
  { of: LONG_PRESS, event: 'after restOfShutdown', guard: 'else', arrival: ['down', 9_999], steps: [1], to: SPENT },
  { of: SPENT, event: 'release', arrival: [...tap, 'down'], steps: ['up'], to: IDLE },
  { of: 'gesture', event: 'abandon', arrival: ['down', ...elevenDown], steps: ['down'], to: IDLE, tells: ['bouncing'] },
];

/** States that no delay of their own ends, and why that is right. */
const WITHOUT_DELAY: Readonly<Record<string, string>> = {
  [OPEN]: 'nobody presses',
  [`${STUCK}.closed`]: 'only whoever mends the button ends it; every edge leaves it or proves that it moves',
  [IDLE]: 'nobody presses',
  [`${PRESSING}.length.long`]: 'ends with the press, which the contact ends when it is stuck',
  [`${PRESSING}.purpose.talking`]: 'ends with the press',
  [SPENT]: 'ends with the press',
};

function keyOf({ of, event, guard }: Pick<Row, 'of' | 'event'> & { readonly guard?: string | undefined }): string {
  return `${of}: ${event}${guard === undefined ? '' : ` [${guard}]`}`;
}

suite('the button takes each transition of its chart', () => {
  for (const row of [...CONTACT, ...GESTURE]) {
    test(`${keyOf(row)} -> ${row.to}`, () => {
      const rig = new ButtonRig({ shutdownHold: row.shutdownHold ?? false }).happens(...row.arrival);
      assert.ok(
        rig.states.some((state) => `${state}.`.startsWith(`${row.of}.`)),
        `arrived in ${rig.states}`,
      );
      rig.log = [];
      rig.happens(...row.steps);
      assert.ok(rig.states.includes(row.to), `is in ${rig.states}`);
      assert.deepEqual(rig.told, row.tells ?? []);
      assert.equal(rig.rootError, undefined);
    });
  }

  test('and no transition is missing from this table', () => {
    const drawn = [...transitionsOf(createButtonMachine().root)].map(({ source, event, guard }) =>
      keyOf({ of: source.path.join('.'), event, guard }),
    );
    assert.deepEqual(drawn.sort(), [...CONTACT, ...GESTURE].map(keyOf).sort());
  });
});

test('every state of the button ends after some time, but for those that wait for a finger', () => {
  const { root } = createButtonMachine();
  const ends = new Set(
    [...transitionsOf(root)]
      .filter(({ event }) => event.startsWith('after '))
      .flatMap(({ source }) => [...statesOf(source)]),
  );
  const waiting = [...statesOf(root)].filter((state) => childrenOf(state).length === 0 && !ends.has(state));
  assert.deepEqual(waiting.map(({ path }) => path.join('.')).sort(), Object.keys(WITHOUT_DELAY).sort());
});
