import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { KeyParser, type KeyReport } from '../../../hardware/gpio/keyboard/keyParser.js';

const kinds = (reports: readonly KeyReport[]) => reports.map((report) => report.kind);

describe('what a terminal says about keys', () => {
  const cases: readonly (readonly [string, string, KeyReport['kind'][]])[] = [
    ['a typed space', ' ', ['spaceTyped']],
    ['q', 'q', ['quit']],
    ['Ctrl-C', '\x03', ['quit']],
    ['space down, held and up', '\x1b[32;1:1u\x1b[32;1:2u\x1b[32;1:3u', ['spaceDown', 'spaceHeld', 'spaceUp']],
    ['space down without an event type', '\x1b[32u', ['spaceDown']],
    ['space with num lock on', '\x1b[32;129:1u\x1b[32;129:3u', ['spaceDown', 'spaceUp']],
    ['Ctrl-C, reported', '\x1b[99;5u\x1b[99;5:3u', ['quit']],
    ['Ctrl-C with num lock and caps lock on', '\x1b[99;197u', ['quit']],
    ['Ctrl-C on a Russian keyboard', '\x1b[1089::99;5u', ['quit']],
    ['c alone', '\x1b[99u', []],
    ['q, reported', '\x1b[113u', ['quit']],
    ['q on a Russian keyboard', '\x1b[1081::113u', ['quit']],
    ['its enhancements', '\x1b[?15u', ['enhancements']],
    ['arrows and function keys', '\x1b[A\x1bOq\x1b[1;5C\x1b[15~', []],
    ['other letters', 'xyz\u00e9', []],
    ['a space after the escape key', '\x1b ', ['spaceTyped']],
  ];
  for (const [name, input, expected] of cases) {
    it(`understands ${name}`, () => assert.deepEqual(kinds(new KeyParser().feed(input)), expected));
  }

  it('tells which enhancements there are', () => {
    assert.deepEqual(new KeyParser().feed('\x1b[?15u'), [{ kind: 'enhancements', flags: 15 }]);
  });

  it('does not mind where the input is cut', () => {
    const input = ' \x1b[32;1:1u\x1b[?15u\x1bOq\x1b[32;1:3u \x03';
    const whole = kinds(new KeyParser().feed(input));
    fc.assert(
      fc.property(fc.array(fc.nat(input.length)), (cuts) => {
        const parser = new KeyParser();
        const bounds = [0, ...cuts.toSorted((a, b) => a - b), input.length];
        const reports = bounds.slice(1).flatMap((end, index) => parser.feed(input.slice(bounds[index], end)));
        assert.deepEqual(kinds(reports), whole);
      }),
    );
  });

  it('finds keys again after anything at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (noise) => {
        const parser = new KeyParser();
        parser.feed(noise);
        // The end of an unfinished sequence, whatever it was.
        parser.feed('~~');
        assert.deepEqual(kinds(parser.feed(' ')), ['spaceTyped']);
      }),
    );
  });
});
