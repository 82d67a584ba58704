import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CAPTURE_RATE_HZ, FRAME_MS, FRAME_SAMPLES } from '../../../../hardware/audio/pcm.js';
import { type SoundStep, StepCutter } from '../../../../src/speech/wake/stepCutter.js';
import { STEP_SAMPLES } from '../../../../src/speech/wake/wakeWord.js';

it('steps hold the samples of the frames, in order, with the time of their own last sample', () => {
  const cutter = new StepCutter();
  const steps: SoundStep[] = [];
  for (let n = 0; n < 25; n++) {
    const samples = Int16Array.from({ length: FRAME_SAMPLES }, (_, i) => n * FRAME_SAMPLES + i);
    const step = cutter.push({ samples, capturedAtMs: 1000 + (n + 1) * FRAME_MS });
    if (step) steps.push(step);
  }
  assert.equal(steps.length, 10);
  steps.forEach(({ samples, capturedAtMs }, n) => {
    assert.deepEqual(
      samples,
      Int16Array.from({ length: STEP_SAMPLES }, (_, i) => n * STEP_SAMPLES + i),
    );
    assert.equal(capturedAtMs, 1000 + ((n + 1) * STEP_SAMPLES * 1000) / CAPTURE_RATE_HZ);
  });
});
