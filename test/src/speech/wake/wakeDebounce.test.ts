import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WakeDebounce, type WakeDebounceOptions } from '../../../../src/speech/wake/wakeDebounce.js';
import type { WakeScores } from '../../../../src/speech/wake/wakeWord.js';

/** What is detected while a detector gives these scores, a step of 80 ms each. */
function detections(steps: readonly WakeScores[], options: Partial<WakeDebounceOptions> = {}) {
  const debounce = new WakeDebounce({ thresholds: { alexa: 0.5, hey_jarvis: 0.6 }, refractoryMs: 0, ...options });
  return steps.map((scores, n) => debounce.push(scores, (n + 1) * 80));
}

const alexa = (...scores: number[]) => scores.map((score) => ({ alexa: score, hey_jarvis: 0 }));

describe('a wake word', () => {
  it('is heard with its second hit in a row, with the higher of the two scores, and ends with the first', () => {
    assert.deepEqual(detections(alexa(0.1, 0.9, 0.5)), [
      undefined,
      undefined,
      { word: 'alexa', atMs: 240, wordEndAtMs: 160, score: 0.9 },
    ]);
  });

  it('is not heard from hits that are not in a row, or too low', () => {
    for (const scores of [alexa(0.9, 0.4, 0.9, 0.1), alexa(0.49, 0.49, 0.49)])
      assert.ok(detections(scores).every((each) => each === undefined));
  });

  it('needs both hits of its own, above its own threshold', () => {
    const mixed = [
      { alexa: 0.9, hey_jarvis: 0.55 },
      { alexa: 0.1, hey_jarvis: 0.9 },
    ];
    assert.deepEqual(detections(mixed), [undefined, undefined]);
  });

  it('is the one of the highest score where several are heard', () => {
    const both = { alexa: 0.7, hey_jarvis: 0.8 };
    assert.equal(detections([both, both])[1]?.word, 'hey_jarvis');
  });

  it('is never one that has no threshold', () => {
    assert.deepEqual(detections([{ computer: 1 }, { computer: 1 }]), [undefined, undefined]);
  });
});

describe('after a wake word', () => {
  const previous = { word: 'alexa', atMs: 0, wordEndAtMs: -80, score: 1 };

  it('the next is heard when the refractory time is over, with two hits in it', () => {
    const heard = detections(alexa(0.9, 0.9, 0.9, 0.9, 0.9), { previous, refractoryMs: 240 });
    assert.deepEqual(
      heard.map((each) => each?.atMs),
      [undefined, undefined, undefined, 320, 400],
    );
  });
});
