import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FRAME_MS } from '../../../hardware/audio/pcm.js';
import { RecordedUser } from '../../../src/bench/recordedUser.js';
import { recordedCorpus, recordedUtterance } from '../../../src/bench/recordedUtterance.js';
import { seededNumbers } from '../../../src/bench/sim/seededNumbers.js';
import { VirtualClock } from '../../../src/bench/sim/virtualClock.js';
import { withoutTail } from '../../../src/bench/speechTail.js';
import { drawnRecording as recording } from '../../fixtures/drawnRecording.js';
import { fakeVad } from '../../fixtures/fakeSpeech.js';

const SENTENCE = '..vvvvvvv.vvvvvv.vvvvvvv..';

describe('a recording as it is said', () => {
  it('ends with its last voiced sample, after the lead of 300 ms', () => {
    const { lastVoicedMs, pauses } = recordedUtterance(recording(SENTENCE), false, seededNumbers(1));
    assert.equal(lastVoicedMs, 300 + 2_400);
    assert.deepEqual(pauses, []);
  });

  it('gets a pause in a gap between two words when somebody hesitates, and ends so much later', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { lastVoicedMs, pauses } = recordedUtterance(recording(SENTENCE), true, seededNumbers(seed));
      const [pause] = pauses;
      assert.ok(pause);
      const lengthMs = pause.endMs - pause.startMs;
      assert.ok(lengthMs >= 300 && lengthMs <= 1_200);
      assert.ok(
        [300 + 950, 300 + 1_650].some((gapMs) => Math.abs(pause.startMs - gapMs) <= 10),
        `${pause.startMs}`,
      );
      assert.ok(Math.abs(lastVoicedMs - (300 + 2_400 + lengthMs)) <= 10);
    }
  });

  it('has no pause where it has no gap', () => {
    assert.deepEqual(recordedUtterance(recording('..vvvvvvvvvvvv..'), true, seededNumbers(1)).pauses, []);
  });

  it('loses what follows the speech', async () => {
    const quiet = recording('vvvv....');
    const noisy = { ...quiet, samples: quiet.samples.map((sample, n) => (n >= 6_400 ? 0 : sample)) };
    const { samples } = await withoutTail(noisy, fakeVad, new AbortController().signal);
    assert.ok(Math.abs(samples.length / 16 - (400 + 192)) <= FRAME_MS);
  });
});

describe('a corpus of recordings', () => {
  const recordings = ['a', 'b', 'c', 'd'].map((name) => recording(SENTENCE, name));

  it('is the same for the same seed, and another for another', () => {
    assert.deepEqual(recordedCorpus(recordings, 9, 3), recordedCorpus(recordings, 9, 3));
    assert.notDeepEqual(recordedCorpus(recordings, 9, 3), recordedCorpus(recordings, 9, 4));
  });

  it('says each recording before it says one again, and pauses in every third', () => {
    const corpus = recordedCorpus(recordings, 12, 3);
    const names = corpus.map(({ name }) => name);
    for (const from of [0, 4, 8]) assert.deepEqual(names.slice(from, from + 4).sort(), ['a', 'b', 'c', 'd']);
    for (const from of [0, 3, 6, 9]) {
      assert.equal(corpus.slice(from, from + 3).filter(({ pauses }) => pauses.length > 0).length, 1);
    }
  });

  it('needs something to say', () => {
    assert.throws(() => recordedCorpus([], 1, 1), RangeError);
  });
});

describe('a user who says a recording', () => {
  it('says it once, at the pace of a microphone, and is in the same room afterwards', async () => {
    const clock = new VirtualClock();
    const user = new RecordedUser(clock);
    const utterance = recordedUtterance(recording('vvvvvv'), false, seededNumbers(1));
    user.willSay(utterance);
    const heard = async (count: number) => {
      const samples: (Int16Array | undefined)[] = [];
      const openedAtMs = clock.now();
      for await (const frame of user.capture({}, new AbortController().signal)) {
        assert.equal(frame.capturedAtMs, openedAtMs + (samples.length + 1) * FRAME_MS);
        assert.equal(clock.now(), frame.capturedAtMs);
        samples.push(frame.samples);
        if (samples.length === count) return samples;
      }
      return samples;
    };
    const { frames, roomFrames } = utterance;
    const all = await clock.run(heard(frames.length + roomFrames.length + 1));
    assert.deepEqual(all, [...frames, ...roomFrames, roomFrames[0]]);
    assert.equal(user.heard?.openedAtMs, 0);
    const again = await clock.run(heard(3));
    assert.ok(again.every((samples) => samples?.every((sample) => sample === 0)));
    assert.equal(user.heard?.openedAtMs, 0, 'nobody spoke');
  });
});
