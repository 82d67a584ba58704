import { readFile } from 'node:fs/promises';
import { loadModel } from '../../inference/onnx.js';
import { OnnxGraph } from '../../inference/onnxGraph.js';
import { MalformedMessage } from '../../inference/protobuf.js';
import { findGeneratorCut, type GeneratorCut } from './generatorCut.js';
import { PiperGenerator, type Session } from './piperGenerator.js';

/** A Piper voice's model, in two halves where it comes apart. */
export interface PiperModel {
  /** Takes the voice's inputs. Gives frames when there is a generator, else the sound. */
  readonly acoustic: Session;
  readonly generator: PiperGenerator | undefined;
}

// Sentences differ in length, and an arena only ever grows to the longest.
const boundedMemory = true;

/**
 * Loads the voice `path`: in halves when a cut is found, whole when not.
 * @param now milliseconds on a monotonic scale
 * @throws Error naming the file and what to do about it
 */
export async function loadPiperModel(path: string, threads: number, now: () => number): Promise<PiperModel> {
  const graph = readGraph(await readFile(path));
  const cut = graph && findGeneratorCut(graph);
  // Whatever onnxruntime has against a half, the whole may still speak, and says what is wrong if it does not.
  const halves = graph && cut && (await loadHalves(path, graph, cut, threads, now).catch(() => undefined));
  return halves ?? { acoustic: await loadModel(path, { boundedMemory, threads }), generator: undefined };
}

async function loadHalves(
  path: string,
  graph: OnnxGraph,
  cut: GeneratorCut,
  threads: number,
  now: () => number,
): Promise<PiperModel> {
  const passed = [cut.latent, ...cut.conditions];
  const load = (bytes: Uint8Array) => loadModel(path, { bytes, boundedMemory, threads });
  const acoustic = await load(graph.part(cut.acoustic, { inputs: graph.inputs, outputs: passed }));
  try {
    const generator = await load(graph.part(cut.generator, { inputs: passed, outputs: [cut.output] }));
    return { acoustic, generator: new PiperGenerator(generator, cut, now) };
  } catch (error) {
    await acoustic.release();
    throw error;
  }
}

function readGraph(bytes: Uint8Array): OnnxGraph | undefined {
  try {
    return new OnnxGraph(bytes);
  } catch (error) {
    if (error instanceof MalformedMessage) return undefined;
    throw error;
  }
}
