import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { buttonDelayDefaults } from '../../machines/buttonDelays.js';
import { ButtonRig, type ButtonStep } from './buttonRig.js';

const { maxEdges, burstMs, burstQuietMs, shutdownMs, stuckMs } = buttonDelayDefaults;

const edge = fc.constantFrom<ButtonStep>('down', 'up');
const anyStep = fc.oneof(
  { weight: 20, arbitrary: edge },
  { weight: 3, arbitrary: fc.constant<ButtonStep>('speech') },
  { weight: 20, arbitrary: fc.integer({ min: 1, max: 400 }) },
  { weight: 5, arbitrary: fc.integer({ min: 400, max: 3_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(shutdownMs, stuckMs) },
);
const anyScript = fc.array(anyStep, { maxLength: 60 });

/** Released, and left alone until whatever was wrong is over. */
const leftAlone: readonly ButtonStep[] = ['up', Math.max(burstMs, burstQuietMs)];

function assertWorks(rig: ButtonRig): void {
  assert.deepEqual(rig.states, ['contact.open', 'gesture.idle']);
  rig.log = [];
  rig.happens('down', 100, 'up');
  assert.deepEqual(rig.told, ['pressed', 'tapped']);
}

suite('whatever the contact does', () => {
  test('a storm of 1,000 edges tells little, and the button works after it', () => {
    const storm = fc.array(fc.tuple(edge, fc.integer({ min: 0, max: 50 })), { minLength: 1_000, maxLength: 1_000 });
    fc.assert(
      fc.property(storm, (edges) => {
        const rig = new ButtonRig({ shutdownHold: true }).happens(...edges.flat());
        // A press and its end for two edges each, until the storm is seen.
        assert.ok(rig.log.length <= maxEdges + 1, `${rig.log.length} notices`);
        assert.equal(rig.told.filter((notice) => notice === 'bouncing').length, 1);
        rig.happens(...leftAlone);
        assert.equal(rig.told.at(-1), 'sane');
        assertWorks(rig);
      }),
      { numRuns: 20 },
    );
  });

  test('no second has more notices than a finger can make', () => {
    fc.assert(
      fc.property(anyScript, (script) => {
        const times = new ButtonRig().happens(...script).log.map((line) => Number.parseInt(line, 10));
        for (const from of times) {
          const within = times.filter((at) => at >= from && at < from + burstMs).length;
          // Each edge tells one thing at most; before them a long press or a recovery, after them an alarm.
          assert.ok(within <= maxEdges + 2, `${within} notices in the second from ${from} ms`);
        }
      }),
    );
  });

  test('each press ends in one way, and what must come in order does', () => {
    fc.assert(
      fc.property(anyScript, (script) => {
        const rig = new ButtonRig({ shutdownHold: true }).happens(...script);
        const order = rig.told.map((notice) => LETTERS[notice] ?? assert.fail(notice)).join('');
        assert.match(order, GRAMMAR);
        assert.equal(rig.rootError, undefined);
      }),
      { numRuns: 300 },
    );
  });

  test('it is never held or counting without a press, and a problem is never held', () => {
    fc.assert(
      fc.property(anyScript, (script) => {
        const rig = new ButtonRig();
        for (const step of script) {
          rig.happens(step);
          if (rig.has('counting')) assert.ok(rig.has('held'));
          if (rig.has('held')) assert.ok(rig.states.includes('contact.closed') && !rig.has('problem'));
        }
      }),
    );
  });

  test('it works again when it was released and left alone', () => {
    fc.assert(fc.property(anyScript, (script) => assertWorks(new ButtonRig().happens(...script, ...leftAlone))));
  });

  test('it means nothing any more when it stays as it is for long enough', () => {
    fc.assert(
      fc.property(anyScript, (script) => {
        const rig = new ButtonRig().happens(...script, burstQuietMs + stuckMs);
        assert.ok(rig.states.includes('gesture.idle'), `is in ${rig.states}`);
        rig.log = [];
        rig.happens(burstQuietMs + stuckMs);
        assert.deepEqual(rig.log, []);
      }),
      { numRuns: 20 },
    );
  });
});

const LETTERS: Readonly<Record<string, string>> = {
  pressed: 'p',
  tapped: 't',
  doubleTapped: 'd',
  holdReleased: 'h',
  longPressed: 'l',
  shutdownHeld: 'x',
  stuck: 's',
  bouncing: 'b',
  sane: 'o',
};

/**
 * Presses (a tap, perhaps followed by a second; a hold; a long press, perhaps until the shutdown), broken off by bouncing
 * at any place, with recoveries; at the end of the script anything may be unfinished.
 */
const GRAMMAR = /^(?:pt(?:d)?|ph|plx?|(?:p|pt|ptd|pl|plx)?b(?:o|$)|(?:p|pl|plx|ptd)?s(?:h)?(?:o|$)|p$)*$/;
