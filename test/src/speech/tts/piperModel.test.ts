import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadModel, ort } from '../../../../src/inference/onnx.js';
import { type ClauseLatent, latentWindow } from '../../../../src/speech/tts/clauseLatent.js';
import { loadPhonemizer } from '../../../../src/speech/tts/espeakPhonemes.js';
import { phonemeIds } from '../../../../src/speech/tts/phonemeIds.js';
import { readPiperConfig } from '../../../../src/speech/tts/piperConfig.js';
import { PiperEngine, type PiperSettings } from '../../../../src/speech/tts/piperEngine.js';
import { planWindows, type Window } from '../../../../src/speech/tts/windowPlan.js';
import { sharedFile, skipWithout } from '../../../fixtures/shared.js';
import { assertSameSound } from './spokenSound.js';
import { type VitsOptions, vitsModel } from './vitsModel.js';

const { signal } = new AbortController();
const scales = { lengthScale: 1, noiseScale: 0.5, noiseW: 0.5, threads: 1 };
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The sound of `latent`, made window by window. */
async function generated(engine: PiperEngine, latent: ClauseLatent, windows: readonly Window[] = latent.windows) {
  const samples: number[] = [];
  for (const window of windows) samples.push(...(await engine.generate(latentWindow(latent, window))));
  return Float32Array.from(samples);
}

/** Many small windows, as on a fast machine, and one. */
function bothWays({ data, channels, paddingFrames }: ClauseLatent) {
  const frames = data.length / channels;
  const small = Array.from({ length: Math.ceil(frames / 7) }, (_, i) => ({
    from: 7 * i,
    to: Math.min(frames, 7 * i + 7),
  }));
  const planned = planWindows(frames, { paddingFrames, frameMs: 11.6, computeMsPerFrame: 1, leadingSilenceMs: 200 });
  return { small, planned, whole: [{ from: 0, to: frames }] };
}

describe('a voice in two halves', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pressel-halves-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  async function load(options: VitsOptions, settings: Partial<PiperSettings> = {}): Promise<PiperEngine> {
    const modelPath = path.join(folder, 'voice.onnx');
    writeFileSync(modelPath, vitsModel(options));
    const ids = Object.fromEntries(['_', '^', '$', ...LETTERS].map((symbol, id) => [symbol, [id]]));
    writeFileSync(`${modelPath}.json`, JSON.stringify(voiceConfig(ids)));
    const config = readPiperConfig(`${modelPath}.json`);
    return PiperEngine.load({ modelPath, config, speakerId: 0, ...scales, ...settings }, loadPhonemizer);
  }

  it('sounds as the whole does, for each of its speakers', async () => {
    const sounds: Float32Array[] = [];
    for (const speakerId of [0, 3]) {
      const engine = await load({ speakers: true }, { speakerId });
      const { latent } = await engine.speak(LETTERS, 200, signal);
      assert.ok(latent);
      const { small, whole } = bothWays(latent);
      const sound = await generated(engine, latent, small);
      assertSameSound(sound, await generated(engine, latent, whole));
      assertSameSound(sound, await wholeSound(engine, LETTERS));
      sounds.push(sound);
    }
    assert.notDeepEqual(sounds[0], sounds[1]);
  });

  it('makes the same sound of the same frames where chance decides about the frames', async () => {
    const engine = await load({ noise: true });
    const [one, other] = [await engine.speak(LETTERS, 200, signal), await engine.speak(LETTERS, 200, signal)];
    assert.ok(one.latent && other.latent);
    assert.notDeepEqual(one.latent.data, other.latent.data);
    const { small, whole } = bothWays(one.latent);
    assertSameSound(await generated(engine, one.latent, small), await generated(engine, one.latent, whole));
  });

  it('is asked for one window until its pace is known, which is not before its second run', async () => {
    const engine = await load({});
    for (const expected of [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]) {
      assert.equal(engine.model.generator?.computeMsPerFrame, expected);
      const { latent } = await engine.speak(LETTERS, 200, signal);
      assert.ok(latent);
      assert.equal(latent.windows.length, 1);
      await generated(engine, latent);
    }
    assert.ok(Number.isFinite(engine.model.generator?.computeMsPerFrame));
  });

  it('is whole where no cut is found, and speaks as before', async () => {
    const engine = await load({ shaping: [{ op: 'Softmax', inputs: ['wave'], output: 'shaped' }] });
    assert.equal(engine.model.generator, undefined);
    const { samples, latent } = await engine.speak(LETTERS, 200, signal);
    assert.equal(latent, undefined);
    assert.equal(samples.length, 2 * (2 * LETTERS.length + 3));
  });

  function voiceConfig(ids: Readonly<Record<string, readonly number[]>>) {
    return { audio: { sample_rate: 16_000 }, phoneme_type: 'text', phoneme_id_map: ids, num_speakers: 4 };
  }
});

/** The sound of `text` from the model of `engine` as it stands in its file. */
async function wholeSound(engine: PiperEngine, text: string): Promise<Float32Array> {
  const { settings } = engine;
  const session = await loadModel(settings.modelPath);
  const { ids } = phonemeIds(engine.symbols(text), settings.config.phoneme_id_map);
  const int64 = (values: readonly number[], ...dims: number[]) => new ort.Tensor('int64', values.map(BigInt), dims);
  const { noiseScale, lengthScale, noiseW, speakerId } = settings;
  const { output } = await session.run({
    input: int64(ids, 1, ids.length),
    input_lengths: int64([ids.length], 1),
    scales: new ort.Tensor('float32', [noiseScale, lengthScale, noiseW], [3]),
    ...(session.inputNames.includes('sid') && { sid: int64([speakerId], 1) }),
  });
  assert.ok(output?.data instanceof Float32Array);
  return output.data;
}

const SENTENCES = [
  'Yes.',
  'The kettle is on and it should boil in about three minutes.',
  'On clear evenings you can still see its lamp from the village on the hill',
];

for (const name of ['amy', 'hfc']) {
  const modelPath = sharedFile(`voices/en_US-sano_${name}-tiny.onnx`) ?? '';
  describe(`the voice ${name} in two halves`, { skip: skipWithout(modelPath || undefined) }, () => {
    it('sounds as the whole does, however the windows are cut', async () => {
      const config = readPiperConfig(`${modelPath}.json`);
      const engine = await PiperEngine.load({ modelPath, config, speakerId: 0, ...scales }, loadPhonemizer);
      for (const sentence of SENTENCES) {
        const { latent } = await engine.speak(sentence, 200, signal);
        assert.ok(latent);
        const expected = await wholeSound(engine, sentence);
        for (const windows of Object.values(bothWays(latent))) {
          assertSameSound(await generated(engine, latent, windows), expected);
        }
      }
    });
  });
}
