import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SpeechRecognizer } from '../../../src/speech/asr/recognizer.js';
import { type TurnSetup, turnOf } from '../../fixtures/runningTurn.js';

const FRAME_MS = 32;
/** Speech of 640 ms, the 640 ms of silence that end it, so many frames more, and the rest of the sentence. */
const goesOnAfter = (frames: number) => `${'v'.repeat(20)}${'.'.repeat(20 + frames)}${'v'.repeat(20)}${'.'.repeat(40)}`;
const FIRST_END_MS = 40 * FRAME_MS;

/** Hears the first part, then the second. */
function twoParts(first = 'Turn on the lamp.', second = 'In the kitchen.'): SpeechRecognizer {
  let heard = 0;
  return {
    name: 'two parts',
    warmUp: async () => {},
    close: async () => {},
    transcribe: async () => ({ text: heard++ === 0 ? first : second, asrMs: 1 }),
  };
}

function spoken(given: Partial<TurnSetup> = {}) {
  const parts = turnOf({ speechRecognizer: twoParts(), model: [5_000, 'Done. '], reopenMs: 1_000, ...given });
  const turn = parts.press();
  /** As the statechart does: tells it to reply whenever the user has finished. */
  const committed = async (ms: number) => {
    let told = 0;
    for (let passedMs = 0; passedMs < ms; passedMs += FRAME_MS) {
      await parts.pass(FRAME_MS);
      const ends = turn.types().filter((type) => type === 'turn.endpoint').length;
      for (; told < ends; told++) turn.commit();
    }
  };
  return { ...parts, turn, committed };
}

describe('a user who goes on after the end', () => {
  it('takes the turn back: all of it is the question, and the reply is begun anew', async () => {
    const { committed, turn, model, records, conversation, capture, clock, playback } = spoken({
      drawing: goesOnAfter(10),
    });
    await committed(20_000);
    assert.deepEqual(turn.types(), [
      'turn.speechStarted',
      'turn.paused',
      'turn.endpoint',
      'turn.reopened',
      'turn.paused',
      'turn.endpoint',
      'turn.modelAnswered',
      'turn.audible',
      'turn.replyEnded',
    ]);
    const [record] = records;
    assert.equal(record?.transcript, 'Turn on the lamp in the kitchen.');
    assert.equal(model.asked.length, 2);
    assert.match(model.asked[1]?.at(-1)?.content ?? '', /Turn on the lamp in the kitchen\.$/);
    assert.equal(model.open, 0);
    assert.equal(conversation.messages.length, 2);
    assert.deepEqual([record?.heard, record?.interrupted], ['Done.', false]);
    assert.equal(playback.played.length, 1);
    assert.equal(capture.isOpen, false);
    assert.equal(clock.waiting, 0);
  });

  it('is measured from the real end', async () => {
    const { committed, records } = spoken({ drawing: goesOnAfter(10) });
    await committed(20_000);
    const { speechEnd, endpoint, llmRequest } = records[0]?.timeline.report() ?? {};
    assert.deepEqual({ speechEnd, endpoint, llmRequest }, { speechEnd: 0, endpoint: 640, llmRequest: 640 });
  });

  it('is too late after the first sound', async () => {
    const { committed, turn, records } = spoken({ drawing: goesOnAfter(20), model: [100, 'Done. '] });
    await committed(20_000);
    assert.equal(turn.types().includes('turn.reopened'), false);
    assert.equal(records[0]?.transcript, 'Turn on the lamp.');
    assert.equal(records[0]?.heard, 'Done.');
  });

  it('is too late after a second, however long the model takes', async () => {
    const { committed, turn, capture } = spoken({ drawing: goesOnAfter(45) });
    await committed(FIRST_END_MS + 1_100);
    assert.equal(capture.isOpen, false);
    await committed(20_000);
    assert.equal(turn.types().includes('turn.reopened'), false);
  });

  it('is not listened to where that is switched off, nor when a skill has acted', async () => {
    const off = spoken({ drawing: goesOnAfter(10), reopenMs: 0 });
    await off.committed(FIRST_END_MS + 64);
    assert.equal(off.capture.isOpen, false);
    off.turn.stop();
    const skill = spoken({ drawing: goesOnAfter(10), speechRecognizer: twoParts('What time is it?') });
    await skill.committed(20_000);
    assert.equal(skill.turn.types().includes('turn.reopened'), false);
  });

  it('has finished when they let go of the button', async () => {
    const parts = turnOf({
      speechRecognizer: twoParts(),
      model: [5_000, 'Done. '],
      reopenMs: 1_000,
      drawing: goesOnAfter(0),
    });
    const turn = parts.hold();
    await parts.pass(25 * FRAME_MS);
    turn.commit();
    await parts.pass(100);
    assert.equal(parts.capture.isOpen, false);
    turn.stop();
    await parts.pass(0);
    assert.equal(parts.clock.waiting, 0);
  });

  it('leaves nothing behind when the turn is stopped meanwhile', async () => {
    for (const atMs of [FIRST_END_MS + 200, FIRST_END_MS + 600, FIRST_END_MS + 1_700]) {
      const { committed, turn, pass, clock, capture, model, records } = spoken({ drawing: goesOnAfter(10) });
      await committed(atMs);
      turn.stop();
      await pass(0);
      assert.equal(clock.waiting, 0, `${atMs}`);
      assert.equal(capture.isOpen, false);
      assert.equal(model.open, 0);
      assert.equal(records.length, 1);
    }
  });
});
