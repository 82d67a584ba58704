import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import { pino } from 'pino';
import { AudioError, type PlaybackStream } from '../../../hardware/audio/drivers.js';
import { type EarconKind, earcon } from '../../../hardware/audio/earcons.js';
import { Microphone } from '../../../hardware/audio/microphone.js';
import { createNullPlayback } from '../../../hardware/audio/nullPlayback.js';
import { OwnEcho } from '../../../hardware/audio/ownEcho.js';
import { FRAME_MS } from '../../../hardware/audio/pcm.js';
import { Speaker } from '../../../hardware/audio/speaker.js';
import { sleep } from '../../../hardware/clock.js';
import { SimulatedButton } from '../../../hardware/gpio/simulatedButton.js';
import { DEFAULT_PATTERNS, parsePatterns } from '../../../hardware/leds/ledPatterns.js';
import { LedShow } from '../../../hardware/leds/ledShow.js';
import { assistantDelayDefaults } from '../../../machines/assistantDelays.js';
import { buttonDelayDefaults } from '../../../machines/buttonDelays.js';
import { startAppliance } from '../../../src/appliance/appliance.js';
import { SpeedMeter } from '../../../src/observability/measuredSpeeds.js';
import { Router } from '../../../src/skills/router.js';
import type { Voice } from '../../../src/speech/tts/voice.js';
import { Conversation } from '../../../src/turn/conversation.js';
import { FakeChatModel } from '../../fixtures/fakeChatModel.js';
import { FakeMicrophone } from '../../fixtures/fakeMicrophone.js';
import { FakeRecognizer } from '../../fixtures/fakeRecognizer.js';
import { fakeVad } from '../../fixtures/fakeSpeech.js';
import { hearingOptions } from '../../fixtures/speechFrames.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { FakeLeds } from '../../hardware/leds/fakeLeds.js';

const RATE_HZ = 16_000;
const EARCONS: readonly EarconKind[] = ['listening', 'thinking', 'done', 'error', 'muted', 'unmuted'];
const EARCON_SOUNDS = new Map(EARCONS.map((kind) => [kind, earcon(kind, RATE_HZ).samples]));

/** One second of sound for each text. */
const voice: Voice = {
  name: 'fake',
  sampleRateHz: RATE_HZ,
  warmUp: async () => {},
  close: async () => {},
  async *synthesize() {
    yield { samples: new Float32Array(RATE_HZ).fill(0.5), sampleRateHz: RATE_HZ };
  },
};

/** The appliance on a simulated clock, ready, with its button and its microphone in the test's hand. */
async function ready(t: TestContext, { modelLoadsMs = 0 } = {}) {
  const clock = new SteppedClock();
  const recognizer = new FakeRecognizer(clock, 'Who was Ada?');
  const model = new FakeChatModel(clock, ['She was a mathematician. ', 'She wrote a program.']);
  if (modelLoadsMs > 0) model.warmUp = () => sleep(clock, modelLoadsMs, new AbortController().signal);
  const button = new SimulatedButton(clock);
  const device = new FakeMicrophone();
  const played: string[] = [];
  let shutdowns = 0;
  const ownEcho = new OwnEcho();
  const speaker = new Speaker({
    clock,
    gain: 1,
    played: ownEcho.played,
    onLost: () => assert.fail('nobody unplugs the speaker'),
    open: async () => {
      const stream = createNullPlayback({ sampleRateHz: RATE_HZ, pace: 'realtime', clock });
      const play = stream.play.bind(stream);
      return Object.assign(stream, {
        xruns: 0,
        play: (...[pcm, signal]: Parameters<typeof play>) => {
          const kind = EARCONS.find((name) => EARCON_SOUNDS.get(name)?.join() === pcm.samples.join());
          if (pcm.samples.length > 0) played.push(kind ?? 'speech');
          return play(pcm, signal);
        },
      }) as PlaybackStream;
    },
  });
  const microphone = new Microphone({
    open: device.open,
    clock,
    onLost: (error) => appliance.send({ type: 'microphone.lost', error }),
    ownEcho,
  });
  const leds = new LedShow({
    output: new FakeLeds(1, 256),
    clock,
    patterns: parsePatterns(DEFAULT_PATTERNS),
    onFailed: (error) => assert.fail(error.message),
  });
  const appliance = startAppliance(
    {
      microphone,
      echo: { mode: 'half-duplex', opened: () => {} },
      speaker,
      ears: { vad: fakeVad, recognizer, hearing: hearingOptions },
      voice,
      mind: {
        router: new Router([]),
        model,
        conversation: new Conversation(16),
        skillContext: () => ({ now: new Date(0), language: 'en', timeZone: 'UTC', clock: '24h' }),
        chunking: { firstClause: false, idleFlushMs: 150 },
      },
      button,
      leds,
      speeds: new SpeedMeter(),
      clock,
      log: pino({ level: 'silent' }),
    },
    {
      delays: assistantDelayDefaults,
      buttonDelays: buttonDelayDefaults,
      speculation: { maxAttempts: 0, maxSpeechMs: 0, prefill: false },
      reopenMs: 0,
      shutdownHold: true,
      earcons: true,
    },
    {
      loadModels: async () => {},
      onSnapshot: () => {},
      onRecord: () => {},
      onShutdown: () => {
        shutdowns += 1;
      },
    },
  );
  /** Lets time pass while the microphone hears speech or silence. */
  const passes = async (ms: number, heard: 'speech' | 'silence' = 'silence') => {
    await settle(); // an edge of the button arrives before time goes on
    for (const untilMs = clock.now() + ms; clock.now() < untilMs; ) {
      const frameMs = (Math.floor(clock.now() / FRAME_MS) + 1) * FRAME_MS;
      clock.advance(Math.min(clock.nextDueMs, frameMs) - clock.now());
      await settle();
      if (clock.now() % FRAME_MS === 0) device.hears(heard === 'speech' ? 9_000 : 0, clock.now());
      await settle();
    }
  };
  t.after(async () => {
    await appliance.stop();
    leds.close();
    assert.equal(clock.waiting, 0, 'a timer was left');
  });
  await passes(FRAME_MS);
  const turn = () => JSON.stringify(appliance.snapshot.value.turn);
  assert.equal(turn(), '{"idle":"ready"}');
  return { appliance, button, device, played, recognizer, passes, turn, shutdowns: () => shutdowns };
}

suite('the appliance', () => {
  test('listens through any pause while its button is held, and answers when it is released', async (t) => {
    const { button, played, passes, turn } = await ready(t);
    button.press();
    await passes(1_000, 'speech');
    await passes(5_000);
    assert.equal(turn(), '{"listening":{"speech":"pausing","button":"held"}}');
    await passes(1_000, 'speech');
    button.release();
    await passes(320);
    assert.equal(turn(), '{"speaking":"playing"}');
    assert.deepEqual(played.slice(0, 1), ['speech'], 'no sound told a user who was talking that it listens');
  });

  test('listens after a tap until the user is silent, and says that it does', async (t) => {
    const { button, played, passes, turn } = await ready(t);
    button.press();
    await passes(96);
    assert.deepEqual(played, []);
    button.release();
    await passes(320);
    assert.deepEqual(played, ['listening']);
    await passes(960, 'speech');
    assert.equal(turn(), '{"listening":{"speech":"hearing","button":"up"}}');
    await passes(1_600);
    assert.equal(turn(), '{"speaking":"playing"}');
  });

  test('leaves the end to silence when the button bounces: nobody knows whether it is still held', async (t) => {
    const { button, passes, turn } = await ready(t);
    button.press();
    await passes(990);
    button.release();
    await passes(12);
    const tap = () => {
      button.press();
      button.release();
    };
    tap();
    await passes(400);
    for (let n = 0; n < 4; n++) tap();
    button.press();
    await passes(64);
    assert.equal(turn(), '{"listening":{"speech":"waitingForSpeech","button":"held"}}');
    button.release(); // one edge too many within a second
    await passes(64);
    assert.equal(turn(), '{"listening":{"speech":"waitingForSpeech","button":"up"}}');
  });

  test('is cut short by the button, and hears what is said then', async (t) => {
    const { appliance, button, passes, turn } = await ready(t);
    appliance.send({ type: 'ask', question: 'Who was Ada?' });
    await passes(640);
    assert.equal(turn(), '{"speaking":"playing"}');
    button.press();
    await passes(320);
    await passes(320, 'speech');
    assert.equal(turn(), '{"listening":{"speech":"hearing","button":"held"}}');
  });

  test('is muted by a long press without a word, and hears again after the next', async (t) => {
    const { button, played, passes, turn } = await ready(t);
    for (const [state, sound] of [
      ['"muted"', 'muted'],
      ['{"idle":"ready"}', 'unmuted'],
    ]) {
      button.press();
      await passes(2_016);
      assert.equal(turn(), state);
      button.release();
      await passes(640);
      assert.equal(turn(), state);
      assert.equal(played.at(-1), sound);
    }
  });

  test('is not muted by somebody who talks into a microphone that is gone', async (t) => {
    const { button, device, played, passes, turn } = await ready(t);
    device.missing = new AudioError('deviceMissing', 'unplugged');
    device.fails(device.missing);
    button.press();
    await passes(5_000);
    assert.equal(turn(), '{"idle":"ready"}');
    assert.deepEqual(played, ['error']);
    button.release();
    await passes(640);
    assert.equal(turn(), '{"idle":"ready"}');
  });

  test('asks for a shutdown once, when the button is held for ten seconds', async (t) => {
    const { button, passes, shutdowns } = await ready(t);
    button.press();
    await passes(9_900);
    assert.equal(shutdowns(), 0);
    await passes(5_000);
    assert.equal(shutdowns(), 1);
  });

  test('measures its voice and its recogniser once when it is quiet, without a sound', async (t) => {
    const { appliance, played, recognizer, passes } = await ready(t);
    assert.equal(appliance.speeds.asrRealTimeFactor, null);
    await passes(60_000);
    assert.equal(recognizer.calledAtMs.length, 1);
    assert.equal(appliance.speeds.asrRealTimeFactor, 0.1);
    assert.equal(appliance.speeds.ttsRealTimeFactor, 0);
    assert.deepEqual(played, []);
  });

  test('measures nothing while the chat model is being loaded', async (t) => {
    const { recognizer, passes } = await ready(t, { modelLoadsMs: 20_000 });
    await passes(19_000);
    assert.equal(recognizer.calledAtMs.length, 0);
    await passes(5_000);
    assert.equal(recognizer.calledAtMs.length, 1);
  });

  test('gives up measuring as soon as its button is pressed, and does it after the turn', async (t) => {
    const { appliance, button, recognizer, passes, turn } = await ready(t);
    while (recognizer.calledAtMs.length === 0) await passes(FRAME_MS);
    button.press();
    await passes(FRAME_MS);
    assert.equal(recognizer.aborted, 1);
    await passes(1_000);
    assert.equal(recognizer.calledAtMs.length, 1, 'nothing is measured while the user is about to speak');
    button.release();
    await passes(320);
    assert.equal(turn(), '{"idle":"ready"}');
    await passes(5_000);
    assert.equal(appliance.speeds.asrRealTimeFactor, 0.1);
  });
});
