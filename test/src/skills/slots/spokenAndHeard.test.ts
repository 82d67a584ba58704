import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { plainWords } from '../../../../src/skills/plainWords.js';
import { clockTimeOf } from '../../../../src/skills/slots/clockTimeOf.js';
import { durationOf } from '../../../../src/skills/slots/durationOf.js';
import { numberOf } from '../../../../src/skills/slots/numberOf.js';
import { spellSymbols } from '../../../../src/skills/slots/spellSymbols.js';
import { spokenDuration } from '../../../../src/skills/spokenDuration.js';
import { spokenTime } from '../../../../src/skills/spokenTime.js';

const heard = (utterance: string) => plainWords(spellSymbols(utterance), 'Pressel');

it('Every duration is understood as it is spoken', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 * 86_400 }), (seconds) => {
      assert.equal(durationOf(heard(spokenDuration(seconds * 1000))), seconds);
    }),
    { numRuns: 500 },
  );
});

for (const clock of ['12h', '24h'] as const) {
  it(`Every minute of the day is understood as it is spoken by a ${clock} clock`, () => {
    for (let minute = 0; minute < 1440; minute++) {
      const spoken = spokenTime(new Date(minute * 60_000), 'UTC', clock);
      const time = clockTimeOf(heard(spoken));
      assert.ok(time, spoken);
      assert.equal(time.hour * 60 + time.minute, minute, spoken);
    }
  });
}

it('Every number is understood as it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 999 }), (whole, thousandths) => {
      const value = Number(`${whole}.${String(thousandths).padStart(3, '0')}`);
      assert.equal(numberOf(heard(value.toLocaleString('en-GB', { maximumFractionDigits: 3 }))), value);
    }),
  );
});

it('No words, in whatever order, are too much', () => {
  const word = fc.constantFrom(
    ...'a an half quarter past to and of ten twenty seven hundred minutes hour second point oh monday morning pm minus over dozen for at in 7 30'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), (words) => {
      const text = words.join(' ');
      assert.ok(Number.isFinite(numberOf(text) ?? 0));
      assert.ok(Number.isFinite(durationOf(text) ?? 0));
      const time = clockTimeOf(text);
      assert.ok(!time || (time.hour >= 0 && time.hour < 24 && time.minute >= 0 && time.minute < 60), text);
    }),
    { numRuns: 2000 },
  );
});
