import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createButtonMachine } from '../../machines/button.js';
import { buttonDelayDefaults } from '../../machines/buttonDelays.js';
import { ButtonRig, type ButtonStep } from './buttonRig.js';

interface Gesture {
  readonly name: string;
  readonly steps: readonly ButtonStep[];
  readonly tells: readonly string[];
}

const GESTURES: readonly Gesture[] = [
  { name: 'a tap', steps: ['down', 100, 'up', 5_000], tells: ['0 pressed', '100 tapped'] },
  { name: 'the longest tap', steps: ['down', 349, 'up', 5_000], tells: ['0 pressed', '349 tapped'] },
  { name: 'the shortest hold', steps: ['down', 350, 'up', 5_000], tells: ['0 pressed', '350 holdReleased'] },
  {
    name: 'a tap during which the user begins to speak',
    steps: ['down', 100, 'speech', 100, 'up', 5_000],
    tells: ['0 pressed', '200 tapped'],
  },
  {
    name: 'push to talk',
    steps: ['down', 300, 'speech', 3_000, 'up', 5_000],
    tells: ['0 pressed', '3300 holdReleased'],
  },
  {
    name: 'push to talk, for longer than any long press',
    steps: ['down', 1_999, 'speech', 20_000, 'up', 5_000],
    tells: ['0 pressed', '21999 holdReleased'],
  },
  {
    name: 'a hold without a word, let go too early for a long press',
    steps: ['down', 1_999, 'up', 5_000],
    tells: ['0 pressed', '1999 holdReleased'],
  },
  { name: 'a long press', steps: ['down', 2_500, 'up', 5_000], tells: ['0 pressed', '2000 longPressed'] },
  {
    name: 'a long press before the user speaks',
    steps: ['down', 2_500, 'speech', 20_000, 'up', 5_000],
    tells: ['0 pressed', '2000 longPressed'],
  },
  {
    name: 'a double tap',
    steps: ['down', 100, 'up', 200, 'down', 100, 'up', 5_000],
    tells: ['0 pressed', '100 tapped', '300 doubleTapped'],
  },
  {
    name: 'a double tap whose second press is held',
    steps: ['down', 100, 'up', 349, 'down', 15_000, 'up', 5_000],
    tells: ['0 pressed', '100 tapped', '449 doubleTapped'],
  },
  {
    name: 'two taps too far apart for a double tap',
    steps: ['down', 100, 'up', 350, 'down', 100, 'up', 5_000],
    tells: ['0 pressed', '100 tapped', '450 pressed', '550 tapped'],
  },
  {
    name: 'a third tap',
    steps: ['down', 100, 'up', 100, 'down', 100, 'up', 100, 'down', 100, 'up', 5_000],
    tells: ['0 pressed', '100 tapped', '200 doubleTapped', '400 pressed', '500 tapped'],
  },
  {
    name: 'a press soon after push to talk',
    steps: ['down', 'speech', 1_000, 'up', 100, 'down', 100, 'up', 5_000],
    tells: ['0 pressed', '1000 holdReleased', '1100 pressed', '1200 tapped'],
  },
  {
    name: 'speech before the press, which does not count,',
    steps: ['speech', 100, 'down', 2_000, 'up', 5_000],
    tells: ['100 pressed', '2100 longPressed'],
  },
  {
    name: 'a very long press, where a shutdown is not allowed',
    steps: ['down', 15_000, 'up', 5_000],
    tells: ['0 pressed', '2000 longPressed'],
  },
  { name: 'an edge up out of nowhere', steps: ['up', 5_000], tells: [] },
  {
    name: 'a press whose edges are told twice',
    steps: ['down', 10, 'down', 90, 'up', 10, 'up', 5_000],
    tells: ['0 pressed', '100 tapped'],
  },
];

suite('the button', () => {
  for (const { name, steps, tells } of GESTURES) {
    test(`takes ${name} for: ${tells.join(', ') || 'nothing'}`, () => {
      const rig = new ButtonRig().happens(...steps);
      assert.deepEqual(rig.log, tells);
      assert.deepEqual(rig.states, ['contact.open', 'gesture.idle']);
    });
  }

  test('tells a press at once, whatever went before', () => {
    const rig = new ButtonRig().happens('down', 2_500, 'up');
    rig.log = [];
    rig.happens('down');
    assert.deepEqual(rig.log, ['2500 pressed']);
  });
});

suite('a press for a shutdown', () => {
  const allowed = { shutdownHold: true };

  test('is told once, after the long press', () => {
    const rig = new ButtonRig(allowed).happens('down', 15_000, 'up', 5_000);
    assert.deepEqual(rig.log, ['0 pressed', '2000 longPressed', '10000 shutdownHeld']);
  });

  test('is not one when the button is let go a moment earlier', () => {
    const rig = new ButtonRig(allowed).happens('down', 9_999, 'up', 5_000);
    assert.deepEqual(rig.log, ['0 pressed', '2000 longPressed']);
  });

  for (const speaksAtMs of [0, 1_000, 5_000]) {
    test(`is not one when the user speaks after ${speaksAtMs} ms`, () => {
      const rig = new ButtonRig(allowed).happens('down', speaksAtMs, 'speech', 15_000, 'up', 5_000);
      assert.ok(!rig.told.includes('shutdownHeld'));
    });
  }
});

suite('a press shows', () => {
  /** The tags after so many milliseconds of a press. */
  function tagsAt(...steps: readonly ButtonStep[]): string[] {
    const rig = new ButtonRig().happens(...steps);
    return (['held', 'counting', 'problem'] as const).filter((tag) => rig.has(tag));
  }

  for (const [what, steps, tags] of [
    ['that it is held, from the start', ['down'], ['held']],
    ['nothing more while it can be a tap', ['down', 599], ['held']],
    ['that it counts towards a long press', ['down', 600], ['held', 'counting']],
    ['that until the long press', ['down', 1_999], ['held', 'counting']],
    ['no counting after the long press', ['down', 2_000], ['held']],
    ['no counting once the user speaks', ['down', 600, 'speech'], ['held']],
    ['no counting where the user has spoken before', ['down', 100, 'speech', 900], ['held']],
    ['no counting in the second press of a double tap', ['down', 100, 'up', 100, 'down', 1_000], ['held']],
    ['nothing once it is released', ['down', 700, 'up'], []],
  ] as const) {
    test(what, () => assert.deepEqual(tagsAt(...steps), tags));
  }
});

suite('a stuck button', () => {
  test('is reported once, as a problem, and counts as released', () => {
    const rig = new ButtonRig().happens('down', 'speech', 130_000);
    assert.deepEqual(rig.log, ['0 pressed', '60000 stuck', '60000 holdReleased']);
    assert.ok(rig.has('problem'));
    assert.ok(!rig.has('held'));
  });

  test('says nothing of a release when the long press was told already', () => {
    const rig = new ButtonRig().happens('down', 70_000);
    assert.deepEqual(rig.told, ['pressed', 'longPressed', 'stuck']);
  });

  test('works again when it was released and quiet for a second', () => {
    const rig = new ButtonRig().happens('down', 70_000, 'up', 999);
    assert.ok(rig.has('problem'));
    rig.log = [];
    rig.happens(1, 'down', 100, 'up');
    assert.deepEqual(rig.log, ['71000 sane', '71000 pressed', '71100 tapped']);
  });

  test('is not believed before: presses are ignored and begin the wait anew', () => {
    const rig = new ButtonRig().happens('down', 70_000);
    rig.log = [];
    rig.happens('up', 900, 'down', 5_000, 'up', 900, 'down', 900, 'up', 999);
    assert.deepEqual(rig.log, []);
    rig.happens(1);
    assert.deepEqual(rig.told, ['sane']);
  });
});

suite('a bouncing button', () => {
  const sixTaps: readonly ButtonStep[] = Array.from({ length: 6 }, (): ButtonStep[] => ['down', 80, 'up', 80]).flat();

  test('may be a nervous finger up to twelve edges in a second', () => {
    const rig = new ButtonRig().happens(...sixTaps);
    assert.ok(!rig.told.includes('bouncing'));
    assert.ok(!rig.has('problem'));
  });

  test('is reported at the thirteenth edge, once, and ignored from then on', () => {
    const rig = new ButtonRig().happens(...sixTaps);
    rig.log = [];
    rig.happens('down');
    assert.deepEqual(rig.told, ['bouncing']);
    assert.ok(rig.has('problem'));
    assert.ok(!rig.has('held'));
    rig.log = [];
    for (let n = 0; n < 50; n++) rig.happens(...sixTaps);
    assert.deepEqual(rig.log, []);
  });

  test('is found in any second, not only in one that began with an edge', () => {
    const rig = new ButtonRig().happens('down', 600, 'up', 350);
    for (let n = 0; n < 11; n++) rig.happens(n % 2 === 0 ? 'down' : 'up', 50);
    assert.ok(!rig.told.includes('bouncing'));
    rig.happens('up');
    assert.equal(rig.log.at(-1), '1500 bouncing');
  });

  test('is not made of edges that are a second old', () => {
    const rig = new ButtonRig().happens(...sixTaps, 40, 'down');
    assert.equal(rig.clock.now(), 1_000);
    assert.ok(!rig.told.includes('bouncing'));
  });

  test('forgets the press that was going on', () => {
    const rig = new ButtonRig().happens(...sixTaps.slice(0, -2));
    assert.ok(rig.has('held'));
    rig.happens('down', 'down', 'down');
    assert.deepEqual(rig.states, ['contact.bouncing.closed', 'gesture.idle']);
    rig.log = [];
    rig.happens('up', 999);
    assert.deepEqual(rig.log, []);
  });

  test('works again after a second without an edge', () => {
    const rig = new ButtonRig().happens(...sixTaps, 'down', 20, 'up');
    rig.log = [];
    rig.happens(999);
    assert.deepEqual(rig.log, []);
    rig.happens(1, 'down', 100, 'up');
    assert.deepEqual(rig.told, ['sane', 'pressed', 'tapped']);
  });

  test('that comes to rest while it is down means nothing until the next press', () => {
    const rig = new ButtonRig().happens(...sixTaps, 'down', 5_000);
    rig.log = [];
    rig.happens('up', 100, 'down', 100, 'up');
    assert.deepEqual(rig.told, ['pressed', 'tapped']);
  });
});

test('delays that would recognise a longer press before a shorter one are refused', () => {
  for (const wrong of [{ longPressMs: 600 }, { holdAfterMs: 700 }, { shutdownMs: 1_000 }, { stuckMs: Number.NaN }]) {
    assert.throws(() => createButtonMachine({ ...buttonDelayDefaults, ...wrong }), RangeError);
  }
});
