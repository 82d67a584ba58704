import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SimulatedClock } from 'xstate';
import type { CaptureOptions } from '../../../../hardware/audio/drivers.js';
import { FRAME_MS, FRAME_SAMPLES, type PcmFrame } from '../../../../hardware/audio/pcm.js';
import { listenForWakeWord, type WakeWordOptions } from '../../../../src/speech/wake/listenForWakeWord.js';
import {
  HISTORY_STEPS,
  STEP_SAMPLES,
  type WakeScores,
  type WakeWordDetector,
} from '../../../../src/speech/wake/wakeWord.js';
import { FakeCapture } from '../../../fixtures/fakeSpeech.js';

const never = new AbortController().signal;

/** Scores how much of the last step is as loud as the samples that stand for the wake word. */
class LoudnessDetector implements WakeWordDetector {
  readonly words = ['alexa'];
  steps = 0;
  resets = 0;

  async warmUp(): Promise<void> {}

  async reset(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.resets += 1;
    this.steps = 0;
  }

  async score(samples: Int16Array, signal: AbortSignal): Promise<WakeScores | undefined> {
    signal.throwIfAborted();
    this.steps += samples.length / STEP_SAMPLES;
    const loud = samples.subarray(-STEP_SAMPLES).filter((sample) => sample > 5000).length;
    return this.steps > HISTORY_STEPS ? { alexa: loud / STEP_SAMPLES } : undefined;
  }

  async close(): Promise<void> {}
}

/** A microphone that has kept what is before the bar and ends with the drawing: "w" wake word, "s" other sound, "." silence. */
class DrawnCapture {
  readonly name = 'drawn';
  isOpen = false;
  options: CaptureOptions | undefined;

  constructor(readonly drawing: string) {}

  async *capture(options: CaptureOptions, signal: AbortSignal): AsyncGenerator<PcmFrame> {
    this.options = options;
    this.isOpen = true;
    try {
      let capturedAtMs = 0;
      for (const mark of this.drawing) {
        signal.throwIfAborted();
        capturedAtMs += FRAME_MS;
        yield {
          samples: new Int16Array(FRAME_SAMPLES).fill(mark === 'w' ? 9000 : mark === 's' ? 900 : 9),
          capturedAtMs,
        };
      }
    } finally {
      this.isOpen = false;
    }
  }
}

const QUIET = '.'.repeat(70);
const options: WakeWordOptions = { thresholds: { alexa: 0.5 }, refractoryMs: 2000 };

describe('listening for a wake word', () => {
  it('ends with the word, when it was captured and how sure it is, and closes the source', async () => {
    const capture = new DrawnCapture(`${QUIET}${'w'.repeat(10)}${QUIET}`);
    const detection = await listenForWakeWord(capture, new LoudnessDetector(), options, never);
    // The 28th step is silence, the 29th and 30th are the word.
    assert.deepEqual(detection, { word: 'alexa', atMs: 30 * 80, wordEndAtMs: 29 * 80, score: 1 });
    assert.equal(capture.isOpen, false);
  });

  it('asks the source for the past that the detector must have heard, and takes no word in it for one of now', async () => {
    const capture = new DrawnCapture(`..${'w'.repeat(20)}${QUIET}`);
    assert.equal(await listenForWakeWord(capture, new LoudnessDetector(), options, never), undefined);
    assert.deepEqual(capture.options, { preRollMs: 2000 });
  });

  it('hears other sounds without waking, and tells their scores', async () => {
    const told: number[] = [];
    const capture = new DrawnCapture(`${QUIET}${'s'.repeat(50)}${QUIET}`);
    const onScores = (_scores: WakeScores, atMs: number) => told.push(atMs);
    const detector = new LoudnessDetector();
    assert.equal(await listenForWakeWord(capture, detector, { ...options, onScores }, never), undefined);
    // From the first sound until a second after the last.
    assert.deepEqual([told[0], told.at(-1)], [2320, 4800]);
    assert.equal(detector.resets, 2);
  });

  it('takes what follows a detection for the same word', async () => {
    const capture = () => new DrawnCapture(`${QUIET}${'w'.repeat(10)}${QUIET}`);
    const heard = (atMs: number) => {
      const previous = { word: 'alexa', atMs, wordEndAtMs: atMs - 80, score: 1 };
      return listenForWakeWord(capture(), new LoudnessDetector(), { ...options, previous }, never);
    };
    assert.equal(await heard(2000), undefined);
    assert.equal((await heard(300))?.atMs, 2400);
  });

  it('stops at once when it is aborted, and closes the source', async () => {
    const stop = new AbortController();
    const capture = new FakeCapture(new SimulatedClock(), '....');
    const listening = listenForWakeWord(capture, new LoudnessDetector(), options, stop.signal);
    stop.abort(new Error('the button'));
    await assert.rejects(listening, { message: 'the button' });
    assert.equal(capture.isOpen, false);
  });

  it('fails with its detector, and closes the source', async () => {
    const detector = new LoudnessDetector();
    detector.score = () => Promise.reject(new Error('no such model'));
    const capture = new DrawnCapture(`${QUIET}ss${QUIET}`);
    await assert.rejects(listenForWakeWord(capture, detector, options, never), { message: 'no such model' });
    assert.equal(capture.isOpen, false);
  });
});
