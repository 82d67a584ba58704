import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FRAME_MS, type PcmFrame } from '../../../../hardware/audio/pcm.js';
import { PiBoard } from '../../../../src/bench/sim/piBoard.js';
import { SimulatedRecognizer } from '../../../../src/bench/sim/simulatedRecognizer.js';
import { SimulatedUser } from '../../../../src/bench/sim/simulatedUser.js';
import { SimulatedVad } from '../../../../src/bench/sim/simulatedVad.js';
import type { SpokenUtterance } from '../../../../src/bench/sim/spokenUtterance.js';
import { VirtualClock } from '../../../../src/bench/sim/virtualClock.js';
import type { Transcript } from '../../../../src/speech/asr/recognizer.js';
import { concatenate, speechEndAtMs } from '../../../../src/speech/utterance.js';

const never = new AbortController().signal;

/** "what is" from frame 10 to 20, a pause of ten frames, "new" from frame 30 to 40. */
const utterance: SpokenUtterance = {
  transcript: 'what is new',
  words: [
    { text: 'what', startMs: 320, endMs: 480 },
    { text: 'is', startMs: 480, endMs: 640 },
    { text: 'new', startMs: 960, endMs: 1280 },
  ],
  lastVoicedMs: 1280,
  pauses: [{ startMs: 640, endMs: 960 }],
};

/** The first `count` frames of a capture that began at `openedAtMs`. */
async function captured(count: number, openedAtMs = 0) {
  const clock = new VirtualClock();
  clock.setTimeout(() => {}, openedAtMs);
  const user = new SimulatedUser(clock);
  user.willSay(utterance);
  const frames: PcmFrame[] = [];
  const listen = async () => {
    for await (const frame of user.capture({}, never)) if (frames.push(frame) === count) break;
  };
  await clock.run(listen());
  return { clock, user, frames };
}

describe('the simulated user', () => {
  it('is heard at a microphone’s pace', async () => {
    const { clock, frames } = await captured(50);
    assert.equal(clock.now(), 50 * FRAME_MS);
    assert.deepEqual(
      frames.map(({ capturedAtMs }) => capturedAtMs),
      frames.map((_, i) => (i + 1) * FRAME_MS),
    );
  });

  it('stops speaking when the last word ends, as the program itself measures it', async () => {
    const { frames } = await captured(50);
    assert.equal(speechEndAtMs(frames), 1280);
  });

  it('says an utterance once, and nothing in the captures that follow', async () => {
    const { clock, user } = await captured(50);
    const heard = user.heard;
    const listen = async () => {
      let loudest = 0;
      let count = 0;
      for await (const { samples } of user.capture({}, never)) {
        loudest = Math.max(loudest, ...samples.subarray(1));
        if (++count === 50) break;
      }
      return loudest;
    };
    assert.equal(await clock.run(listen()), 0);
    assert.equal(user.heard, heard);
  });
});

describe('the simulated voice activity detector', () => {
  it('hears speech one frame late, and its end one or two frames late', async () => {
    const { clock, frames } = await captured(50);
    const vad = new SimulatedVad(new PiBoard(clock), 1);
    const detect = async () => {
      const speech: number[] = [];
      for (const [i, frame] of frames.entries()) if ((await vad.probability(frame, never)) >= 0.5) speech.push(i);
      return speech;
    };
    const speech = await clock.run(detect());
    const frameNumbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
    assert.deepEqual(speech, [...frameNumbers(11, 22), ...frameNumbers(31, 42)]);
  });
});

describe('the simulated recogniser', () => {
  const recognised = async (from: number, to: number, draft?: Transcript) => {
    const { clock, user, frames } = await captured(50);
    const recognizer = new SimulatedRecognizer(new PiBoard(clock), user, { encodeMsPerSecond: 40, stepMs: 10 });
    return clock.run(recognizer.transcribe(concatenate(frames.slice(from, to)), never, draft));
  };

  it('returns the words that lie in the sound, with a capital and a mark', async () => {
    assert.equal((await recognised(0, 50)).text, 'What is new?');
    assert.equal((await recognised(0, 25)).text, 'What is?');
    assert.equal((await recognised(28, 50)).text, 'New.');
  });

  it('returns nothing where no word is', async () => {
    assert.equal((await recognised(0, 9)).text, '');
  });

  it('needs most of a word, not all of it', async () => {
    assert.equal((await recognised(0, 37)).text, 'What is new?');
    assert.equal((await recognised(0, 35)).text, 'What is?');
  });

  it('takes time for the sound and for each token', async () => {
    assert.equal(Math.round((await recognised(0, 50)).asrMs), 1.6 * 40 + 5.4 * 10);
  });

  it('checks the tokens of a draft at once', async () => {
    const draft = { text: 'What is.', asrMs: 0 };
    assert.equal(
      Math.round((await recognised(0, 50, draft)).asrMs),
      Math.round(1.6 * 40 + (1.4 + 1.35 + 0.12 + 2) * 10),
    );
    assert.equal((await recognised(0, 50, draft)).text, 'What is new?');
  });

  it('stops at once when it is not wanted any more', async () => {
    const { clock, user, frames } = await captured(50);
    const recognizer = new SimulatedRecognizer(new PiBoard(clock), user, { encodeMsPerSecond: 40, stepMs: 10 });
    const abandon = new AbortController();
    const beganAtMs = clock.now();
    clock.setTimeout(() => abandon.abort(new Error('not wanted')), 50);
    await clock.run(assert.rejects(recognizer.transcribe(concatenate(frames), abandon.signal), /not wanted/));
    assert.equal(clock.now() - beganAtMs, 50);
  });
});
