import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  integerField,
  joinBytes,
  MalformedMessage,
  messageField,
  readFields,
  readPacked,
  textField,
} from '../../../src/inference/protobuf.js';

const number = fc.integer({ min: 1, max: 2 ** 29 - 1 });
const fixed = fc
  .constantFrom([1, 8] as const, [5, 4] as const)
  .chain(([wireType, length]) =>
    fc.record({ wireType: fc.constant(wireType), content: fc.uint8Array({ minLength: length, maxLength: length }) }),
  );
const anyField = fc.oneof(
  fc.tuple(number, fc.uint8Array()).map(([field, content]) => messageField(field, content)),
  fc.tuple(number, fc.maxSafeNat()).map(([field, value]) => integerField(field, value)),
  fixed.map(({ wireType, content }) => joinBytes(Uint8Array.of(8 + wireType), content)),
);

describe('a protobuf message', () => {
  it('is its fields one after the other, of whatever types they are', () => {
    fc.assert(
      fc.property(fc.array(anyField), (fields) => {
        const read = [...readFields(joinBytes(...fields))].map(({ bytes }) => new Uint8Array(bytes));
        assert.deepEqual(read, fields);
      }),
    );
  });

  it('gives numbers, texts and messages back', () => {
    fc.assert(
      fc.property(number, fc.maxSafeNat(), fc.string({ unit: 'grapheme' }), (field, value, text) => {
        const [integer, words] = [...readFields(joinBytes(integerField(field, value), textField(field, text)))];
        assert.deepEqual([integer?.number, integer?.value], [field, value]);
        assert.deepEqual([words?.number, new TextDecoder().decode(words?.content)], [field, text]);
      }),
    );
  });

  it('gives packed numbers back', () => {
    assert.deepEqual([...readPacked(Uint8Array.of(3, 0xac, 2, 0))], [3, 300, 0]);
  });

  it('is refused when it ends too early or is none', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        try {
          const read = [...readFields(bytes)].map((field) => field.bytes);
          assert.deepEqual(joinBytes(...read), new Uint8Array(bytes));
        } catch (error) {
          assert.ok(error instanceof MalformedMessage);
        }
      }),
    );
    const short = messageField(1, Uint8Array.of(1, 2, 3)).subarray(0, -1);
    for (const bytes of [short, Uint8Array.of(8), Uint8Array.of(11), new Uint8Array(12).fill(255)]) {
      assert.throws(() => [...readFields(bytes)], MalformedMessage);
    }
  });
});
