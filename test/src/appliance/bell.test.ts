import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { readyAppliance, type SimulatedOptions } from '../../fixtures/simulatedAppliance.js';

const STROKE_MS = 1_500;

async function applianceWithTimers(t: TestContext, options: SimulatedOptions = {}) {
  const simulated = await readyAppliance(t, { withTimers: true, ...options });
  const { appliance, timers, played, passes, lights } = simulated;
  assert.ok(timers);
  /** Sets a timer that is due at once: a frame later, whatever the assistant does. */
  const rings = async (heard?: 'speech') => {
    await timers.startTimer(1, 'pasta');
    while (timers.ringing.length === 0) await passes(32, heard);
    assert.equal(lights()?.base, 'ringing');
    assert.ok(appliance.snapshot.hasTag('ringing'));
  };
  const strokes = () => played.filter((sound) => sound === 'ringing').length;
  return { ...simulated, timers, rings, strokes };
}

type Simulated = Awaited<ReturnType<typeof applianceWithTimers>>;

interface Situation {
  readonly turn: string;
  readonly enter: (simulated: Simulated) => Promise<void>;
  readonly options?: SimulatedOptions;
  /** What the microphone hears while it rings. */
  readonly heard?: 'speech';
  /** Somebody talks: the light alone tells of it. */
  readonly isSilent?: true;
  /** Where it may be by the time that the press is over, of itself. Default: only where it was. */
  readonly ends?: string;
}

const tap = async ({ button, passes }: Simulated) => {
  button.press();
  await passes(96);
  button.release();
  await passes(64);
};
const ask = async ({ appliance, passes }: Simulated) => {
  appliance.send({ type: 'ask', question: 'Who was Ada?' });
  await passes(640);
};

const SITUATIONS: readonly Situation[] = [
  { turn: '{"idle":"ready"}', enter: async () => {} },
  { turn: '{"listening":{"speech":"waitingForSpeech","button":"up"}}', enter: tap },
  {
    turn: '{"listening":{"speech":"hearing","button":"up"}}',
    enter: async (simulated) => {
      await tap(simulated);
      await simulated.passes(640, 'speech');
    },
    heard: 'speech',
    isSilent: true,
  },
  {
    turn: '{"thinking":"patient"}',
    enter: ask,
    options: { modelThinksMs: 20_000 },
  },
  { turn: '{"speaking":"playing"}', enter: ask, isSilent: true },
  {
    turn: '{"speaking":"verifyingInterruption"}',
    enter: async (simulated) => {
      await ask(simulated);
      while (!simulated.turn().includes('verifying')) await simulated.passes(32, 'speech');
    },
    options: { echo: 'aec' },
    ends: '{"speaking":"playing"}',
    heard: 'speech',
    isSilent: true,
  },
  {
    turn: '"conversation"',
    enter: async (simulated) => {
      await ask(simulated);
      while (simulated.turn().includes('speaking')) await simulated.passes(32);
    },
  },
  {
    turn: '"muted"',
    enter: async ({ appliance, passes }) => {
      appliance.send({ type: 'mute' });
      await passes(640);
    },
  },
];

suite('a timer that is due', () => {
  for (const { turn, enter, options, heard, isSilent, ends = turn } of SITUATIONS) {
    test(`rings in ${turn}${isSilent ? ', without a sound,' : ''} until one press, which does nothing else`, async (t) => {
      const simulated = await applianceWithTimers(t, options);
      const { button, timers, played, passes, rings, strokes, lights } = simulated;
      await enter(simulated);
      assert.equal(simulated.turn(), turn);
      const before = lights();
      await rings(heard);
      await passes(96, heard);
      assert.equal(strokes(), isSilent ? 0 : 1);
      assert.equal(simulated.turn(), turn);
      const sounds = played.length;
      button.press();
      await passes(96, heard);
      assert.deepEqual(timers.ringing, []);
      assert.ok([turn, ends].includes(simulated.turn()), simulated.turn());
      assert.deepEqual(lights(), before);
      button.release();
      await passes(32, heard);
      assert.ok([turn, ends].includes(simulated.turn()), simulated.turn());
      const signals = played.slice(sounds).filter((sound) => sound !== 'speech');
      assert.deepEqual(signals, [], 'the press itself makes no sound');
      assert.deepEqual(timers.list(), []);
    });
  }

  test('is heard as soon as the reply is over', async (t) => {
    const simulated = await applianceWithTimers(t);
    const { passes, rings, strokes, turn } = simulated;
    await ask(simulated);
    await rings();
    while (turn().includes('speaking')) {
      assert.equal(strokes(), 0);
      await passes(32);
    }
    await passes(STROKE_MS);
    assert.equal(strokes(), 1);
  });

  test('rings again and again, and in mid-conversation, until it is told to stop', async (t) => {
    const simulated = await applianceWithTimers(t);
    const { appliance, timers, passes, rings, strokes, lights } = simulated;
    await rings();
    await passes(10 * STROKE_MS);
    assert.equal(strokes(), 11);
    assert.equal(lights()?.base, 'ringing');
    appliance.send({ type: 'ask', question: 'Stop.' });
    await passes(320);
    assert.deepEqual(timers.list(), []);
    await passes(10 * STROKE_MS);
    assert.equal(strokes(), 11);
  });

  test('means nothing more to a finger that stays on the button, or comes down twice', async (t) => {
    const { button, timers, passes, rings, turn, shutdowns, played } = await applianceWithTimers(t);
    await rings();
    button.press();
    await passes(12_000);
    button.release();
    await passes(640);
    assert.equal(turn(), '{"idle":"ready"}');
    assert.equal(shutdowns(), 0);
    await rings();
    const sounds = played.length;
    for (let n = 0; n < 2; n++) {
      button.press();
      await passes(64);
      button.release();
      await passes(64);
    }
    await passes(640);
    assert.equal(turn(), '{"idle":"ready"}');
    assert.deepEqual(played.slice(sounds), []);
    assert.deepEqual(timers.list(), []);
    button.press();
    await passes(96);
    assert.match(turn(), /listening/, 'the next press is a press again');
    button.release();
  });

  test('rings on when the assistant fails and is started again, and a press stops it then', async (t) => {
    const { appliance, microphone, button, timers, passes, rings, strokes, turn } = await applianceWithTimers(t);
    await rings();
    const setDeaf = microphone.setDeaf.bind(microphone);
    microphone.setDeaf = (deaf) => {
      microphone.setDeaf = setDeaf;
      throw new Error(`nobody is made deaf: ${deaf}`);
    };
    appliance.send({ type: 'mute' });
    assert.equal(appliance.snapshot.status, 'error');
    await passes(1_100);
    const before = strokes();
    await passes(3 * STROKE_MS);
    assert.equal(turn(), '{"idle":"ready"}');
    assert.equal(strokes(), before + 3);
    button.press();
    await passes(96);
    button.release();
    await passes(640);
    assert.deepEqual(timers.list(), []);
    assert.equal(turn(), '{"idle":"ready"}');
    await passes(3 * STROKE_MS);
    assert.equal(strokes(), before + 3);
  });

  test('while the assistant is dead rings as soon as it lives again', async (t) => {
    const { appliance, microphone, timers, passes, strokes } = await applianceWithTimers(t);
    const setDeaf = microphone.setDeaf.bind(microphone);
    microphone.setDeaf = () => {
      microphone.setDeaf = setDeaf;
      throw new Error('it cannot be muted');
    };
    appliance.send({ type: 'mute' });
    await timers.startTimer(500);
    await passes(900);
    assert.equal(timers.ringing.length, 1);
    assert.equal(strokes(), 0);
    await passes(200);
    assert.ok(appliance.snapshot.hasTag('ringing'));
    await passes(STROKE_MS);
    assert.ok(strokes() >= 1);
  });
});
