import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FRAME_MS, FRAME_SAMPLES } from '../../../hardware/audio/pcm.js';
import type { SpeechRecognizer } from '../../../src/speech/asr/recognizer.js';
import { transcribeFrames } from '../../../src/speech/transcribeFile.js';
import { DrawnVad, frameNumbers, hearingOptions, NumberedFrames } from '../../fixtures/speechFrames.js';

const never = new AbortController().signal;
const words = '#'.repeat(10);
const silence = '.'.repeat(30);

/** Writes down the numbers of the frames it is given: "5-20". */
const frameReader: SpeechRecognizer = {
  name: 'frame reader',
  warmUp: async () => {},
  async transcribe(samples, signal) {
    signal.throwIfAborted();
    const numbers = frameNumbers(samples);
    return { text: `${numbers[0]}-${numbers.at(-1)}`, asrMs: 7 };
  },
  close: async () => {},
};

function transcribe(picture: string, given = {}) {
  const hearing = { ...hearingOptions, ...given };
  const frames = new NumberedFrames(picture.length);
  return transcribeFrames(frames, { vad: new DrawnVad(picture), recognizer: frameReader, hearing }, never);
}

describe('the transcript of a recording', () => {
  it('holds all utterances, with their places', async () => {
    const { text, asrMs, segments } = await transcribe(`${silence}${words}${silence}${words}${silence}`);
    assert.equal(text, '20-40 60-80');
    assert.equal(asrMs, 14);
    assert.deepEqual(
      segments.map(({ startMs, endMs }) => [startMs / FRAME_MS, endMs / FRAME_MS]),
      [
        [20, 41],
        [60, 81],
      ],
    );
  });

  it('is empty when nobody speaks, however long', async () => {
    assert.deepEqual(await transcribe(silence.repeat(40)), { text: '', asrMs: 0, segments: [] });
  });

  it('hears what comes after a silence in which others would have given up', async () => {
    const picture = `${silence.repeat(20)}${words}`;
    assert.equal((await transcribe(picture, { noSpeechMs: 500 })).text, '590-609');
  });

  it('keeps the soft onset of an utterance that begins right after the last', async () => {
    // The first ends 19 frames after its last voiced one; the next frame is voiced already.
    const { text } = await transcribe(`${words}${'.'.repeat(19)}${words}${silence}`);
    assert.equal(text, '0-10 19-39');
  });

  it('cuts who talks on, and loses not a frame between the cuts', async () => {
    const { text } = await transcribe('#'.repeat(100), { maxUtteranceMs: 40 * FRAME_MS });
    assert.equal(text, '0-39 40-79 80-99');
  });

  it('loses no frame when the cut falls into a pause', async () => {
    const { text } = await transcribe(`${'#'.repeat(30)}${'.'.repeat(9)}${'#'.repeat(20)}`, {
      maxUtteranceMs: 40 * FRAME_MS,
    });
    assert.equal(text, '0-30 31-58');
  });

  it('holds one utterance at a time', async () => {
    let longest = 0;
    const recognizer: SpeechRecognizer = {
      ...frameReader,
      async transcribe(samples) {
        longest = Math.max(longest, samples.length / FRAME_SAMPLES);
        return { text: '', asrMs: 0 };
      },
    };
    const picture = '#'.repeat(3000);
    const ears = { vad: new DrawnVad(picture), recognizer, hearing: { ...hearingOptions, maxUtteranceMs: 3200 } };
    const { text, segments } = await transcribeFrames(new NumberedFrames(3000), ears, never);
    assert.deepEqual([text, segments.length, longest], ['', 30, 100]);
  });

  it('closes the recording when aborted', async () => {
    const abort = new AbortController();
    const frames = new NumberedFrames(Number.POSITIVE_INFINITY);
    let closed = 0;
    const source = Object.assign(frames, {
      return: async () => {
        closed += 1;
        return { done: true as const, value: undefined };
      },
    });
    const vad = new DrawnVad('');
    vad.probability = async () => {
      abort.abort('stop');
      return 0;
    };
    const ears = { vad, recognizer: frameReader, hearing: hearingOptions };
    await assert.rejects(transcribeFrames(source, ears, abort.signal), (error) => error === 'stop');
    assert.equal(closed, 1);
  });
});
