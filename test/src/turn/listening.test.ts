import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AudioError } from '../../../hardware/audio/drivers.js';
import { SPOKEN, turnOf } from '../../fixtures/runningTurn.js';

/** 10 silent frames and 20 voiced ones of 32 ms. */
const SPEECH_END_MS = 960;
/** The first silent frame. */
const SILENT_AT_MS = SPEECH_END_MS + 32;
const ENDPOINT_MS = SPEECH_END_MS + 640;

describe('a turn that listens', () => {
  it('recognises once, at the first silence, when that was the end', async () => {
    const { pass, press, recognizer, records } = turnOf();
    const turn = press();
    await pass(ENDPOINT_MS);
    assert.deepEqual(turn.types(), ['turn.speechStarted', 'turn.paused', 'turn.endpoint']);
    assert.deepEqual(recognizer.calledAtMs, [SILENT_AT_MS]);
    assert.equal(turn.at('turn.endpoint'), ENDPOINT_MS);
    turn.commit();
    await pass(60_000);
    const { speechEnd, endpoint, transcript } = records[0]?.timeline.report() ?? {};
    assert.deepEqual({ speechEnd, endpoint, transcript }, { speechEnd: 0, endpoint: 640, transcript: 132 });
    assert.equal(records[0]?.transcript, 'Who was Ada?');
    assert.deepEqual(recognizer.calledAtMs, [SILENT_AT_MS]);
  });

  it('waits for a recognition that takes longer than the pause', async () => {
    const { pass, press, records } = turnOf({ recognitionMs: 1_000 });
    const turn = press();
    await pass(ENDPOINT_MS);
    turn.commit();
    await pass(60_000);
    const { endpoint, transcript } = records[0]?.timeline.report() ?? {};
    assert.deepEqual({ endpoint, transcript }, { endpoint: 640, transcript: 1_032 });
  });

  it('lets an early recognition end as a draft when the user goes on', async () => {
    const drawing = `${'v'.repeat(20)}${'.'.repeat(10)}${'v'.repeat(10)}${'.'.repeat(20)}`;
    const { pass, press, recognizer } = turnOf({ drawing, recognitionMs: 500 });
    const turn = press();
    await pass(3_000);
    assert.deepEqual(turn.types(), [
      'turn.speechStarted',
      'turn.paused',
      'turn.resumed',
      'turn.paused',
      'turn.endpoint',
    ]);
    assert.equal(recognizer.calledAtMs.length, 2);
    assert.equal(recognizer.aborted, 0);
    turn.stop();
  });

  it('hears nothing when nobody speaks, and closes the microphone', async () => {
    const { capture, clock, pass, press, recognizer, records } = turnOf({ drawing: '.'.repeat(200) });
    const turn = press();
    await pass(5_000);
    assert.deepEqual(turn.types(), ['turn.nothingHeard']);
    assert.deepEqual(recognizer.calledAtMs, []);
    assert.equal(capture.isOpen, false);
    assert.equal(records.length, 1);
    assert.equal(clock.waiting, 0);
  });

  it('hears nothing when no words are recognised', async () => {
    const { pass, press } = turnOf({ transcript: '  ' });
    const turn = press();
    await pass(3_000);
    assert.equal(turn.types().at(-1), 'turn.nothingHeard');
  });

  it('recognises while the user speaks, each time with what it has for a draft', async () => {
    const { pass, press, recognizer, records } = turnOf({ recognition: 'whileSpeaking', recognitionMs: 50 });
    const turn = press();
    await pass(ENDPOINT_MS);
    const partials = turn.reports.filter(({ type }) => type === 'transcript.partial');
    assert.deepEqual(
      partials.map(({ stable }) => stable),
      ['', 'Who was Ada', 'Who was Ada', 'Who was Ada'],
    );
    assert.ok((partials[0]?.atMs ?? 9e9) < SPEECH_END_MS, 'the first before the user has finished');
    assert.equal(recognizer.calledAtMs.at(-1), SILENT_AT_MS);
    assert.deepEqual(recognizer.drafts, [undefined, 'Who was Ada?', 'Who was Ada?', 'Who was Ada?']);
    turn.commit();
    await pass(60_000);
    assert.equal(records[0]?.transcript, 'Who was Ada?');
  });

  it('has the transcript soon after the release of a held button, when the end was being recognised already', async () => {
    const { hold, pass, recognizer, records } = turnOf({ recognition: 'whileSpeaking', recognitionMs: 100 });
    const turn = hold();
    await pass(SILENT_AT_MS + 40);
    turn.commit();
    await pass(60_000);
    assert.equal(recognizer.calledAtMs.at(-1), SILENT_AT_MS + 4, 'as soon as the one before it was done');
    const { endpoint, transcript } = records[0]?.timeline.report() ?? {};
    assert.deepEqual({ endpoint, transcript }, { endpoint: 72, transcript: 136 });
  });

  it('recognises nothing before the end where that is so configured', async () => {
    const { pass, press, recognizer } = turnOf({ recognition: 'atEnd' });
    press();
    await pass(ENDPOINT_MS + 10);
    assert.deepEqual(recognizer.calledAtMs, [ENDPOINT_MS]);
  });

  it('begins the reply only when it is told to', async () => {
    const { model, pass, press } = turnOf();
    const turn = press();
    await pass(ENDPOINT_MS + 10_000);
    assert.equal(model.asked.length, 0);
    turn.commit();
    await pass(60_000);
    assert.equal(model.asked.length, 1);
    assert.equal(turn.types().at(-1), 'turn.replyEnded');
  });

  it('ends the utterance at once when it is told to while the user speaks', async () => {
    const { capture, pass, press, records } = turnOf({ drawing: 'v'.repeat(20) });
    const turn = press();
    await pass(1_000); // the microphone gives no frame any more
    turn.commit();
    await pass(60_000);
    assert.equal(turn.at('turn.endpoint'), 1_000);
    assert.equal(capture.isOpen, false);
    assert.equal(records[0]?.transcript, 'Who was Ada?');
    assert.equal(turn.types().at(-1), 'turn.replyEnded');
  });

  it('goes on listening through a long pause while the button is held', async () => {
    const drawing = `${'v'.repeat(20)}${'.'.repeat(60)}${'v'.repeat(10)}${'.'.repeat(60)}`;
    const { hold, pass, recognizer, records } = turnOf({ drawing, recognitionMs: 300 });
    const turn = hold();
    await pass(3_900);
    assert.deepEqual(turn.types(), ['turn.speechStarted', 'turn.paused', 'turn.resumed', 'turn.paused']);
    turn.commit();
    await pass(0);
    assert.equal(turn.at('turn.endpoint'), 3_900);
    const { endpoint, transcript } = records[0]?.timeline.report() ?? {};
    assert.equal(transcript, endpoint, 'the pause before the release was recognised already');
    assert.equal(recognizer.calledAtMs.length, 2);
    turn.stop();
  });

  it('does not give up on somebody who holds the button and says nothing', async () => {
    const { hold, pass } = turnOf({ drawing: '.'.repeat(400) });
    const turn = hold();
    await pass(5_000);
    assert.deepEqual(turn.types(), []);
    turn.letGo();
    await pass(4_000);
    assert.deepEqual(turn.types(), ['turn.nothingHeard']);
  });

  it('needs no ears for a typed question', async () => {
    const { ask, capture, pass, recognizer, records } = turnOf();
    const turn = ask('Who was Ada?');
    await pass(60_000);
    assert.equal(turn.types().at(-1), 'turn.replyEnded');
    assert.equal(capture.isOpen, false);
    assert.deepEqual(recognizer.calledAtMs, []);
    assert.equal(records[0]?.timeline.report().endpoint, null);
  });

  it('fails when the microphone does', async () => {
    const { capture, clock, pass, press, records } = turnOf({ drawing: 'vvvvvv' });
    capture.error = new AudioError('deviceLost', 'The microphone is gone: plug it in.');
    const turn = press();
    await pass(1_000);
    assert.deepEqual(turn.reports.at(-1), { type: 'turn.failed', reason: 'microphoneLost', atMs: 192 });
    assert.deepEqual(records[0]?.problem, {
      reason: 'microphoneLost',
      message: 'The microphone is gone: plug it in.',
    });
    assert.equal(clock.waiting, 0);
  });

  it('fails when the recogniser does', async () => {
    const { clock, pass, press, recognizer } = turnOf();
    recognizer.error = new Error('out of memory');
    const turn = press();
    await pass(3_000);
    assert.equal(turn.reports.at(-1)?.reason, 'recognizerFailed');
    assert.equal(clock.waiting, 0);
  });

  for (const [when, atMs] of [
    ['while it waits for speech', 100],
    ['while it hears', 600],
    ['while it recognises', SILENT_AT_MS + 50],
    ['while it waits for the commit', ENDPOINT_MS + 500],
  ] as const) {
    it(`leaves nothing behind when it is stopped ${when}`, async () => {
      const { capture, clock, pass, press, recognizer, records } = turnOf({ drawing: SPOKEN });
      const turn = press();
      await pass(atMs);
      const reportsBefore = turn.reports.length;
      turn.stop();
      await pass(0);
      assert.equal(clock.waiting, 0);
      assert.equal(capture.isOpen, false);
      assert.equal(records.length, 1);
      assert.equal(recognizer.aborted, when === 'while it recognises' ? 1 : 0);
      await pass(60_000);
      assert.equal(turn.reports.length, reportsBefore);
    });
  }
});
