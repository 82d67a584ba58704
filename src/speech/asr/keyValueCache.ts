import type { Tensor } from 'onnxruntime-node';
import { ort } from '../../inference/onnx.js';
import { OperationError } from '../../inference/serveInference.js';

export type Tensors = Readonly<Record<string, Tensor>>;

/** Moonshine tiny has 8 heads of 36. */
const HEADS = 8;
const HEAD_SIZE = 36;

/**
 * Attention keys and values that the decoder has computed: its own, of the tokens so far, and those of the sound. As
 * the graph takes them: `past_key_values.<layer>.<decoder|encoder>.<key|value>`, float32 [1, 8, length, 36]. Immutable.
 */
export class KeyValueCache {
  private constructor(readonly tensors: Tensors) {}

  /** What the first step is given. @param inputNames all inputs of the decoder */
  static empty(inputNames: readonly string[]): KeyValueCache {
    const names = inputNames.filter((name) => name.startsWith('past_key_values.'));
    return new KeyValueCache(
      Object.fromEntries(
        names.map((name) => [name, new ort.Tensor('float32', new Float32Array(0), [0, HEADS, 1, HEAD_SIZE])]),
      ),
    );
  }

  /**
   * After a step with this cache. The first step computes all keys and values; the later ones return valid ones for
   * the decoder's own only.
   * @throws {OperationError} `badModel`
   */
  after(step: Tensors, isFirst: boolean): KeyValueCache {
    return this.#map((name, kept) => {
      if (!isFirst && !isOfTokens(name)) return kept;
      return outputOf(step, name.replace('past_key_values', 'present'));
    });
  }

  /** Of the first `length` tokens only: what was computed for the others is forgotten. */
  cutTo(length: number): KeyValueCache {
    return this.#map((name, tensor) => (isOfTokens(name) ? firstPositions(tensor, length) : tensor));
  }

  #map(change: (name: string, tensor: Tensor) => Tensor): KeyValueCache {
    return new KeyValueCache(
      Object.fromEntries(Object.entries(this.tensors).map(([name, tensor]) => [name, change(name, tensor)])),
    );
  }
}

/**
 * One output of a step of the decoder.
 * @throws {OperationError} `badModel`
 */
export function outputOf(step: Tensors, name: string): Tensor {
  const output = step[name];
  if (output) return output;
  throw new OperationError(
    'badModel',
    `The decoder of the recogniser returns no "${name}": it is not Moonshine's. Run "pressel models verify" to check it.`,
  );
}

function isOfTokens(name: string): boolean {
  return name.includes('.decoder.');
}

/** @param tensor float32 [1, heads, length, size] */
function firstPositions(tensor: Tensor, length: number): Tensor {
  const [, heads = 0, oldLength = 0, size = 0] = tensor.dims;
  if (oldLength <= length) return tensor;
  const all = tensor.data as Float32Array;
  const kept = new Float32Array(heads * length * size);
  for (let head = 0; head < heads; head++) {
    const from = head * oldLength * size;
    kept.set(all.subarray(from, from + length * size), head * length * size);
  }
  return new ort.Tensor('float32', kept, [1, heads, length, size]);
}
