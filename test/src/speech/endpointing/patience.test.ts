import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { adaptivePatience, fixedPatience, type PauseMemory } from '../../../../src/speech/endpointing/patience.js';

const silences = { finishedMs: 300, unclearMs: 600, unfinishedMs: 1_500 };
const pause = { speechMs: 1_000, pauseMs: 100 };

function patient(memory: PauseMemory = { usualMs: undefined }) {
  return adaptivePatience(silences, memory)();
}

suite('patience', () => {
  test('that is fixed knows no words', () => {
    const patience = fixedPatience(700)();
    patience.recognised('What time is it?');
    patience.judged(0);
    patience.resumed(2_000);
    assert.equal(patience.silenceMs(pause), 700);
  });

  test('is as long as the words call for', () => {
    const patience = patient();
    assert.equal(patience.silenceMs(pause), 600, 'nothing is recognised yet');
    patience.recognised('What time is it?');
    assert.equal(patience.silenceMs(pause), 300);
    patience.recognised('Turn on the');
    assert.equal(patience.silenceMs(pause), 1_500);
  });

  test('waits for what sounds finished as for anything else, as long as no reply could begin', () => {
    const patience = patient();
    patience.recognised('What time is it?');
    assert.equal(patience.silenceMs(pause, true), 600);
    assert.equal(patience.silenceMs(pause, false), 300);
    patience.recognised('Turn on the');
    assert.equal(patience.silenceMs(pause, true), 1_500);
  });

  test('believes who has heard it before the words', () => {
    const patience = patient();
    patience.judged(0.5);
    assert.equal(patience.silenceMs(pause), 300, 'before anything is recognised');
    patience.recognised('Turn on the');
    assert.equal(patience.silenceMs(pause), 300);
    patience.judged(0.49);
    assert.equal(patience.silenceMs(pause), 1_500);
    patience.recognised('What time is it?');
    assert.equal(patience.silenceMs(pause), 1_500);
  });

  test('believes it of one pause only', () => {
    const patience = patient();
    patience.judged(0.9);
    patience.resumed(280);
    assert.equal(patience.silenceMs(pause), 600);
    patience.recognised('Turn on the');
    assert.equal(patience.silenceMs(pause), 1_500);
  });

  test('forgets the words when the user goes on', () => {
    const patience = patient();
    patience.recognised('What time is it?');
    patience.resumed(280);
    assert.equal(patience.silenceMs(pause), 600);
  });

  test('learns how long somebody pauses, for the turns after this one too', () => {
    const memory: PauseMemory = { usualMs: undefined };
    patient(memory).resumed(800);
    assert.equal(memory.usualMs, 800);
    assert.equal(patient(memory).silenceMs(pause), 1_040);
    patient(memory).resumed(400);
    assert.equal(memory.usualMs, 740);
    for (let n = 0; n < 50; n++) patient(memory).resumed(310);
    assert.equal(patient(memory).silenceMs(pause), 600, 'never less than for everybody');
    for (let n = 0; n < 50; n++) patient(memory).resumed(1_400);
    assert.equal(patient(memory).silenceMs(pause), 1_500, 'nor more than for what is unfinished');
  });

  test('learns nothing from a pause that only a held button allowed', () => {
    const memory: PauseMemory = { usualMs: undefined };
    patient(memory).resumed(5_000);
    assert.equal(memory.usualMs, undefined);
    assert.equal(patient(memory).silenceMs(pause), 600);
  });
});
