import { FLOAT32, type OnnxGraph, type OnnxNode } from '../../inference/onnxGraph.js';
import { type GeneratorShape, generatorShape } from './generatorReach.js';

/** Where a voice's graph comes apart: an acoustic half that makes frames, and a generator that makes them sound. */
export interface GeneratorCut extends GeneratorShape {
  readonly acoustic: ReadonlySet<OnnxNode>;
  readonly generator: ReadonlySet<OnnxNode>;
  /** Name of the frames: [1, channels, frames], the only thing in time that passes from one half to the other. */
  readonly latent: string;
  /** Names of what else passes: tensors that depend on the speaker alone. */
  readonly conditions: readonly string[];
  readonly output: string;
}

const SPEAKER_INPUT = 'sid';

/** ONNX operations that draw random numbers. Dropout does so only in training. */
const RANDOM = /^(Random|Multinomial|Bernoulli)/;

/**
 * Finds the generator of a VITS voice (a HiFi-GAN: arxiv.org/abs/2010.05646) by what it is, as names differ from export
 * to export: everything that follows from the convolution which feeds the first transposed one. Undefined when the graph
 * is built otherwise, or when a part of the generator's sound would depend on more than the frames around it: on chance,
 * on the text, or on all of the clause.
 */
export function findGeneratorCut(graph: OnnxGraph): GeneratorCut | undefined {
  const [output] = graph.outputs;
  if (output === undefined || graph.outputs.length !== 1) return undefined;
  if ([...graph.initializers.values()].some(({ external }) => external)) return undefined;
  const flow = new Dataflow(graph);
  const entry = flow.entry();
  const latent = entry?.inputs[0];
  if (!entry || latent === undefined || !isFloat(graph, entry)) return undefined;

  const generating = flow.following(entry);
  const shape = generatorShape(generating, latent, output);
  if (!shape || shape.samplesPerFrame < 2) return undefined;

  const generator = new Set(generating);
  const conditions: string[] = [];
  for (const name of generating.flatMap(({ inputs }) => inputs)) {
    const maker = flow.makers.get(name);
    if (name === '' || name === latent || graph.initializers.has(name) || (maker && generator.has(maker))) continue;
    if (!maker) return undefined;
    const origins = flow.origins(maker);
    if (origins.random || origins.inputs.some((input) => input !== SPEAKER_INPUT)) return undefined;
    // A constant goes with the generator, what the speaker decides is passed on.
    if (origins.inputs.length === 0) for (const node of origins.nodes) generator.add(node);
    else if (!conditions.includes(name)) conditions.push(name);
  }
  const acoustic = new Set(flow.before([latent, ...conditions]));
  return { acoustic, generator, latent, conditions, output, ...shape };
}

function isFloat(graph: OnnxGraph, { inputs }: OnnxNode): boolean {
  return graph.initializers.get(inputs[1] ?? '')?.elementType === FLOAT32;
}

/** Who makes what in a graph, and from what. */
class Dataflow {
  readonly makers: ReadonlyMap<string, OnnxNode>;

  constructor(readonly graph: OnnxGraph) {
    this.makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node])));
  }

  /**
   * The generator's first convolution: from the first transposed one up through what comes between. A sum with what the
   * speaker adds has two convolutions behind it; the one in time is that with a kernel.
   */
  entry(): OnnxNode | undefined {
    const upsampling = this.graph.nodes.find(({ op }) => op === 'ConvTranspose');
    const above = (node: OnnxNode): OnnxNode[] =>
      node.op === 'Conv' ? [node] : node.inputs.flatMap((name) => this.makers.get(name) ?? []).flatMap(between);
    const between = (node: OnnxNode): OnnxNode[] => (BETWEEN.has(node.op) ? above(node) : []);
    const first = this.makers.get(upsampling?.inputs[0] ?? '');
    const found = (first ? between(first) : []).filter(({ integers }) => (integers.get('kernel_shape')?.[0] ?? 1) > 1);
    return found.length === 1 ? found[0] : undefined;
  }

  /** `node` and all that depends on it. ONNX lists nodes after those they depend on. */
  following(node: OnnxNode): OnnxNode[] {
    const reached = new Set(node.outputs);
    return this.graph.nodes.filter((one) => {
      if (one !== node && !one.inputs.some((name) => reached.has(name))) return false;
      for (const name of one.outputs) reached.add(name);
      return true;
    });
  }

  /** All nodes that the tensors `names` come from. */
  before(names: readonly string[]): OnnxNode[] {
    const found = new Set<OnnxNode>();
    for (const waiting = [...names]; waiting.length > 0; ) {
      const maker = this.makers.get(waiting.pop() ?? '');
      if (!maker || found.has(maker)) continue;
      found.add(maker);
      waiting.push(...maker.inputs);
    }
    return [...found];
  }

  /** What decides the results of `node`. */
  origins(node: OnnxNode): { nodes: OnnxNode[]; inputs: string[]; random: boolean } {
    const nodes = this.before(node.outputs);
    const read = new Set(nodes.flatMap(({ inputs }) => inputs));
    const inputs = this.graph.inputs.filter((name) => read.has(name));
    return { nodes, inputs, random: nodes.some(({ op }) => RANDOM.test(op)) };
  }
}

/** What stands between the generator's first convolution and its first transposed one. */
const BETWEEN: ReadonlySet<string> = new Set(['Conv', 'LeakyRelu', 'Relu', 'Add', 'Identity']);
