import { type Constant, FLOAT, INT64, type Node, onnxModel } from './onnxModel.js';

/** How a made-up voice differs from a plain one. */
export interface VitsOptions {
  /** Several speakers, whose number is added to the sound. */
  readonly speakers?: boolean;
  /** Chance in the frames. */
  readonly noise?: boolean;
  /** Nodes between the upsampling ("wave") and the end ("shaped"). Default: a hyperbolic tangent. */
  readonly shaping?: readonly Node[];
  /** The kernel of the generator's last convolution and its padding at each end. */
  readonly last?: { readonly kernel: number; readonly pads: readonly number[] };
  /** Not the upsampling's operation but another. */
  readonly upsampling?: Node;
}

const weights = (...dims: number[]): Constant => ({
  type: FLOAT,
  dims,
  values: Array.from({ length: dims.reduce((product, size) => product * size, 1) }, (_, i) => Math.sin(3 * i + 1) / 3),
});
const axes = (...values: number[]): Constant => ({ type: INT64, dims: [values.length], values });

/**
 * A voice built like VITS but tiny, with names that say nothing: ids -> frames of two channels, one for each id -> a
 * convolution, an upsampling by two, another convolution. A sample reaches 1 + 1 + 0.5 frames far.
 */
export function vitsModel(options: VitsOptions = {}): Uint8Array {
  const { speakers = false, noise = false, last = { kernel: 3, pads: [1, 1] } } = options;
  const nodes: Node[] = [
    { op: 'Cast', inputs: ['input'], output: 'a', attributes: { to: FLOAT } },
    { op: 'Unsqueeze', inputs: ['a', 'axis0'], output: 'b' },
    { op: 'Conv', inputs: ['b', 'w0'], output: 'c', attributes: { kernel_shape: [1] } },
    ...(noise
      ? [
          { op: 'RandomNormalLike', inputs: ['c'], output: 'n' },
          { op: 'Add', inputs: ['c', 'n'], output: 'd' },
        ]
      : [{ op: 'Identity', inputs: ['c'], output: 'd' }]),
    { op: 'Conv', inputs: ['d', 'w1'], output: 'e', attributes: { kernel_shape: [3], pads: [1, 1] } },
    ...(speakers
      ? [
          { op: 'Cast', inputs: ['sid'], output: 's', attributes: { to: FLOAT } },
          { op: 'Unsqueeze', inputs: ['s', 'axis12'], output: 't' },
          { op: 'Conv', inputs: ['t', 'w2'], output: 'u', attributes: { kernel_shape: [1] } },
          { op: 'Add', inputs: ['e', 'u'], output: 'f' },
        ]
      : [{ op: 'Identity', inputs: ['e'], output: 'f' }]),
    { op: 'LeakyRelu', inputs: ['f'], output: 'g' },
    options.upsampling ?? {
      op: 'ConvTranspose',
      inputs: ['g', 'w3'],
      output: 'h',
      attributes: { kernel_shape: [4], strides: [2], pads: [1, 1] },
    },
    { op: 'Conv', inputs: ['h', 'w4'], output: 'wave', attributes: { kernel_shape: [last.kernel], pads: last.pads } },
    ...(options.shaping ?? [{ op: 'Tanh', inputs: ['wave'], output: 'shaped' }]),
    { op: 'Constant', inputs: [], output: 'axis', attributes: { value_ints: [1] } },
    { op: 'Unsqueeze', inputs: ['shaped', 'axis'], output: 'output' },
  ];
  const inputs = { input: INT64, input_lengths: INT64, scales: FLOAT, ...(speakers && { sid: INT64 }) };
  return onnxModel(inputs, nodes, 'output', {
    axis0: axes(0),
    axis12: axes(1, 2),
    w0: weights(2, 1, 1),
    w1: weights(3, 2, 3),
    w2: weights(3, 1, 1),
    w3: weights(3, 3, 4),
    w4: weights(1, 3, last.kernel),
  });
}
