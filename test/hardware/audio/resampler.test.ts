import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { AudioError } from '../../../hardware/audio/drivers.js';
import { createResampler, type Resampler, resampled } from '../../../hardware/audio/resampler.js';
import { sine } from '../../fixtures/wavFiles.js';

describe('a resampler', () => {
  for (const [fromHz, toHz] of [
    [8_000, 16_000],
    [22_050, 16_000],
    [44_100, 16_000],
    [48_000, 16_000],
    [192_000, 16_000],
    [384_000, 16_000],
    [383_999, 16_000],
    [1_000, 16_000],
    [22_050, 48_000],
    [24_000, 44_100],
  ] as const) {
    it(`keeps pitch, level, place and length from ${fromHz} to ${toHz} Hz`, async () => {
      const hz = fromHz === 1_000 ? 200 : 440;
      const resampler = await createResampler(fromHz, toHz);
      const out = whole(resampler, sine(hz, fromHz, fromHz));
      assert.equal(out.length, toHz);
      // In phase with the original: pitch, level and place are right when nothing is left after taking it away.
      const difference = out.map((x, i) => x - 0.5 * Math.sin((2 * Math.PI * hz * i) / toHz));
      const middle = difference.subarray(toHz / 10, (toHz * 9) / 10);
      assert.ok(level(middle) < -50, `what differs is ${level(middle).toFixed(1)} dB`);
      resampler.close();
    });
  }

  it('removes what the new rate cannot carry instead of folding it down', async () => {
    const out = whole(await createResampler(48_000, 16_000), sine(9_000, 48_000, 48_000));
    assert.ok(level(out.subarray(1_000, 15_000)) < -80, `${level(out).toFixed(1)} dB`);
  });

  it('gives the same whatever the size of the blocks', async () => {
    const sound = Float32Array.from({ length: 3_000 }, (_, i) => Math.sin(i * i * 1e-4));
    for (const [fromHz, toHz] of [
      [44_100, 16_000],
      [8_000, 16_000],
    ] as const) {
      const resampler = await createResampler(fromHz, toHz);
      const expected = whole(resampler, sound);
      fc.assert(
        fc.property(fc.array(fc.nat(700), { minLength: 1, maxLength: 20 }), (sizes) => {
          const out: number[] = [];
          let at = 0;
          for (const size of [...sizes, sound.length]) {
            out.push(...resampler.process(sound.subarray(at, at + size)));
            at += size;
          }
          out.push(...resampler.flush());
          assert.deepEqual(out, [...expected]);
        }),
        { numRuns: 30 },
      );
    }
  });

  it('loses no sample at the end', async () => {
    const resampler = await createResampler(48_000, 16_000);
    const sound = new Float32Array(4_800);
    sound.fill(0.5, 4_500);
    const out = whole(resampler, sound);
    assert.equal(out.length, 1_600);
    assert.ok(level(out.subarray(1_590)) > -12);
  });

  it('begins anew after a flush and after a reset', async () => {
    const resampler = await createResampler(44_100, 16_000);
    const first = whole(resampler, sine(440, 44_100, 1_000));
    assert.deepEqual(whole(resampler, sine(440, 44_100, 1_000)), first);
    resampler.process(sine(300, 44_100, 777));
    resampler.reset();
    assert.deepEqual(whole(resampler, sine(440, 44_100, 1_000)), first);
    assert.equal(resampler.flush().length, 0);
  });

  it('does nothing between equal rates', async () => {
    const sound = sine(440, 16_000, 100);
    const resampler = await createResampler(16_000, 16_000);
    assert.equal(resampler.process(sound), sound);
    assert.equal(resampler.flush().length, 0);
  });

  it('computes in short blocks when it is asked for a long sound', async () => {
    for (const fromHz of [1_000, 16_000, 192_000]) {
      const resampler = await createResampler(fromHz, 16_000);
      let length = 0;
      for await (const block of resampled(resampler, new Float32Array(10_000))) {
        assert.ok(block.length <= 2_100, `${block.length} samples at once`);
        length += block.length;
      }
      assert.equal(length + resampler.flush().length, Math.round((10_000 * 16_000) / fromHz));
    }
  });

  it('may be closed twice', async () => {
    const resampler = await createResampler(8_000, 16_000);
    resampler.close();
    resampler.close();
    resampler.reset();
  });

  it('refuses rates that no sound has', async () => {
    for (const [fromHz, toHz] of [
      [0, 16_000],
      [16_000, Number.NaN],
      [16_000, 400_000],
      [22_050.5, 16_000],
      [384_000, 1_000],
    ] as const) {
      await assert.rejects(
        createResampler(fromHz, toHz),
        (error) => error instanceof AudioError && error.reason === 'unsupported',
      );
    }
  });
});

function whole(resampler: Resampler, sound: Float32Array): Float32Array {
  return Float32Array.from([...resampler.process(sound), ...resampler.flush()]);
}

/** Root mean square in dB of full scale. */
function level(sound: Float32Array): number {
  return 10 * Math.log10(sound.reduce((sum, x) => sum + x * x, 0) / sound.length);
}
