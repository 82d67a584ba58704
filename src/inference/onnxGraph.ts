import { type Field, integerField, joinBytes, messageField, readFields, readPacked, textField } from './protobuf.js';

/** One operation of a model. */
export interface OnnxNode {
  readonly op: string;
  /** Names of the tensors it reads, those that its inner graphs take from outside included. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Whole-number attributes: "strides" -> [8]. */
  readonly integers: ReadonlyMap<string, readonly number[]>;
  /** Names of all its attributes. */
  readonly attributes: ReadonlySet<string>;
  /** Has graphs of its own (`If`, `Loop`, `Scan`). */
  readonly nested: boolean;
  readonly bytes: Uint8Array;
}

/** A constant tensor of a model. */
export interface OnnxInitializer {
  /** TensorProto.DataType. */
  readonly elementType: number;
  /** Its numbers are in another file. */
  readonly external: boolean;
  readonly bytes: Uint8Array;
}

/** 32-bit float in TensorProto.DataType. */
export const FLOAT32 = 1;

// Field numbers of onnx.proto (github.com/onnx/onnx).
const MODEL = { graph: 7 } as const;
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12 } as const;
const NODE = { input: 1, output: 2, op: 4, attribute: 5 } as const;
const ATTRIBUTE = { name: 1, integer: 3, graph: 6, integers: 8, graphs: 11 } as const;
const TENSOR = { dataType: 2, name: 8, externalData: 13, dataLocation: 14 } as const;
const VALUE = { name: 1, type: 2 } as const;

const decoder = new TextDecoder();
const text = ({ content }: Field): string => decoder.decode(content);

/** The graph of an ONNX model: enough of it to see how the model is built, and to take a part of it out. */
export class OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxInitializer>;
  /** Names of what the model is given; constants that can be overridden are left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly #modelFields: readonly Field[];
  readonly #graphFields: readonly Field[];

  /**
   * @param model bytes of a `.onnx` file; the graph keeps views of them
   * @throws {MalformedMessage}
   */
  constructor(model: Uint8Array) {
    this.#modelFields = [...readFields(model)];
    const graph = this.#modelFields.find(({ number }) => number === MODEL.graph);
    this.#graphFields = graph ? [...readFields(graph.content)] : [];
    this.nodes = this.#all(GRAPH.node).map(readNode);
    this.initializers = new Map(this.#all(GRAPH.initializer).map(readInitializer));
    this.inputs = this.#all(GRAPH.input)
      .map(valueName)
      .filter((name) => !this.initializers.has(name));
    this.outputs = this.#all(GRAPH.output).map(valueName);
  }

  /**
   * Bytes of a model of `nodes` alone with the constants they need. All else is the whole model's.
   * @param ends what it takes and gives: kept as declared where the whole model takes or gives it, else a 32-bit float
   */
  part(nodes: ReadonlySet<OnnxNode>, ends: { inputs: readonly string[]; outputs: readonly string[] }): Uint8Array {
    const read = [...nodes].flatMap(({ inputs }) => inputs);
    const constants = new Set(read.map((name) => this.initializers.get(name)?.bytes));
    const kept = this.#graphFields.filter(({ number, bytes }) => {
      if (number === GRAPH.node) return false;
      if (number === GRAPH.initializer) return constants.has(bytes);
      return number !== GRAPH.input && number !== GRAPH.output;
    });
    const graph = [
      ...this.nodes.filter((node) => nodes.has(node)).map(({ bytes }) => bytes),
      ...kept.map(({ bytes }) => bytes),
      ...ends.inputs.map((name) => this.#end(GRAPH.input, name)),
      ...ends.outputs.map((name) => this.#end(GRAPH.output, name)),
    ];
    return joinBytes(
      ...this.#modelFields.map((field) =>
        field.number === MODEL.graph ? messageField(MODEL.graph, ...graph) : field.bytes,
      ),
    );
  }

  #all(number: number): Field[] {
    return this.#graphFields.filter((field) => field.number === number);
  }

  #end(number: number, name: string): Uint8Array {
    const declared = this.#all(number).find((field) => valueName(field) === name);
    // TypeProto.tensor_type.elem_type; the shape is found by whoever loads the model.
    return declared?.bytes ?? messageField(number, textField(VALUE.name, name), float32Type());
  }
}

function float32Type(): Uint8Array {
  return messageField(VALUE.type, messageField(1, integerField(1, FLOAT32)));
}

function valueName({ content }: Field): string {
  return textOf(content, VALUE.name);
}

function textOf(message: Uint8Array, number: number): string {
  for (const field of readFields(message)) if (field.number === number) return text(field);
  return '';
}

function readNode({ content, bytes }: Field): OnnxNode {
  const fields = [...readFields(content)];
  const texts = (number: number) => fields.filter((field) => field.number === number).map(text);
  const integers = new Map<string, number[]>();
  const attributes = new Set<string>();
  const captured: string[] = [];
  let nested = false;
  for (const attribute of fields.filter(({ number }) => number === NODE.attribute)) {
    const parts = [...readFields(attribute.content)];
    const name = textOf(attribute.content, ATTRIBUTE.name);
    attributes.add(name);
    integers.set(name, parts.flatMap(integersOf));
    for (const { content: graph } of parts.filter(({ number }) => isGraph(number))) {
      nested = true;
      captured.push(...namesRead(graph));
    }
  }
  const inputs = [...texts(NODE.input), ...captured];
  return { op: texts(NODE.op)[0] ?? '', inputs, outputs: texts(NODE.output), integers, attributes, nested, bytes };
}

function isGraph(attributeField: number): boolean {
  return attributeField === ATTRIBUTE.graph || attributeField === ATTRIBUTE.graphs;
}

/** All names that an inner graph reads or gives, its own among them: a name is only ever used for one tensor. */
function namesRead(graph: Uint8Array): string[] {
  return [...readFields(graph)].flatMap((field) => {
    if (field.number === GRAPH.node) return [...readNode(field).inputs];
    return field.number === GRAPH.output ? [valueName(field)] : [];
  });
}

function integersOf({ number, value, content }: Field): number[] {
  if (number === ATTRIBUTE.integer) return [value];
  if (number !== ATTRIBUTE.integers) return [];
  return Number.isNaN(value) ? [...readPacked(content)] : [value];
}

function readInitializer({ content, bytes }: Field): [string, OnnxInitializer] {
  let name = '';
  let elementType = 0;
  let external = false;
  for (const field of readFields(content)) {
    if (field.number === TENSOR.name) name = text(field);
    else if (field.number === TENSOR.dataType) elementType = field.value;
    else if (field.number === TENSOR.externalData) external = true;
    else if (field.number === TENSOR.dataLocation) external ||= field.value === 1;
  }
  return [name, { elementType, external, bytes }];
}
