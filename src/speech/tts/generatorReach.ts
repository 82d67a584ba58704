import type { OnnxNode } from '../../inference/onnxGraph.js';

/** How a generator turns frames into samples, read off its layers. */
export interface GeneratorShape {
  /** Samples that each frame becomes. */
  readonly samplesPerFrame: number;
  /** How many frames before and after its own a sample depends on. */
  readonly reachFrames: number;
}

/** Where a tensor stands between frames and samples. */
interface Stage {
  readonly rate: number;
  readonly reach: number;
}

const POINTWISE = new Set(['Add', 'Sub', 'Mul', 'Div', 'LeakyRelu', 'Relu', 'Sigmoid', 'Tanh', 'Clip', 'Identity']);

/** These add or drop dimensions of length 1, in front of time. */
const RESHAPING = new Set(['Unsqueeze', 'Squeeze']);

/**
 * Follows time through a generator: each convolution of stride 1 looks (kernel - 1) / 2 dilated steps to both sides, a
 * transposed one multiplies the rate and looks up to kernel / stride steps further. Undefined when any layer does
 * something else (normalises over time, recurs, changes the length): a part of the sound would then depend on the whole.
 * @param nodes the generator's, in an order in which each comes after those it depends on
 * @param latent name of the frames
 * @param output name of the sound
 */
export function generatorShape(nodes: readonly OnnxNode[], latent: string, output: string): GeneratorShape | undefined {
  const stages = new Map<string, Stage>([[latent, { rate: 1, reach: 0 }]]);
  for (const node of nodes) {
    const stage = stageAfter(node, stages);
    const [name] = node.outputs;
    if (!stage || name === undefined || node.outputs.length > 1) return undefined;
    stages.set(name, stage);
  }
  const end = stages.get(output);
  // A thousandth for sums of fractions.
  return end && { samplesPerFrame: end.rate, reachFrames: Math.ceil(end.reach - 1e-3) };
}

function stageAfter(node: OnnxNode, stages: ReadonlyMap<string, Stage>): Stage | undefined {
  const from = node.inputs.flatMap((name) => stages.get(name) ?? []);
  const [first] = from;
  if (!first || node.nested) return undefined;
  if (POINTWISE.has(node.op) || RESHAPING.has(node.op)) {
    if (from.some(({ rate }) => rate !== first.rate)) return undefined;
    return { rate: first.rate, reach: Math.max(...from.map(({ reach }) => reach)) };
  }
  // Of a convolution only the first input runs in time; the weights are constants.
  if (from.length > 1 || !stages.has(node.inputs[0] ?? '') || node.attributes.has('auto_pad')) return undefined;
  if (node.op === 'Conv') return afterConvolution(node, first);
  return node.op === 'ConvTranspose' ? afterTransposed(node, first) : undefined;
}

function afterConvolution({ integers }: OnnxNode, { rate, reach }: Stage): Stage | undefined {
  const { kernel, stride, dilation, before, after } = oneDimensional(integers);
  if (stride !== 1 || kernel === undefined || before !== after) return undefined;
  if (2 * before !== dilation * (kernel - 1)) return undefined;
  return { rate, reach: reach + before / rate };
}

function afterTransposed({ integers }: OnnxNode, { rate, reach }: Stage): Stage | undefined {
  const { kernel, stride, dilation, before, after, outputPadding } = oneDimensional(integers);
  if (kernel === undefined || dilation !== 1 || kernel - before - after + outputPadding !== stride) return undefined;
  // Sample o comes from the frames i with o = i * stride - before + (0 ... kernel - 1).
  return { rate: rate * stride, reach: reach + Math.max(before, kernel - 1 - before) / stride / rate };
}

function oneDimensional(integers: OnnxNode['integers']) {
  const one = (name: string) => integers.get(name)?.[0];
  const [before = 0, after = 0] = integers.get('pads') ?? [];
  const single = integers.get('kernel_shape')?.length === 1;
  return {
    kernel: single ? one('kernel_shape') : undefined,
    stride: one('strides') ?? 1,
    dilation: one('dilations') ?? 1,
    outputPadding: one('output_padding') ?? 0,
    before,
    after,
  };
}
