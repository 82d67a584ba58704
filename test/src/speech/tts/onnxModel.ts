/** Element types of ONNX tensors (TensorProto.DataType of onnx.proto). */
export const FLOAT = 1;
export const INT64 = 7;

/** One node of a model's graph. Attributes are whole numbers or lists of them. */
export interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

/** A constant of a model. */
export interface Constant {
  readonly type: number;
  readonly dims: readonly number[];
  readonly values: readonly number[];
}

/**
 * A tiny ONNX model as bytes, written by hand (field numbers of onnx.proto, opset 13).
 * @param inputs name -> element type
 * @param constants name -> initializer
 */
export function onnxModel(
  inputs: Readonly<Record<string, number>>,
  nodes: readonly Node[],
  output: string,
  constants: Readonly<Record<string, Constant>> = {},
): Uint8Array {
  const values = Object.entries(inputs).map(([name, type]) => message(11, value(name, type)));
  const graph = concat(
    ...nodes.map((node) => message(1, nodeProto(node))),
    text(2, 'g'),
    ...Object.entries(constants).map(([name, constant]) => message(5, tensor(name, constant))),
    ...values,
    message(12, value(output, FLOAT)),
  );
  return concat(integer(1, 8), message(7, graph), message(8, concat(text(1, ''), integer(2, 13))));
}

function nodeProto({ op, inputs, output, attributes = {} }: Node): Uint8Array {
  const settings = Object.entries(attributes).map(([name, value]) => {
    if (typeof value === 'number') return message(5, concat(text(1, name), integer(3, value), integer(20, 2)));
    return message(5, concat(text(1, name), ...value.map((i) => integer(8, i)), integer(20, 7)));
  });
  return concat(...inputs.map((name) => text(1, name)), text(2, output), text(4, op), ...settings);
}

function tensor(name: string, { type, dims, values }: Constant): Uint8Array {
  const raw = type === FLOAT ? Float32Array.from(values) : BigInt64Array.from(values, BigInt);
  const sizes = dims.map((size) => integer(1, size));
  return concat(...sizes, integer(2, type), text(8, name), message(9, new Uint8Array(raw.buffer)));
}

function value(name: string, elementType: number): Uint8Array {
  return concat(text(1, name), message(2, message(1, integer(1, elementType))));
}

function integer(field: number, number: number): Uint8Array {
  return concat(varint(field << 3), varint(number));
}

function message(field: number, bytes: Uint8Array): Uint8Array {
  return concat(varint((field << 3) | 2), varint(bytes.length), bytes);
}

function text(field: number, content: string): Uint8Array {
  return message(field, new TextEncoder().encode(content));
}

function varint(number: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = number; ; rest >>>= 7) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest & 127) | 128);
  }
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
