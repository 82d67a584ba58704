import { type loadModel, ort } from '../../inference/onnx.js';
import { OperationError } from '../../inference/serveInference.js';
import type { LatentWindow } from './clauseLatent.js';
import type { GeneratorCut } from './generatorCut.js';

export type Session = Awaited<ReturnType<typeof loadModel>>;

/** The half of a Piper voice that makes frames sound, a window at a time. */
export class PiperGenerator {
  #runs = 0;
  #computeMsPerFrame = Number.POSITIVE_INFINITY;

  /** @param now milliseconds on a monotonic scale */
  constructor(
    readonly session: Session,
    readonly cut: GeneratorCut,
    readonly now: () => number,
  ) {}

  /** How long a frame takes of late; infinity until that is known, from the second run on: the first is much slower. */
  get computeMsPerFrame(): number {
    return this.#computeMsPerFrame;
  }

  /**
   * Sound of the wanted frames of `window`.
   * @throws {OperationError} `failed`, `badModel`
   */
  async generate({ data, channels, conditions, wanted }: LatentWindow): Promise<Float32Array<ArrayBuffer>> {
    const { latent, output: name, samplesPerFrame } = this.cut;
    const frames = data.length / channels;
    const inputs = { [latent]: new ort.Tensor('float32', data, [1, channels, frames]) };
    for (const one of conditions) inputs[one.name] = new ort.Tensor('float32', one.data, one.dims);
    const startedAt = this.now();
    const outputs = await this.session.run(inputs).catch((error: Error) => {
      throw new OperationError('failed', `the generator could not speak (${error.message})`);
    });
    this.#measured((this.now() - startedAt) / frames);
    const output = outputs[name];
    try {
      const samples = output?.data;
      if (!(samples instanceof Float32Array) || samples.length !== frames * samplesPerFrame) {
        throw new OperationError(
          'badModel',
          `the generator made something else than ${samplesPerFrame} samples a frame`,
        );
      }
      // A copy, as the engine's own memory cannot be handed to another thread.
      return samples.slice(wanted.from * samplesPerFrame, wanted.to * samplesPerFrame) as Float32Array<ArrayBuffer>;
    } finally {
      output?.dispose();
    }
  }

  #measured(msPerFrame: number): void {
    this.#runs++;
    const before = this.#runs > 2 ? this.#computeMsPerFrame : msPerFrame;
    if (this.#runs > 1) this.#computeMsPerFrame = (before + msPerFrame) / 2;
  }
}
