import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { OnnxGraph } from '../../../../src/inference/onnxGraph.js';
import { findGeneratorCut } from '../../../../src/speech/tts/generatorCut.js';
import { sharedFile, skipWithout } from '../../../fixtures/shared.js';
import { FLOAT, onnxModel } from './onnxModel.js';
import { type VitsOptions, vitsModel } from './vitsModel.js';

const cutOf = (model: Uint8Array) => findGeneratorCut(new OnnxGraph(model));
const opsOf = (nodes: Iterable<{ op: string }> = []) => [...nodes].map(({ op }) => op);

describe('the cut before the generator', () => {
  it('is found by structure, whatever the names are', () => {
    const cut = cutOf(vitsModel());
    assert.equal(cut?.latent, 'd');
    assert.deepEqual([cut.samplesPerFrame, cut.reachFrames, cut.conditions], [2, 3, []]);
    assert.deepEqual(opsOf(cut.acoustic).sort(), ['Cast', 'Conv', 'Identity', 'Unsqueeze']);
  });

  it('leaves chance to the acoustic half', () => {
    const cut = cutOf(vitsModel({ noise: true }));
    assert.ok(opsOf(cut?.acoustic).includes('RandomNormalLike'));
    assert.ok(!opsOf(cut?.generator).includes('RandomNormalLike'));
  });

  it('passes on what the speaker adds', () => {
    const cut = cutOf(vitsModel({ speakers: true }));
    assert.deepEqual([cut?.latent, cut?.conditions], ['d', ['u']]);
  });

  it('gives the generator the constants that it needs', () => {
    assert.ok(opsOf(cutOf(vitsModel())?.generator).includes('Constant'));
  });

  it('gives each half its own constants alone', () => {
    const graph = new OnnxGraph(vitsModel());
    const cut = findGeneratorCut(graph);
    assert.ok(cut);
    const constantsOf = (model: Uint8Array) => [...new OnnxGraph(model).initializers.keys()];
    const acoustic = graph.part(cut.acoustic, { inputs: graph.inputs, outputs: [cut.latent] });
    assert.deepEqual(constantsOf(acoustic), ['axis0', 'w0']);
    const generator = graph.part(cut.generator, { inputs: [cut.latent], outputs: [cut.output] });
    assert.deepEqual(constantsOf(generator), ['w1', 'w3', 'w4']);
  });

  const wave = (op: string, ...more: string[]) => [{ op, inputs: ['wave', ...more], output: 'shaped' }];
  const others: Record<string, VitsOptions> = {
    'chance decides in the generator': {
      shaping: [{ op: 'RandomNormalLike', inputs: ['wave'], output: 'r' }, ...wave('Add', 'r')],
    },
    'the generator draws a number from nothing': {
      shaping: [{ op: 'RandomNormal', inputs: [], output: 'r', attributes: { shape: [1] } }, ...wave('Mul', 'r')],
    },
    'the generator looks at the settings again': { shaping: wave('Mul', 'scales') },
    'the generator looks at the text again': {
      shaping: [{ op: 'ReduceMax', inputs: ['b'], output: 'loudest' }, ...wave('Mul', 'loudest')],
    },
    'the generator looks at the whole clause': {
      shaping: [{ op: 'ReduceMax', inputs: ['wave'], output: 'loudest' }, ...wave('Div', 'loudest')],
    },
    'the generator recurs': { shaping: wave('Softmax') },
    'a convolution changes the length': { last: { kernel: 3, pads: [0, 0] } },
    'a convolution looks to one side': { last: { kernel: 3, pads: [2, 0] } },
    'the upsampling is not by its stride': {
      upsampling: {
        op: 'ConvTranspose',
        inputs: ['g', 'w3'],
        output: 'h',
        attributes: { kernel_shape: [4], strides: [2], pads: [0, 0] },
      },
    },
    'nothing is upsampled': { upsampling: { op: 'Identity', inputs: ['g'], output: 'h' } },
  };
  for (const [what, options] of Object.entries(others)) {
    it(`is not found where ${what}`, () => assert.equal(cutOf(vitsModel(options)), undefined));
  }

  it('is not found in a model of something else', () => {
    const nodes = [{ op: 'Identity', inputs: ['mel'], output: 'out' }];
    assert.equal(cutOf(onnxModel({ mel: FLOAT }, nodes, 'out')), undefined);
    assert.equal(cutOf(new Uint8Array(0)), undefined);
  });

  for (const name of ['amy', 'hfc']) {
    const voice = sharedFile(`voices/en_US-sano_${name}-tiny.onnx`);
    it(`is found in the voice ${name}, with 12 frames of padding`, { skip: skipWithout(voice) }, () => {
      const cut = cutOf(readFileSync(voice ?? ''));
      assert.deepEqual([cut?.samplesPerFrame, cut?.reachFrames, cut?.conditions], [256, 12, []]);
      assert.equal(opsOf(cut?.generator).filter((op) => op === 'ConvTranspose').length, 3);
    });
  }
});
