import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { activeStates, logEntry } from '../../../../src/inspector/live/logEntry.js';
import { heardChars } from '../../../../src/inspector/live/turnRow.js';
import { WallTime } from '../../../../src/inspector/live/wallTime.js';
import type { RecordedEvent } from '../../../../src/observability/flightRecorder.js';

suite('how much of a reply was heard', () => {
  const chars = (chunks: string[], heard: string, interrupted = true) =>
    heardChars({ chunks, heard, interrupted, problem: null });

  test('is all of it when nobody interrupted, however it is written', () => {
    assert.equal(chars(['It is three point five', 'kilograms.'], 'It is 3.5 kg.', false), 33);
  });

  test('is nothing when nothing was', () => {
    assert.equal(chars(['She was a mathematician.'], ''), 0);
    assert.equal(chars([], '', false), 0);
  });

  test('ends with the word that was heard last', () => {
    const chunks = ['She was a mathematician.', 'She wrote a program.'];
    for (const [heard, said] of [
      ['She was', 'She was'],
      ['She was a mathematician. She', 'She was a mathematician. She'],
      ['She was a mathematician. She wrote a program.', 'She was a mathematician. She wrote a program.'],
    ] as const) {
      assert.equal(chunks.join(' ').slice(0, chars(chunks, heard)), said);
    }
  });

  test('counts what is said in more words than it is written in', () => {
    const chunks = ['It weighs three point five kilograms and costs a lot.'];
    const said = (heard: string) => chunks.join(' ').slice(0, chars(chunks, heard));
    assert.equal(said('It weighs 3.5 kg and costs'), 'It weighs three point five kilograms and costs');
    assert.equal(said('It weighs 3.5'), 'It weighs three', 'at least one word for each');
  });
});

suite('an event of the log', () => {
  const time = new WallTime({ now: () => 1_000, setTimeout: () => {}, clearTimeout: () => {} }, () => 50_000);
  const value = (turn: unknown) => ({ turn, microphone: 'ok', model: 'ready' });
  const recorded = (event: object, before: unknown, after: unknown) =>
    ({
      number: 7,
      atMs: 900,
      event,
      taken: ['turn.idle|ask|0'],
      before: before && { value: value(before), context: {} },
      after: { value: value(after), context: {} },
      turn: undefined,
    }) as unknown as RecordedEvent;

  test('has its time, its words hidden or not, and where it has led', () => {
    const event = recorded({ type: 'ask', question: 'my secret' }, { idle: 'ready' }, { thinking: 'patient' });
    assert.deepEqual(logEntry(event, time, false), {
      number: 7,
      at: 49_900,
      event: 'ask',
      detail: '{"question":"(hidden)"}',
      taken: ['turn.idle|ask|0'],
      state: 'turn: thinking.patient',
      turn: null,
    });
    assert.equal(logEntry(event, time, true).detail, '{"question":"my secret"}');
  });

  test('is short, and leads nowhere where nothing changed', () => {
    const long = recorded({ type: 'ask', question: 'x'.repeat(1_000) }, { idle: 'ready' }, { idle: 'ready' });
    const { detail, state } = logEntry(long, time, true);
    assert.deepEqual([detail.length, state], [500, null]);
    assert.equal(logEntry(recorded({ type: 'mute' }, 'muted', 'muted'), time, true).detail, '');
  });

  test('leads everywhere at the very beginning', () => {
    const first = recorded({ type: 'xstate.init' }, undefined, { listening: { speech: 'hearing', button: 'held' } });
    assert.equal(
      logEntry(first, time, false).state,
      'turn: listening.speech.hearing + listening.button.held, microphone: ok, model: ready',
    );
    assert.deepEqual(activeStates(first.after.value), [
      'turn.listening.speech.hearing',
      'turn.listening.button.held',
      'microphone.ok',
      'model.ready',
    ]);
  });
});
