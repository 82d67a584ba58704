import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { InferenceError } from '../../../../src/inference/inferenceWorker.js';
import type { LatentWindow } from '../../../../src/speech/tts/clauseLatent.js';
import type { VoiceThread } from '../../../../src/speech/tts/inferenceVoice.js';
import type { PiperSettings } from '../../../../src/speech/tts/piperEngine.js';
import { type PiperOptions, PiperVoice } from '../../../../src/speech/tts/piperVoice.js';
import { sharedFile, skipWithout } from '../../../fixtures/shared.js';
import { FLOAT, INT64, onnxModel } from './onnxModel.js';
import { allPieces, assertAudible, assertSameSound, joined, totalMs } from './spokenSound.js';

const TWO_CLAUSES = 'When the rain has stopped, we can go to the park.';
const { signal } = new AbortController();

const config = {
  audio: { sample_rate: 16_000 },
  espeak: { voice: 'en-us' },
  inference: { noise_scale: 0.5, length_scale: 1.1, noise_w: 0.7 },
  phoneme_id_map: { _: [0], '^': [1], $: [2], a: [3] },
  num_speakers: 2,
  speaker_id_map: { anna: 0, bert: 1 },
};

describe('a Piper voice', () => {
  let folder: string;
  let modelPath: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pressel-piper-'));
    modelPath = path.join(folder, 'en_US-test-low.onnx');
    writeFileSync(modelPath, 'not a model');
    writeFileSync(`${modelPath}.json`, JSON.stringify(config));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Opens the voice with a thread that answers with `speak`, and shows the settings that the thread got. */
  function withThread(options: Partial<PiperOptions>, speak: (text: string) => unknown) {
    const got: { settings?: PiperSettings } = {};
    const startThread = (settings: PiperSettings): VoiceThread => {
      got.settings = settings;
      return {
        call: async <Result>(_op: string, args: unknown) => speak((args as { text: string }).text) as Result,
        close: async () => {},
      };
    };
    return { voice: new PiperVoice({ modelPath, startThread, ...options }), got };
  }

  it("has its file's name and its configuration's rate", () => {
    const { voice } = withThread({}, () => undefined);
    assert.equal(voice.name, 'piper:en_US-test-low');
    assert.equal(voice.sampleRateHz, 16_000);
  });

  it("speaks with the voice's own scales and first speaker unless told otherwise", () => {
    const { settings } = withThread({}, () => undefined).got;
    const { lengthScale, noiseScale, noiseW, speakerId } = settings ?? {};
    assert.deepEqual(
      { lengthScale, noiseScale, noiseW, speakerId },
      { lengthScale: 1.1, noiseScale: 0.5, noiseW: 0.7, speakerId: 0 },
    );
    const told = withThread({ speaker: 'bert', lengthScale: 0.9 }, () => undefined).got.settings;
    assert.deepEqual([told?.speakerId, told?.lengthScale], [1, 0.9]);
  });

  it('reports each symbol that it cannot speak once', async () => {
    const reports: (readonly string[])[] = [];
    const sound = { samples: new Float32Array(1), unknownSymbols: ['ʘ', 'ʘ'] };
    const { voice } = withThread({ onUnknownSymbols: (symbols) => reports.push(symbols) }, () => sound);
    await allPieces(voice.synthesize(TWO_CLAUSES, signal));
    assert.deepEqual(reports, [['ʘ']]);
  });

  it('names itself when its thread crashes', async () => {
    const { voice } = withThread({}, () => {
      throw new InferenceError('crashed', 'piper stopped unexpectedly');
    });
    await assert.rejects(allPieces(voice.synthesize('Hello.', signal)), {
      name: 'VoiceError',
      reason: 'crashed',
      message: /piper:en_US-test-low/,
    });
  });

  describe('whose thread makes latents', () => {
    const windows = [
      { from: 0, to: 2, madeInMs: 0 },
      { from: 2, to: 5, madeInMs: 0 },
      { from: 5, to: 6, madeInMs: 0 },
    ];
    const latent = { data: Float32Array.of(1, 2, 3, 4, 5, 6), channels: 1, conditions: [], windows, paddingFrames: 1 };

    /** A voice of a sample a frame that writes down which windows it was asked for. */
    function streaming() {
      const asked: number[][] = [];
      const signals: AbortSignal[] = [];
      const startThread = (): VoiceThread => ({
        call: async <Result>(op: string, args: unknown, stop: AbortSignal) => {
          stop.throwIfAborted();
          if (op === 'speak') return { samples: new Float32Array(0), latent, unknownSymbols: [] } as Result;
          const { data, wanted } = (args as { window: LatentWindow }).window;
          asked.push([...data]);
          signals.push(stop);
          return data.slice(wanted.from, wanted.to) as Result;
        },
        close: async () => {},
      });
      const voice = new PiperVoice({ modelPath, startThread, clausePauseMs: 1000, sentencePauseMs: 0 });
      return { asked, signals, voice };
    }

    it('gives the windows in order, and the pause after the last', async () => {
      const { voice, asked } = streaming();
      const pieces = await allPieces(voice.synthesize(TWO_CLAUSES, signal));
      assert.deepEqual(
        pieces.map(({ samples }) => samples.length),
        [2, 3, 1 + 16_000, 2, 3, 1],
      );
      assert.deepEqual([...joined(pieces.slice(3))], [1, 2, 3, 4, 5, 6]);
      assert.deepEqual(asked.slice(0, 3), [
        [1, 2, 3],
        [2, 3, 4, 5, 6],
        [5, 6],
      ]);
    });

    it('asks for one window ahead of the listener and no more, and cancels it when he leaves', async () => {
      const { voice, asked, signals } = streaming();
      for await (const _ of voice.synthesize(TWO_CLAUSES, signal)) {
        await nextTick();
        assert.equal(asked.length, 2);
        break;
      }
      await nextTick();
      assert.equal(asked.length, 2);
      assert.ok(signals[1]?.aborted);
    });

    it('plans with the silence it knows its sound to begin with, at first from warming up', async () => {
      const assumed: number[] = [];
      const silentMs = [50, 70, 40];
      const startThread = (): VoiceThread => ({
        call: async <Result>(op: string, args: unknown) => {
          if (op === 'generate') return new Float32Array(16_000).fill(0.5, 16 * (silentMs.shift() ?? 0)) as Result;
          assumed.push((args as { leadingSilenceMs: number }).leadingSilenceMs);
          return {
            samples: new Float32Array(0),
            latent: { ...latent, windows: windows.slice(0, 1) },
            unknownSymbols: [],
          } as Result;
        },
        close: async () => {},
      });
      const voice = new PiperVoice({ modelPath, startThread });
      await voice.warmUp(signal);
      await allPieces(voice.synthesize('Yes.', signal));
      await allPieces(voice.synthesize('Yes.', signal));
      assert.deepEqual(assumed, [200, 50, 70, 70]);
    });

    it('asks for no further window once it is aborted, and throws the reason', async () => {
      const { voice, asked } = streaming();
      const controller = new AbortController();
      const pieces = voice.synthesize(TWO_CLAUSES, controller.signal)[Symbol.asyncIterator]();
      await pieces.next();
      controller.abort(new Error('the button was pressed'));
      await assert.rejects(pieces.next(), /the button was pressed/);
      assert.equal(asked.length, 2);
    });
  });

  it('says what to do when its model is missing', () => {
    assert.throws(() => new PiperVoice({ modelPath: path.join(folder, 'none.onnx') }), {
      reason: 'notFound',
      message: /none\.onnx.*pressel setup/s,
    });
  });

  it('says that its model is none', async () => {
    const voice = new PiperVoice({ modelPath });
    try {
      await assert.rejects(voice.warmUp(signal), { name: 'VoiceError', reason: 'badModel', message: /test-low\.onnx/ });
    } finally {
      await voice.close();
    }
  });

  it('says that its model is one of something else', async () => {
    const other = path.join(folder, 'other.onnx');
    writeFileSync(other, onnxModel({ mel: FLOAT }, [{ op: 'Identity', inputs: ['mel'], output: 'out' }], 'out'));
    const voice = new PiperVoice({ modelPath: other, configPath: `${modelPath}.json` });
    try {
      await assert.rejects(voice.warmUp(signal), { reason: 'badModel', message: /not a Piper voice: it takes mel/ });
    } finally {
      await voice.close();
    }
  });

  it('gives its model the ids of its own map, their number, the scales and the speaker', async () => {
    const echo = path.join(folder, 'echo.onnx');
    writeFileSync(echo, echoModel());
    const ids = { _: [10], '^': [11], $: [12], a: [13], b: [14] };
    writeFileSync(`${echo}.json`, JSON.stringify({ ...config, phoneme_type: 'text', phoneme_id_map: ids }));
    const voice = new PiperVoice({ modelPath: echo, speaker: 'bert', noiseW: 0.25, sentencePauseMs: 0 });
    try {
      const [sound] = await allPieces(voice.synthesize('a?B', signal));
      const [noise, length, noiseW] = [0.5, Math.fround(1.1), 0.25];
      assert.deepEqual(
        [...(sound?.samples.subarray(0, 12) ?? [])],
        [11, 10, 13, 10, 14, 10, 12, 7, noise, length, noiseW, 1],
      );
    } finally {
      await voice.close();
    }
  });
});

/** A model with the inputs of a Piper voice of several speakers, whose "sound" is what it was given. */
function echoModel(): Uint8Array {
  const inputs = { input: INT64, input_lengths: INT64, scales: FLOAT, sid: INT64 };
  const toFloat = (from: string, output: string) => ({ op: 'Cast', inputs: [from], output, attributes: { to: FLOAT } });
  const parts = ['ids', 'lengths', 'scales', 'speaker'];
  return onnxModel(
    inputs,
    [
      { op: 'Squeeze', inputs: ['input'], output: 'row' },
      toFloat('row', 'ids'),
      toFloat('input_lengths', 'lengths'),
      toFloat('sid', 'speaker'),
      { op: 'Concat', inputs: parts, output: 'output', attributes: { axis: 0 } },
    ],
    'output',
  );
}

const amy = sharedFile('voices/en_US-sano_amy-tiny.onnx');

describe('a real voice with the contract of Piper', { skip: skipWithout(amy) }, () => {
  let voice: PiperVoice;
  before(async () => {
    voice = new PiperVoice({ modelPath: amy ?? '' });
    await voice.warmUp(signal);
  });
  after(() => voice.close());
  const speak = (text: string) => allPieces(voice.synthesize(text, signal));

  it('speaks audibly, about as long as a person would', async () => {
    const pieces = await speak(TWO_CLAUSES);
    assertAudible({ samples: joined(pieces), sampleRateHz: voice.sampleRateHz });
    assert.ok(totalMs(pieces) > 2000 && totalMs(pieces) < 6000, `${totalMs(pieces)} ms`);
  });

  it('is given phonemes with punctuation, and no pause after a title or within a time', async () => {
    const phonemes = await voice.phonemes('Dr. Smith, come at 5 p.m. today!', signal);
    assert.equal(phonemes, 'dˈɑːktɚ smˈɪθ, kˈʌm æt fˈaɪv pˌiːˈɛm tədˈeɪ!');
  });

  it('says nothing when there is nothing to say', async () => {
    for (const text of ['', ' ', '?!', '🎉']) assert.deepEqual(await speak(text), []);
  });

  it('serves two speakers at once, each with its own words', async () => {
    const [short, long, alone] = await Promise.all([speak('Yes.'), speak(TWO_CLAUSES), speak('Yes.')]);
    assertSameSound(joined(short), joined(alone));
    assertSameSound(joined(long), joined(await speak(TWO_CLAUSES)));
  });

  it('throws the reason when it is aborted, and speaks again afterwards', async () => {
    const controller = new AbortController();
    const pieces = voice.synthesize(TWO_CLAUSES, controller.signal)[Symbol.asyncIterator]();
    const first = pieces.next();
    controller.abort(new Error('the button was pressed'));
    await assert.rejects(first, /the button was pressed/);
    assert.ok((await speak('Yes.')).length > 0);
  });

  it('speaks slower when told so', async () => {
    const slow = new PiperVoice({ modelPath: amy ?? '', lengthScale: 1.6 });
    try {
      assert.ok(
        totalMs(await allPieces(slow.synthesize('Hello there.', signal))) > 1.2 * totalMs(await speak('Hello there.')),
      );
    } finally {
      await slow.close();
    }
  });

  it('follows a rate that changes between two texts, in both directions', async () => {
    const rate = { factor: 1 };
    const changing = new PiperVoice({ modelPath: amy ?? '', rate });
    try {
      const lengthMs = async (factor: number) => {
        rate.factor = factor;
        return totalMs(await allPieces(changing.synthesize(TWO_CLAUSES, signal)));
      };
      const [usual, fast, slow] = [await lengthMs(1), await lengthMs(1.5), await lengthMs(0.7)];
      assert.ok(fast < 0.8 * usual && slow > 1.25 * usual, `${fast}, ${usual}, ${slow} ms`);
    } finally {
      await changing.close();
    }
  });
});
