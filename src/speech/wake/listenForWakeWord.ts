import type { CaptureDriver } from '../../../hardware/audio/drivers.js';
import { SilenceGate } from './silenceGate.js';
import { type SoundStep, StepCutter } from './stepCutter.js';
import { WakeDebounce, type WakeDebounceOptions } from './wakeDebounce.js';
import {
  HISTORY_STEPS,
  STEP_MS,
  STEP_SAMPLES,
  type WakeDetection,
  type WakeScores,
  type WakeWordDetector,
} from './wakeWord.js';

export interface WakeWordOptions extends WakeDebounceOptions {
  /** Told the scores of each step that is judged, and when it was captured (ms): none come while it is quiet. */
  readonly onScores?: ((scores: WakeScores, atMs: number) => void) | undefined;
}

/**
 * Waits for a wake word. What the detector must have heard before it can judge is taken from the past where the source
 * has kept it; words in that are none, as whoever said them may have been heard already.
 *
 * @returns the first word that is said from now on; undefined when the source has ended before
 * @throws {AudioError} {InferenceError}; the signal's reason when aborted
 */
export async function listenForWakeWord(
  capture: CaptureDriver,
  detector: WakeWordDetector,
  options: WakeWordOptions,
  signal: AbortSignal,
): Promise<WakeDetection | undefined> {
  const cutter = new StepCutter();
  const gate = new SilenceGate();
  const debounce = new WakeDebounce(options);
  await detector.reset(signal);
  for await (const frame of capture.capture({ preRollMs: HISTORY_STEPS * STEP_MS }, signal)) {
    gate.heard(frame);
    const step = cutter.push(frame);
    if (!step) continue;
    const { steps, anew } = gate.push(step);
    if (anew) await detector.reset(signal);
    if (steps.length === 0) continue;
    const scores = await detector.score(joined(steps), signal);
    if (!scores) continue;
    options.onScores?.(scores, step.capturedAtMs);
    const detection = debounce.push(scores, step.capturedAtMs);
    if (detection) return detection;
  }
  return undefined;
}

function joined(steps: readonly SoundStep[]): Int16Array {
  const samples = new Int16Array(steps.length * STEP_SAMPLES);
  steps.forEach((step, n) => {
    samples.set(step.samples, n * STEP_SAMPLES);
  });
  return samples;
}
