import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SilenceTrim } from '../../../../src/speech/tts/silenceTrim.js';

/** "....####" is 4 ms of silence and 4 of sound; what comes of each piece is drawn alike. */
function drawn(pauseMs: number, ...pieces: string[]): string[] {
  const trim = new SilenceTrim(pauseMs);
  return pieces.map((piece, i) => {
    const samples = Float32Array.from(piece, (mark) => (mark === '#' ? 0.5 : 0));
    const given = trim.take({ samples, sampleRateHz: 1000 }, i === pieces.length - 1);
    return Array.from(given.samples, (sample) => (sample === 0 ? '.' : '#')).join('');
  });
}

const ms = (count: number) => '.'.repeat(count);

describe('the silence around a clause', () => {
  it('is 60 ms of the onset before it, at most', () => {
    assert.deepEqual(drawn(0, `${ms(200)}##`), [`${ms(60)}##`]);
    assert.deepEqual(drawn(0, `${ms(7)}##`), [`${ms(7)}##`]);
  });

  it("is the pause behind it, of the voice's own silence as far as that goes", () => {
    assert.deepEqual(drawn(5, `##${ms(30)}`), [`##${ms(5)}`]);
    assert.deepEqual(drawn(5, `##${ms(2)}`), [`##${ms(5)}`]);
    assert.deepEqual(drawn(0, `##${ms(2)}`), ['##']);
  });

  it('is found over the pieces that a clause comes in', () => {
    assert.deepEqual(drawn(5, ms(50), ms(50), `${ms(20)}##`, '##.', '..', ms(9)), [
      '',
      '',
      `${ms(60)}##`,
      '##.',
      '..',
      '..',
    ]);
    assert.deepEqual(drawn(5, '##', ''), ['##', ms(5)]);
  });

  it('holds sound back for nothing, and silence within it only beyond the pause, until sound follows', () => {
    assert.deepEqual(drawn(5, `##${ms(3)}`, '##', '##'), [`##${ms(3)}`, '##', `##${ms(5)}`]);
    assert.deepEqual(drawn(5, `##${ms(9)}`, ms(3), '##'), [`##${ms(5)}`, '', `${ms(7)}##${ms(5)}`]);
  });

  it('is all there is of a clause that nobody can hear', () => {
    assert.deepEqual(drawn(5, ms(100), ms(100)), ['', ms(5)]);
    assert.deepEqual(drawn(5, ''), ['']);
  });

  it('is the same however the clause is cut into pieces, and its sound is whole', () => {
    const piece = fc.array(fc.constantFrom('.', '#', '....'), { maxLength: 20 }).map((marks) => marks.join(''));
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 9 }),
        (pieces, pauseMs) => {
          const whole = pieces.join('');
          const given = drawn(pauseMs, ...pieces).join('');
          assert.equal(given, drawn(pauseMs, whole).join(''));
          const sound = /#.*#|#/.exec(whole)?.[0] ?? '';
          assert.ok(given.endsWith(sound + ms(whole === '' ? 0 : pauseMs)));
        },
      ),
    );
  });
});
