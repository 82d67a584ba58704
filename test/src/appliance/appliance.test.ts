import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { AudioError } from '../../../hardware/audio/drivers.js';
import { FRAME_MS } from '../../../hardware/audio/pcm.js';
import { readyAppliance as ready } from '../../fixtures/simulatedAppliance.js';

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
