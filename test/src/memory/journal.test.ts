import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { journalLine, readJournal } from '../../../src/memory/journal.js';
import type { Exchange } from '../../../src/turn/conversation.js';

const exchange = fc.record(
  {
    atMs: fc.integer({ min: 0, max: 4e12 }),
    asked: fc.string({ unit: 'binary' }),
    heard: fc.string({ unit: 'binary', minLength: 1 }),
    interrupted: fc.boolean(),
  },
  { noNullPrototype: true },
);

const ROUND: readonly Exchange[] = [
  { atMs: 1, asked: '[Tuesday, 3 March 2026, 14:05]\nWho was Ada?', heard: 'A mathematician.', interrupted: false },
  { atMs: 2, asked: 'Wie heißt „süß“?\u2028\r', heard: '\u0000 🙂 \ud800 sweet', interrupted: true },
  { atMs: 3, asked: 'And then?', heard: 'That is all.', interrupted: false },
];

const bytesOf = (exchanges: readonly Exchange[]) => Buffer.from(exchanges.map(journalLine).join(''));

describe('a journal', () => {
  it('gives back, character for character, what was written', () => {
    fc.assert(
      fc.property(fc.array(exchange, { maxLength: 8 }), (exchanges) => {
        assert.deepEqual(readJournal(bytesOf(exchanges)), { exchanges, damagedLines: 0, isSound: true });
      }),
    );
    assert.deepEqual(readJournal(bytesOf(ROUND)).exchanges, ROUND);
  });

  it('that ends at any byte has a beginning of what was said, and says when it cannot be appended to', () => {
    const whole = bytesOf(ROUND);
    const ends = ROUND.map((_, i) => bytesOf(ROUND.slice(0, i + 1)).length);
    for (let length = 0; length <= whole.length; length++) {
      const read = readJournal(whole.subarray(0, length));
      // A line is there with its last brace: all that can be missing of it then is the line's end.
      const lines = ends.filter((end) => length >= end - 1).length;
      assert.deepEqual(read.exchanges, ROUND.slice(0, lines), `${length} bytes`);
      assert.equal(read.isSound, length === 0 || ends.includes(length), `${length} bytes`);
    }
  });

  it('with a byte that has changed anywhere loses that line at most, and never invents one', () => {
    const whole = bytesOf(ROUND);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(whole);
        changed.writeUInt8((changed[at] ?? 0) ^ flip, at);
        const { exchanges, damagedLines, isSound } = readJournal(changed);
        assert.ok(!isSound);
        const written = ROUND.map((one) => JSON.stringify(one));
        const kept = exchanges.map((one) => written.indexOf(JSON.stringify(one)));
        assert.ok(!kept.includes(-1), 'only what was said');
        assert.deepEqual(kept, [...kept].sort(), 'in its order');
        // A line's end that is gone joins two lines.
        assert.ok(kept.length >= ROUND.length - 2 && damagedLines <= 2);
      }),
    );
  });

  it('whose middle is damaged keeps what came before and after it', () => {
    const lines = ROUND.map(journalLine);
    lines[1] = `${lines[1]?.replace('sweet', 'sour!')}`;
    assert.deepEqual(readJournal(Buffer.from(lines.join(''))), {
      exchanges: [ROUND[0], ROUND[2]],
      damagedLines: 1,
      isSound: false,
    });
  });

  it('that ends in zeros, as some disks leave it after a power cut, keeps all before them', () => {
    const read = readJournal(Buffer.concat([bytesOf(ROUND), Buffer.alloc(4096)]));
    assert.deepEqual([read.exchanges, read.isSound], [ROUND, false]);
  });

  it('leaves out what is no exchange, whatever its checksum says', () => {
    const strange = { atMs: '1', asked: 'a', heard: 'b', interrupted: false } as unknown as Exchange;
    assert.deepEqual(readJournal(Buffer.from(journalLine(strange))).exchanges, []);
    assert.equal(readJournal(Buffer.from('{"asked":"by hand"}\n\n')).damagedLines, 2);
  });
});
