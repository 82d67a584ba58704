/**
 * As much of the Protocol Buffers wire format (protobuf.dev, "Encoding") as it takes to take a message apart and to put
 * it together again. Fields that nobody asks about keep their bytes.
 */

/** One field of a message. */
export interface Field {
  readonly number: number;
  /** The varint's value; NaN for other wire types. Negative ones come out as large positive ones. */
  readonly value: number;
  /** Content of a length-delimited field (text, bytes, message, packed numbers); empty for other wire types. */
  readonly content: Uint8Array;
  /** The field as it stands in the message, tag included. */
  readonly bytes: Uint8Array;
}

/** The bytes are no message. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/**
 * The fields of `message` in their order, as views of its bytes.
 * @throws {MalformedMessage}
 */
export function* readFields(message: Uint8Array): Generator<Field, void, undefined> {
  for (let at = 0; at < message.length; ) {
    const tag = readVarint(message, at);
    const value = tag.value % 8 === 0 || tag.value % 8 === 2 ? readVarint(message, tag.end) : undefined;
    const from = value?.end ?? tag.end;
    const length = contentLength(tag.value % 8, value?.value ?? 0);
    const end = from + length;
    if (end > message.length) throw new MalformedMessage(`a field reaches past the end, to byte ${end}`);
    yield {
      number: Math.floor(tag.value / 8),
      value: tag.value % 8 === 0 && value ? value.value : Number.NaN,
      content: tag.value % 8 === 2 ? message.subarray(from, end) : message.subarray(0, 0),
      bytes: message.subarray(at, end),
    };
    at = end;
  }
}

/** The varints of a packed field. */
export function* readPacked(content: Uint8Array): Generator<number, void, undefined> {
  for (let at = 0; at < content.length; ) {
    const { value, end } = readVarint(content, at);
    yield value;
    at = end;
  }
}

/** A length-delimited field: a message of its parts, or bytes. */
export function messageField(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return joinBytes(writeVarint(number * 8 + 2), writeVarint(length), ...parts);
}

export function textField(number: number, text: string): Uint8Array {
  return messageField(number, new TextEncoder().encode(text));
}

export function integerField(number: number, value: number): Uint8Array {
  return joinBytes(writeVarint(number * 8), writeVarint(value));
}

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Length in bytes of what follows the tag, and the length where there is one. */
function contentLength(wireType: number, length: number): number {
  if (wireType === 0) return 0;
  if (wireType === 1) return 8;
  if (wireType === 2) return length;
  if (wireType === 5) return 4;
  throw new MalformedMessage(`there is no wire type ${wireType}`);
}

function readVarint(bytes: Uint8Array, from: number): { value: number; end: number } {
  let value = 0;
  for (let at = from; at < from + 10; at++) {
    const byte = bytes[at];
    if (byte === undefined) throw new MalformedMessage('a number has no end');
    value += (byte & 127) * 2 ** (7 * (at - from));
    if (byte < 128) return { value, end: at + 1 };
  }
  throw new MalformedMessage('a number is longer than ten bytes');
}

function writeVarint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}
