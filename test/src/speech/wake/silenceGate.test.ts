import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FRAME_SAMPLES } from '../../../../hardware/audio/pcm.js';
import { SilenceGate } from '../../../../src/speech/wake/silenceGate.js';
import { HISTORY_STEPS, STEP_MS, STEP_SAMPLES } from '../../../../src/speech/wake/wakeWord.js';

/** How many steps the detector hears at each step of a sound that is as loud as this (samples); "n!" where anew. */
function heardSteps(loudness: readonly number[]): string {
  const gate = new SilenceGate();
  const heard = loudness.map((amplitude, n) => {
    const capturedAtMs = (n + 1) * STEP_MS;
    gate.heard({ samples: new Int16Array(FRAME_SAMPLES).fill(amplitude), capturedAtMs });
    const { steps, anew } = gate.push({ samples: new Int16Array(STEP_SAMPLES), capturedAtMs });
    assert.equal(steps.at(-1)?.capturedAtMs ?? capturedAtMs, capturedAtMs);
    return `${steps.length}${anew ? '!' : ''}`;
  });
  return heard.join(' ');
}

const steps = (count: number, amplitude: number) => new Array<number>(count).fill(amplitude);
const times = (count: number, text: string) => new Array<string>(count).fill(text).join(' ');

describe('the gate before a wake word detector', () => {
  it('is closed while it is quiet, however quiet that is', () => {
    for (const amplitude of [0, 3, 300]) assert.equal(heardSteps(steps(30, amplitude)), times(30, '0'));
  });

  it('gives the detector all that it must have heard before, and then each step until a second after the sound', () => {
    const heard = heardSteps([...steps(40, 20), ...steps(3, 200), ...steps(20, 20)]);
    const opening = `${HISTORY_STEPS + 1}!`;
    assert.equal(heard, [times(40, '0'), opening, times(2 + 12, '1'), times(8, '0')].join(' '));
  });

  it('gives what there is where it has not heard as much yet', () => {
    assert.equal(heardSteps([...steps(2, 20), 200, 200]), '0 0 3! 1');
  });

  it('opens anew with all of it after it was closed', () => {
    const heard = heardSteps([...steps(40, 20), 200, ...steps(20, 20), 200]);
    assert.match(heard, /0 26! (1 ){12}(0 ){8}26!$/);
  });

  it('takes a noise that stays for the quiet of the room', () => {
    const heard = heardSteps([...steps(10, 20), ...steps(400, 200)]).split(' ');
    assert.equal(heard[10], '11!');
    assert.deepEqual(heard.slice(-20), steps(20, 0).map(String));
  });
});
