import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsePiperConfig, readPiperConfig, speakerId } from '../../../../src/speech/tts/piperConfig.js';

const minimal = {
  audio: { sample_rate: 16_000 },
  espeak: { voice: 'de' },
  phoneme_id_map: { _: [0], '^': [1], $: [2], a: [3] },
};
const parse = (config: unknown) => parsePiperConfig(JSON.stringify(config), 'voice.onnx.json');
const refused = (message: RegExp) => ({ name: 'VoiceError', reason: 'badConfig', message });

describe("a Piper voice's configuration", () => {
  it("needs little and has Piper's defaults for the rest", () => {
    const config = parse(minimal);
    assert.deepEqual(config.inference, { noise_scale: 0.667, length_scale: 1, noise_w: 0.8 });
    assert.equal(config.phoneme_type, 'espeak');
    assert.equal(config.num_speakers, 1);
  });

  const bad: readonly [why: string, config: unknown, message: RegExp][] = [
    [
      'without a phoneme map',
      { ...minimal, phoneme_id_map: undefined },
      /voice\.onnx\.json .*phoneme_id_map.*published with the voice/s,
    ],
    ['whose map lacks the begin', { ...minimal, phoneme_id_map: { _: [0], $: [2] } }, /phoneme_id_map lacks "\^"/],
    ['without a sample rate', { ...minimal, audio: {} }, /audio\.sample_rate/],
    ['without a phonemizer', { ...minimal, espeak: undefined }, /espeak\.voice is missing/],
    ['of an unknown kind of phonemes', { ...minimal, phoneme_type: 'pinyin' }, /phoneme_type/],
    ['that is a list', [], /the file/],
  ];
  for (const [why, config, message] of bad) {
    it(`is refused ${why}`, () => assert.throws(() => parse(config), refused(message)));
  }

  it('is refused when it is not JSON', () => {
    assert.throws(() => parsePiperConfig('<html>', 'voice.onnx.json'), refused(/it is not JSON/));
  });

  it('says what to do when it is missing', () => {
    assert.throws(() => readPiperConfig('/nowhere/voice.onnx.json'), {
      name: 'VoiceError',
      reason: 'notFound',
      message: /\/nowhere\/voice\.onnx\.json .*beside its model/s,
    });
  });

  it('needs no phonemizer when the phonemes are the letters', () => {
    assert.equal(parse({ ...minimal, espeak: undefined, phoneme_type: 'text' }).phoneme_type, 'text');
  });
});

describe('the speaker of a voice of several', () => {
  const config = parse({ ...minimal, num_speakers: 3, speaker_id_map: { anna: 0, bert: 2 } });

  it('is chosen by name or number, else the first', () => {
    const chosen = (speaker?: string | number) => speakerId(config, speaker, 'v.json');
    assert.deepEqual([chosen(), chosen('bert'), chosen(1)], [0, 2, 1]);
  });

  it('is refused when there is none, with those that are', () => {
    for (const speaker of ['carl', 'constructor', 3, -1, 0.5]) {
      assert.throws(() => speakerId(config, speaker, 'v.json'), refused(/no speaker .*anna, bert/));
    }
    assert.throws(() => speakerId(parse(minimal), 'anna', 'v.json'), refused(/It has 1/));
  });
});
