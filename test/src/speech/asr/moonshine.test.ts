import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FRAME_SAMPLES, type PcmFrame } from '../../../../hardware/audio/pcm.js';
import { wordErrorRate } from '../../../../src/bench/wordErrorRate.js';
import { Moonshine } from '../../../../src/speech/asr/moonshine.js';
import { decodeTokens } from '../../../../src/speech/asr/moonshineTokens.js';
import { transcribeFrames } from '../../../../src/speech/transcribeFile.js';
import { concatenate } from '../../../../src/speech/utterance.js';
import type { SileroVad } from '../../../../src/speech/vad/sileroVad.js';
import { ASR_MODEL, openRecognizer, openVad, recordedFrames, VAD_MODEL } from '../../../fixtures/ears.js';
import { skipWithoutModel } from '../../../fixtures/models.js';
import { sharedFile, skipWithout } from '../../../fixtures/shared.js';
import { hearingOptions } from '../../../fixtures/speechFrames.js';

const never = new AbortController().signal;
const transcripts = sharedFile('speech/transcripts.tsv');
const skip = skipWithoutModel(ASR_MODEL, VAD_MODEL) || skipWithout(transcripts);

describe('Moonshine, behind the voice activity detector', { skip }, () => {
  let vad: SileroVad;
  let recognizer: Moonshine;
  before(() => {
    vad = openVad();
    recognizer = openRecognizer();
  });
  after(() => Promise.all([vad.close(), recognizer.close()]));

  async function transcribe(name: string): Promise<string> {
    const file = sharedFile(`speech/${name}`) ?? '';
    const frames = name.endsWith('.raw') ? rawFrames(file) : recordedFrames(file, never);
    return (await transcribeFrames(frames, { vad, recognizer, hearing: hearingOptions }, never)).text;
  }

  it('gets at most 4 % of the words of recorded people wrong', async () => {
    const pairs: { reference: string; transcript: string }[] = [];
    for (const line of readFileSync(transcripts ?? '', 'utf8')
      .trim()
      .split('\n')) {
      const [name = '', kind, reference = ''] = line.split('\t');
      if (kind === 'human') pairs.push({ reference, transcript: await transcribe(name) });
    }
    const { words, rate } = wordErrorRate(pairs);
    assert.ok(words > 100);
    assert.ok(rate <= 0.04, `${(rate * 100).toFixed(1)} %: ${JSON.stringify(pairs, null, 1)}`);
  });

  for (const [sound, name] of [
    ['a quiet room', 'psv_silence.wav'],
    ['a dog', 'esc50_1-100032-A-0.wav'],
    ['a car horn', 'esc50_2-100648-A-43.wav'],
    ['thunder', 'esc50_3-103051-C-19.wav'],
  ] as const) {
    it(`has nothing to write of ${sound}`, async () => assert.equal(await transcribe(name), ''));
  }

  it('finds the words of a clip that the model alone ends before the first', async () => {
    const order: PcmFrame[] = [];
    for await (const frame of recordedFrames(sharedFile('speech/pv_rhino_in.wav') ?? '', never)) order.push(frame);
    // With all the silence around the words.
    const { text } = await recognizer.transcribe(concatenate(order), never);
    assert.ok(
      wordErrorRate([{ reference: 'can i have a medium double shot americano', transcript: text }]).errors <= 1,
    );
  });

  it('stops at its next step when aborted, and goes on with the next segment', async () => {
    const abort = new AbortController();
    await recognizer.warmUp(never);
    const running = recognizer.transcribe(new Float32Array(16_000 * 10), abort.signal);
    abort.abort('barge-in');
    await assert.rejects(running, (error) => error === 'barge-in');
    assert.equal(await transcribe('cards_001.wav').then((text) => text.toLowerCase()), 'ten of clubs.');
  });

  it('takes segments shorter than its encoder can', async () => {
    for (const length of [0, 1, 400]) {
      assert.equal(typeof (await recognizer.transcribe(new Float32Array(length), never)).text, 'string');
    }
  });
});

describe('Moonshine without its model', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pressel-moonshine-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [state, make] of [
    ['missing', () => {}],
    ['damaged', (file: string) => writeFileSync(file, 'not a model')],
  ] as const) {
    it(`names the file that is ${state}, and says what to do`, async () => {
      const encoderPath = path.join(folder, state, 'encoder_model.onnx');
      const damaged = path.join(folder, 'encoder_model.onnx');
      make(damaged);
      const recognizer = new Moonshine({
        encoderPath: state === 'damaged' ? damaged : encoderPath,
        decoderPath: path.join(folder, 'decoder_model_merged.onnx'),
        paddingMs: 200,
        tokensPerSecond: 6.5,
      });
      try {
        await assert.rejects(recognizer.warmUp(never), {
          name: 'InferenceError',
          message: /coder_model\w*\.onnx cannot be loaded as an ONNX model .*pressel models/s,
        });
      } finally {
        await recognizer.close();
      }
    });
  }
});

describe("Moonshine's tokens", () => {
  it('are text without the time marks', () => {
    assert.equal(decodeTokens([]), '');
    assert.equal(decodeTokens([32_001]), '');
    assert.equal(decodeTokens([15_043, 3186, 32_001]), 'Hello world');
  });
});

/** 16 kHz mono, 16 bit, without a header; a second of silence follows. */
async function* rawFrames(file: string): AsyncGenerator<PcmFrame, void, undefined> {
  const bytes = readFileSync(file);
  const samples = new Int16Array(Math.trunc(bytes.length / 2) + 16_000);
  for (let i = 0; i + 1 < bytes.length; i += 2) samples[i / 2] = bytes.readInt16LE(i);
  for (let at = 0; at + FRAME_SAMPLES <= samples.length; at += FRAME_SAMPLES) {
    yield { samples: samples.slice(at, at + FRAME_SAMPLES), capturedAtMs: ((at + FRAME_SAMPLES) / 16_000) * 1000 };
  }
}
